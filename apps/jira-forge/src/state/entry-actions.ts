import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { ROUTES } from "@stageledger/core/contract/routes";
import { mirroring } from "../mirror/mirror-state.ts";
import { changeOf } from "./entry-time.ts";
import { eventOf, type PanelDesk } from "./panel-desk.ts";

/** What a person does with entries of their own. */
export function entryActions(desk: PanelDesk) {
  const { ledger, params } = desk;
  return {
    log: (minutes?: number) =>
      desk.submit("log", minutes, async (time, { draft, mirror }) =>
        eventOf(await ledger.call(ROUTES.logEntry, { params, body: { ...time, ...mirroring(mirror) } }), (entry) => ({
          type: "logged",
          entry,
          sent: draft.text,
        })),
      ),

    edit: (minutes?: number) =>
      desk.submit("edit", minutes, async (time, { open }) => {
        if (open?.kind !== "edit") return { type: "opened", open };
        const { id, revision } = open.entry;
        const change = changeOf(open.entry, time);
        if (Object.keys(change).length === 0) return { type: "opened", open: undefined };
        const call = { params: { entry: id }, body: { revision, ...change } };
        return eventOf(await ledger.call(ROUTES.editEntry, call), (entry) => ({ type: "edited", entry }));
      }),

    remove: (entry: EntryAnswer) =>
      desk.work("remove", async () => {
        const call = { params: { entry: entry.id }, query: { revision: String(entry.revision) } };
        return eventOf(await ledger.call(ROUTES.deleteEntry, call), ({ revision }) => ({
          type: "removed",
          entry,
          revision,
        }));
      }),

    /** @param revision the one that is to be taken back */
    undo: (of: EntryAnswer, revision: number) =>
      desk.work("undo", async () =>
        eventOf(await ledger.call(ROUTES.undoEntry, { params: { entry: of.id }, body: { revision } }), ({ entry }) => ({
          type: "undone",
          of,
          entry,
        })),
      ),
  };
}
