import { ROUTES } from "@stageledger/core/contract/routes";
import { eventOf, type MyTimeDesk } from "./my-time-desk.ts";

/** What a person does about copies of their entries in Jira. */
export function mirrorActions(desk: MyTimeDesk) {
  return {
    setMirror: (mirrorsToJira: boolean) =>
      desk.work("mirror", async ({ notice }) => {
        const outcome = await desk.ledger.call(ROUTES.putMySettings, { body: { mirrorsToJira } });
        return eventOf(outcome, (settings) => {
          desk.tell({ type: "mirror-told", news: { kind: "setting", isOn: settings.mirrorsToJira } });
          return { type: "told", notice };
        });
      }),

    tryCopyAgain: (entryId: string) =>
      desk.work(`copy ${entryId}`, async ({ notice }) => {
        await desk.mirror?.tryAgain(entryId);
        return { type: "told", notice };
      }),

    leaveCopy: (entryId: string) => desk.mirror?.leave(entryId),
  };
}
