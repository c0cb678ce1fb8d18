import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { ROUTES } from "@stageledger/core/contract/routes";
import type { Outcome } from "../ledger/failure.ts";
import type { Leftover, MirrorSettings } from "../mirror/mirror-state.ts";
import { isSurelyGone } from "../mirror/plan-copies.ts";
import { eventOf, failed, type PanelDesk } from "./panel-desk.ts";
import type { PanelEvent } from "./panel-reducer.ts";

/** What a person does about copies of their entries in Jira. */
export function mirrorActions(desk: PanelDesk) {
  const { ledger, mirror } = desk;

  function toldSettings(outcome: Outcome<MirrorSettings>): PanelEvent {
    return eventOf(outcome, ({ mirrorsToJira }) => ({
      type: "mirror-set",
      isOn: mirrorsToJira && mirror !== undefined,
    }));
  }

  return {
    setMirror: (mirrorsToJira: boolean) =>
      desk.work("mirror", async () =>
        toldSettings(await ledger.call(ROUTES.putMySettings, { body: { mirrorsToJira } })),
      ),

    /** Where the ledger did not say when the panel was opened. */
    askMirror: () => desk.work("mirror", async () => toldSettings(await ledger.call(ROUTES.getMySettings))),

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

    /** Another window may have logged it a moment ago: only a copy whose entry is surely not there now is deleted. */
    removeLeftover: (leftover: Leftover) =>
      desk.work(`leftover ${leftover.worklogId}`, async () => {
        const now = await desk.read();
        if (!now.isDone) return failed(now.failure);
        if (!isSurelyGone(leftover.entry, now.answer.item.entries)) {
          desk.tell({ type: "read-again", read: now.answer });
          return { type: "worked" };
        }
        const removed = await mirror?.removeLeftover(leftover);
        return removed === undefined || removed.isDone ? { type: "worked" } : failed(removed.failure);
      }),
  };
}
