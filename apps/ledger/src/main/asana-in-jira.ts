/** Connections to Asana as the app in Jira shows them. They are handed in: the door for Jira knows no other tool. */
import { tellConnectionsIn } from "@stageledger/asana-sync";
import type { TellConnections } from "../forge/site-connections.ts";

/** @param publicUrl where Asana can reach the ledger; undefined where it cannot */
export function tellAsanaConnections(publicUrl: string | undefined): TellConnections {
  return async (trx, tenantId, now) => {
    const told = await tellConnectionsIn(trx, tenantId, now, publicUrl);
    return told.map(({ connection, findings }) => {
      const { state, comparedAt = null, dueAt = null, bellsWaiting, bellsParked, itemsInDoubt } = connection;
      return {
        kind: "asana",
        state,
        findings: findings.map(({ code = null, finding, nextInJira = null }) => ({ code, finding, next: nextInJira })),
        ...{ comparedAt, dueAt, bellsWaiting, bellsParked, itemsInDoubt },
      };
    });
  };
}
