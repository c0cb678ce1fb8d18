/** The doctor's look at connections. It is handed in: the doctor knows no tool that people work in. */
import { inTransaction, listConnections } from "@stageledger/db";
import { agoText } from "@stageledger/sync";
import type { ExamineMore } from "../doctor/examine-ledger.ts";
import { describeSites } from "../jira-sync/connect/describe-sites.ts";
import { examineSites } from "../jira-sync/connect/examine-sites.ts";
import type { CliContext } from "./cli-context.ts";
import { serverSettings } from "./server-settings.ts";
import { syncLog } from "./with-sync.ts";

const ANSWER_WITHIN_MILLISECONDS = 10_000;

export function connectionChecks(context: CliContext): ExamineMore {
  return async ({ database, tenantId, masterKey }, { asks }) => {
    const connections = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      listConnections(trx, tenantId),
    );
    if (connections.length === 0) return [];
    const { openSyncContext } = await import("./sync-context.ts");
    const { examineConnections } = await import("@stageledger/asana-sync");
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS);
    const settings = serverSettings(context.env);
    const sync = await openSyncContext(context, { database, masterKey, settings, log: syncLog(context), signal });
    const now = context.now();
    try {
      const sites = await describeSites(database, tenantId);
      const findings = [
        ...(await examineConnections(sync, tenantId, { asks, signal })),
        ...examineSites(sites, now, (instant) => agoText(instant, now)),
      ];
      return findings.map(({ what, state, finding, code, next }) => ({ what, state, finding, code, next }));
    } finally {
      await sync.close();
    }
  };
}
