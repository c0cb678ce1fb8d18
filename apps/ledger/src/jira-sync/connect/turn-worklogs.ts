/** Whether worklogs that people made in Jira itself count, and what follows of that for a connection. */
import { dropImpossible, type inTransaction, setDue, setNativeWorklogs } from "@stageledger/db";

export interface WorklogTurn {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly isOn: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * What was counted stays counted. A look is due, which brings all there are where they count from now on. Inside a transaction of
 * role recorder that holds the tenant.
 */
export async function turnWorklogs(
  trx: Parameters<Parameters<typeof inTransaction>[2]>[0],
  { tenantId, connectionId, isOn, now }: WorklogTurn,
): Promise<void> {
  await setNativeWorklogs(trx, tenantId, isOn);
  // Nobody has to split worklogs that do not count.
  if (!isOn) await dropImpossible(trx, tenantId, connectionId);
  await setDue(trx, { tenantId, connectionId, kind: "reconcile", dueAt: now });
}
