import { type EntryRevision, type TimeEntry, undoChange } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { loadPostingRules } from "@stageledger/db";
import { recordRevision } from "../../log-time/record-revision.ts";
import { recordedEntry } from "../entry-answer.ts";
import { writeRoute } from "../write-route.ts";
import { getChangeable } from "./change-entry.ts";

export const undoEntryRoute = writeRoute(ROUTES.undoEntry, async (call) => {
  const { trx, tenantId, contributorId, params, body } = call;
  const { latest, before } = await getChangeable(trx, tenantId, contributorId, params.entry, body.revision);
  const rules = await loadPostingRules(trx, tenantId);
  const revision = undoChange(latest, before && withoutUnmirroring(before, latest));
  await recordRevision(trx, tenantId, revision, rules);
  const { entryId: id, contributor, number, entry } = revision;
  return {
    id,
    revision: number,
    entry: entry === undefined ? null : await recordedEntry(trx, tenantId, contributor, id, rules),
  };
});

/** What colleagues could read elsewhere they may have read: that is not undone. */
function withoutUnmirroring(before: TimeEntry, { entry }: EntryRevision): TimeEntry {
  return entry?.visibility === "known" ? { ...before, visibility: "known" } : before;
}
