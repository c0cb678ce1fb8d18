/** Asana as the app in Jira has to do with it. It is handed in: the door for Jira knows no other tool. */
import { countProjectAs, tellConnectionsIn } from "@stageledger/asana-sync";
import type { OtherTools } from "../forge/forge-context.ts";

/** @param publicUrl where Asana can reach the ledger; undefined where it cannot */
export function asanaInJira(publicUrl: string | undefined, newId: () => string): OtherTools {
  return {
    async tellConnections(trx, tenantId, now) {
      const told = await tellConnectionsIn(trx, tenantId, now, publicUrl);
      return told.map(({ connection, findings }) => {
        const { state, comparedAt = null, dueAt = null, bellsWaiting, bellsParked, itemsInDoubt } = connection;
        return {
          kind: "asana",
          state,
          findings: findings.map(({ code = null, finding, nextInJira = null }) => ({
            code,
            finding,
            next: nextInJira,
          })),
          ...{ comparedAt, dueAt, bellsWaiting, bellsParked, itemsInDoubt },
        };
      });
    },
    async countProjectAs(trx, tenantId, counted) {
      await countProjectAs(trx, tenantId, counted, newId);
      return { kind: "answer", tenantId, connectionId: counted.connectionId };
    },
  };
}
