import { type EntryEdit, type EntryRevision, editEntry, mondayOf, StageledgerError } from "@stageledger/core";
import type { editEntryRequest } from "@stageledger/core/contract/entries";
import { ROUTES } from "@stageledger/core/contract/routes";
import { loadPostingRules, type PostingRules } from "@stageledger/db";
import type { z } from "zod";
import { recordRevision } from "../../log-time/record-revision.ts";
import { statusOfStage } from "../../log-time/status-of-stage.ts";
import { recordedEntry } from "../entry-answer.ts";
import { entryDate } from "../entry-date.ts";
import { writeRoute } from "../write-route.ts";
import { getChangeable } from "./change-entry.ts";

export const editEntryRoute = writeRoute(ROUTES.editEntry, async (call) => {
  const { trx, tenantId, contributorId, context, params, body } = call;
  const { latest } = await getChangeable(trx, tenantId, contributorId, params.entry, body.revision);
  const rules = await loadPostingRules(trx, tenantId);
  if (body.isMirrored === true) refuseLateCopy(latest, rules);
  const revision = editEntry(latest, editOf(body, latest, rules, context.now()));
  await recordRevision(trx, tenantId, revision, rules);
  return recordedEntry(trx, tenantId, latest.contributor, params.entry, rules);
});

/**
 * What was decided about a closed week stays, and there this entry hides others as one that nobody can read.
 *
 * @throws StageledgerError ENTRY_COPY_TOO_LATE
 */
function refuseLateCopy({ entry }: EntryRevision, rules: Pick<PostingRules, "isClosed">): void {
  if (entry === undefined || entry.visibility === "known" || !rules.isClosed(mondayOf(entry.date))) return;
  throw new StageledgerError(
    "ENTRY_COPY_TOO_LATE",
    "The week of this entry is closed, and nobody but you could read it until then.",
    { next: "Leave it uncopied: only an entry of a week that is not closed yet can be copied to Jira." },
  );
}

function editOf(
  { minutes, date, activity, stage, isMirrored }: z.output<typeof editEntryRequest>,
  { entry }: EntryRevision,
  rules: PostingRules,
  now: number,
): EntryEdit {
  const day = date === undefined ? entry?.date : entryDate(date, rules, now);
  return {
    ...(minutes === undefined ? {} : { minutes }),
    ...(date === undefined || day === undefined ? {} : { date: day }),
    ...(activity === undefined ? {} : { activity }),
    ...(stage === null ? { chosenStatus: undefined } : {}),
    ...(typeof stage !== "string" || entry === undefined || day === undefined
      ? {}
      : { chosenStatus: statusOfStage(stage, rules.maps, entry.project, day) }),
    ...(isMirrored === true ? { visibility: "known" } : {}),
  };
}
