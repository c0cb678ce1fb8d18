import { ROUTES } from "@stageledger/core/contract/routes";
import { eventOf, type MyTimeDesk } from "./my-time-desk.ts";

/** What is typed to erase. The ledger takes no other word. */
export const ERASE = ROUTES.eraseMine.body.shape.confirm.value;

/** How a person takes what is theirs along, or away. */
export function dataActions(desk: MyTimeDesk) {
  const { ledger } = desk;

  return {
    exportAs: (format: "csv" | "json") =>
      desk.work(`export ${format}`, async () =>
        eventOf(await ledger.call(ROUTES.exportMine, { query: { format } }), (exported) => ({
          type: "exported",
          exported,
        })),
      ),

    closeExport: () => desk.tell({ type: "exported", exported: undefined }),

    typeErasure: (text: string) => desk.tell({ type: "erasure-typed", text }),

    erase: () =>
      desk.work("erase", async ({ erasing }) => {
        if (erasing.text.trim().toLowerCase() !== ERASE) return { type: "told", notice: { kind: "must-confirm" } };
        return eventOf(await ledger.call(ROUTES.eraseMine, { body: { confirm: ERASE } }), ({ entries }) => ({
          type: "erased",
          entries,
        }));
      }),
  };
}
