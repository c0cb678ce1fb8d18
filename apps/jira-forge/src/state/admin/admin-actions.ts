/** What an admin can do on the page. */
import { AdminDesk, type AdminSurroundings } from "./admin-desk.ts";
import type { Read } from "./admin-state.ts";
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
    look: async (): Promise<void> => {
      let read: Read | undefined;
      await desk.work("look", async () => {
        const outcome = await desk.read();
        if (!outcome.isDone) return { type: "failed", at: "connections", failure: outcome.failure };
        read = outcome.answer;
        return { type: "read-again", read };
      });
      if (read !== undefined) await desk.readNames(read);
    },
    ...siteActions(desk),
    ...stageActions(desk),
  };
}
