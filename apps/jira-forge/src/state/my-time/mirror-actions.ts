import { ROUTES } from "@stageledger/core/contract/routes";
import type { Outcome } from "../../ledger/failure.ts";
import type { MirrorSettings } from "../../mirror/mirror-state.ts";
import { eventOf, type MyTimeDesk } from "./my-time-desk.ts";
import type { MyTimeEvent } from "./my-time-reducer.ts";
import type { ReadyMyTime } from "./my-time-state.ts";

/** What a person does about copies of their entries in Jira. */
export function mirrorActions(desk: MyTimeDesk) {
  const { ledger, mirror } = desk;

  function told(outcome: Outcome<MirrorSettings>, { notice }: ReadyMyTime): MyTimeEvent {
    return eventOf(outcome, ({ mirrorsToJira }) => {
      desk.tell({ type: "mirror-told", news: { kind: "setting", isOn: mirrorsToJira && mirror !== undefined } });
      return { type: "told", notice };
    });
  }

  return {
    setMirror: (mirrorsToJira: boolean) =>
      desk.work("mirror", async (state) =>
        told(await ledger.call(ROUTES.putMySettings, { body: { mirrorsToJira } }), state),
      ),

    /** Where the ledger did not say when the page was opened. */
    askMirror: () => desk.work("mirror", async (state) => told(await ledger.call(ROUTES.getMySettings), state)),

    tryCopyAgain: (entryId: string) =>
      desk.work(`copy ${entryId}`, async ({ notice }) => {
        await mirror?.tryAgain(entryId);
        return { type: "told", notice };
      }),

    leaveCopy: (entryId: string) => mirror?.leave(entryId),
  };
}
