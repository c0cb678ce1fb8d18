import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { ROUTES } from "@stageledger/core/contract/routes";
import { eventOf, type MyTimeDesk } from "./my-time-desk.ts";

/** How a person says where hours belong that have no project. */
export function unassignedActions(desk: MyTimeDesk) {
  async function readUnassigned(): Promise<void> {
    const outcome = await desk.ledger.call(ROUTES.getMyUnassigned);
    desk.tell({
      type: "unassigned-told",
      unassigned: outcome.isDone
        ? { phase: "read", value: outcome.answer }
        : { phase: "failed", failure: outcome.failure },
    });
  }

  return {
    readUnassigned,
    chooseProject: (entry: string, project: string) => desk.tell({ type: "project-chosen", entry, project }),

    place: async ({ id, revision, minutes }: EntryAnswer, project: string) => {
      await desk.work(`place ${id}`, async () =>
        eventOf(
          await desk.ledger.call(ROUTES.placeEntry, { params: { entry: id }, body: { revision, project } }),
          () => ({
            type: "placed",
            entry: id,
            minutes,
            project,
          }),
        ),
      );
      // Its revision is another one now, in the grid too; and after a refusal the list may be out of date.
      await Promise.all([desk.renewWeek(), readUnassigned()]);
    },
  };
}
