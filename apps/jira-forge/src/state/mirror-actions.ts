import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { ROUTES } from "@stageledger/core/contract/routes";
import type { Leftover } from "../mirror/mirror-state.ts";
import { eventOf, failed, type PanelDesk } from "./panel-desk.ts";

/** What a person does about copies of their entries in Jira. */
export function mirrorActions(desk: PanelDesk) {
  const { ledger, mirror } = desk;
  return {
    setMirror: (mirrorsToJira: boolean) =>
      desk.work("mirror", async () =>
        eventOf(await ledger.call(ROUTES.putMySettings, { body: { mirrorsToJira } }), (settings) => ({
          type: "mirror-set",
          isOn: settings.mirrorsToJira,
        })),
      ),

    /** Marked first: see mirror.ts. */
    copyEntry: (entry: EntryAnswer) =>
      desk.work("copy", async () => {
        if (entry.isMirrored) return { type: "copied", entry };
        const call = { params: { entry: entry.id }, body: { revision: entry.revision, isMirrored: true as const } };
        return eventOf(await ledger.call(ROUTES.editEntry, call), (marked) => ({ type: "copied", entry: marked }));
      }),

    tryCopyAgain: (entryId: string) =>
      desk.work(`copy ${entryId}`, async () => {
        await mirror?.tryAgain(entryId);
        return { type: "worked" };
      }),

    leaveCopy: (entryId: string) => mirror?.leave(entryId),

    /** Another window may have logged it a moment ago: only a copy whose entry is not there now is deleted. */
    removeLeftover: (leftover: Leftover) =>
      desk.work(`leftover ${leftover.worklogId}`, async () => {
        const now = await desk.read();
        if (!now.isDone) return failed(now.failure);
        if (now.answer.item.entries.some(({ id }) => id === leftover.entry)) {
          desk.tell({ type: "read-again", read: now.answer });
          return { type: "worked" };
        }
        const removed = await mirror?.removeLeftover(leftover);
        return removed === undefined || removed.isDone ? { type: "worked" } : failed(removed.failure);
      }),
  };
}
