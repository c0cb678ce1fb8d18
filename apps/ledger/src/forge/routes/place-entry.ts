import { entryOf, moveEntry, StageledgerError, type TimeEntry, UNASSIGNED } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import {
  chooseProjectOfEntry,
  findChosenProjects,
  findMyRevisions,
  loadPostingRules,
  lookAgainAtItem,
} from "@stageledger/db";
import { projectUnknown } from "../../http/unknown.ts";
import { recordMove } from "../../log-time/record-revision.ts";
import { recordedEntry } from "../entry-answer.ts";
import { isPlace } from "../places-of-hours.ts";
import { writeRoute } from "../write-route.ts";
import { asSeen } from "./change-entry.ts";

/**
 * The choice is kept beside the entry, so that the next look at its source does not take it back; only a project that the entry
 * names there counts more (E9). What an author chose they may choose anew.
 */
export const placeEntryRoute = writeRoute(
  ROUTES.placeEntry,
  async ({ trx, tenantId, contributorId, params, body: { revision, project } }) => {
    const { latest } = asSeen(
      await findMyRevisions(trx, tenantId, contributorId, [params.entry]),
      params.entry,
      revision,
    );
    const entry = entryOf(latest);
    const chosen = await findChosenProjects(trx, tenantId, [params.entry]);
    refuseOfOtherProject(entry, chosen.get(params.entry));
    const rules = await loadPostingRules(trx, tenantId);
    await chooseProjectOfEntry(trx, tenantId, { entryId: params.entry, contributorId: latest.contributor, project });
    const { itemId, chosenStatus } = entry;
    if (entry.project !== project)
      await recordMove(trx, tenantId, moveEntry(latest, { itemId, chosenStatus, project }), rules);
    // Of the task's items another may be the one whose stages count in that project: its source knows.
    await lookAgainAtItem(trx, tenantId, itemId);
    return recordedEntry(trx, tenantId, latest.contributor, params.entry, rules);
  },
  {
    async mayCall({ body: { project } }, ask, context, { tenantId }) {
      if (!(await isPlace(context, tenantId, ask, project))) throw projectUnknown();
    },
  },
);

/** @param chosen the project that its author chose before; undefined = none @throws StageledgerError ENTRY_HAS_PROJECT */
function refuseOfOtherProject({ project }: TimeEntry, chosen: string | undefined): void {
  if (project === UNASSIGNED || project === chosen) return;
  throw new StageledgerError("ENTRY_HAS_PROJECT", "It is known already to which project this entry belongs.", {
    next: "Change that where the time was logged.",
  });
}
