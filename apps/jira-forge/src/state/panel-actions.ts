/** What a person can do in the panel. */
import { ROUTES } from "@stageledger/core/contract/routes";
import { entryActions } from "./entry-actions.ts";
import type { EntryDraft } from "./entry-draft.ts";
import { mirrorActions } from "./mirror-actions.ts";
import { eventOf, PanelDesk, type PanelSurroundings } from "./panel-desk.ts";
import type { FormName, ReadyPanel } from "./panel-state.ts";
import { roadblockActions } from "./roadblock-actions.ts";
import { timerActions } from "./timer-actions.ts";

export type PanelActions = ReturnType<typeof panelActions>;

/** @param showsDetails from the start: where there is room */
export function panelActions(surroundings: PanelSurroundings, showsDetails: boolean) {
  const desk = new PanelDesk(surroundings);

  async function open(): Promise<void> {
    const outcome = await desk.read();
    if (outcome.isDone) desk.tell({ type: "read", read: outcome.answer, showsDetails });
    else desk.tell({ type: "not-read", failure: outcome.failure });
  }

  return {
    open,
    openAgain: async (): Promise<void> => {
      desk.tell({ type: "reading" });
      await open();
    },
    draft: (form: FormName, change: Partial<EntryDraft>) => desk.tell({ type: "drafted", form, change }),
    toggleDetails: () => desk.tell({ type: "details-toggled" }),
    showAllEntries: () => desk.tell({ type: "all-entries-shown" }),
    unfold: (opened: ReadyPanel["open"]) => desk.tell({ type: "opened", open: opened }),
    readPurpose: () =>
      desk.work("purpose", async () =>
        eventOf(await desk.ledger.call(ROUTES.getPurpose), ({ text }) => ({ type: "purpose-told", text })),
      ),
    ...entryActions(desk),
    ...timerActions(desk),
    ...roadblockActions(desk),
    ...mirrorActions(desk),
  };
}
