/** What there is to say of connections to who administers the site in Jira. Nothing is asked of Asana. */
import type { inTransaction } from "@stageledger/db";
import { type ConnectionFinding, sayer } from "./connection-finding.ts";
import { type DescribedConnection, describeConnectionsIn } from "./describe-connections.ts";
import { lookAtPlan, lookAtProblem, lookAtWebhooks, lookAtWork } from "./look-at-record.ts";

export interface ToldConnection {
  readonly connection: DescribedConnection;
  /** Nothing of one that goes well. */
  readonly findings: readonly ConnectionFinding[];
}

/**
 * Inside a transaction of role recorder.
 *
 * @param now epoch milliseconds
 * @param publicUrl where Asana can reach the ledger; undefined where it cannot
 */
export async function tellConnectionsIn(
  trx: Parameters<Parameters<typeof inTransaction>[2]>[0],
  tenantId: string,
  now: number,
  publicUrl: string | undefined,
): Promise<readonly ToldConnection[]> {
  const described = await describeConnectionsIn(trx, tenantId);
  return described.map((connection) => {
    const findings: ConnectionFinding[] = [];
    const say = sayer("asana", findings);
    lookAtProblem(connection, say);
    lookAtWork(connection, now, say);
    lookAtWebhooks(connection, publicUrl, say);
    lookAtPlan(connection, say);
    return { connection, findings };
  });
}
