import { ROUTES } from "@stageledger/core/contract/routes";
import { eventOf, type MyTimeDesk } from "./my-time-desk.ts";

/** How a person says which accounts of other tools are theirs. */
export function accountActions(desk: MyTimeDesk) {
  const { ledger } = desk;

  return {
    readLinks: async (): Promise<void> => {
      const outcome = await ledger.call(ROUTES.getMyLinks);
      desk.tell({
        type: "links-told",
        links: outcome.isDone
          ? { phase: "read", value: outcome.answer }
          : { phase: "failed", failure: outcome.failure },
      });
    },

    issueCode: () =>
      desk.work("issue-code", async () =>
        eventOf(await ledger.call(ROUTES.issueLinkCode), (code) => ({ type: "code-issued", code })),
      ),

    typeCode: (text: string) => desk.tell({ type: "code-typed", text }),

    redeem: async () => {
      await desk.work("redeem", async ({ redeeming }) => {
        const code = ROUTES.redeemLinkCode.body.shape.code.safeParse(redeeming.text.trim()).data;
        if (code === undefined) return { type: "told", notice: { kind: "no-code" } };
        return eventOf(await ledger.call(ROUTES.redeemLinkCode, { body: { code } }), ({ others }) => ({
          type: "links-changed",
          others,
          change: "linked",
        }));
      });
      await desk.renewWeek();
    },

    askToUnlink: (isAsked: boolean) => desk.tell({ type: "unlink-asked", isAsked }),

    unlink: async () => {
      await desk.work("unlink", async () =>
        eventOf(await ledger.call(ROUTES.removeLinks), ({ others }) => ({
          type: "links-changed",
          others,
          change: "unlinked",
        })),
      );
      await desk.renewWeek();
    },
  };
}
