/** What an admin can do on the page. */
import { AdminDesk, type AdminSurroundings } from "./admin-desk.ts";
import { siteActions } from "./site-actions.ts";
import { stageActions } from "./stage-actions.ts";

export type AdminActions = ReturnType<typeof adminActions>;

export function adminActions(surroundings: AdminSurroundings) {
  const desk = new AdminDesk(surroundings);

  async function open(): Promise<void> {
    const outcome = await desk.read();
    if (!outcome.isDone) return desk.tell({ type: "not-read", failure: outcome.failure });
    desk.tell({ type: "read", read: outcome.answer });
    await desk.readNames(outcome.answer);
  }

  return {
    open,
    openAgain: async (): Promise<void> => {
      desk.tell({ type: "reading" });
      await open();
    },
    look: () =>
      desk.work("look", async () => {
        const outcome = await desk.read();
        return outcome.isDone
          ? { type: "read-again", read: outcome.answer }
          : { type: "failed", at: "connections", failure: outcome.failure };
      }),
    ...siteActions(desk),
    ...stageActions(desk),
  };
}
