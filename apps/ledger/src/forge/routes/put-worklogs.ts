/** Turns worklogs of Jira's own on or off, as `stageledger connect jira --worklogs` does. */
import { StageledgerError } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { listConnections, takesNativeWorklogs } from "@stageledger/db";
import { turnWorklogs } from "../../jira-sync/connect/turn-worklogs.ts";
import { siteStateAnswer } from "../site-state-answer.ts";
import { writeRoute } from "../write-route.ts";

export const putWorklogsRoute = writeRoute(
  ROUTES.putWorklogs,
  async ({ trx, tenantId, context, body: { isOn }, ring }) => {
    // All worklogs would be listed anew otherwise, for nothing.
    if ((await takesNativeWorklogs(trx, tenantId)) !== isOn) {
      const site = (await listConnections(trx, tenantId)).find(({ kind }) => kind === "jira");
      if (site === undefined) throw notRead();
      const { connectionId } = site;
      await turnWorklogs(trx, { tenantId, connectionId, isOn, now: context.now() });
      ring({ kind: "reconcile", tenantId, connectionId });
    }
    return siteStateAnswer(trx, tenantId, context);
  },
);

function notRead(): StageledgerError {
  return new StageledgerError("SETTING_INVALID", "Nothing of this Jira site is read, so no worklog of it can count.", {
    next: "Whoever runs the ledger connects it: stageledger connect jira --installation <id>",
  });
}
