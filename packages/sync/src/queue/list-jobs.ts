/** All jobs of all sources that are due by the database: what no queue can forget. */
import { type Database, inTransaction, listDueJobs, nextBellAt } from "@stageledger/db";
import type { Pacing } from "../pacing.ts";
import type { Job } from "./job.ts";

export async function listJobs({
  database,
  pacing,
}: {
  readonly database: Database;
  readonly pacing: Pacing;
}): Promise<readonly Job[]> {
  const now = pacing.now();
  const due = await listDueJobs(database);
  const jobs: Job[] = due.flatMap(({ tenantId, connectionId, kind, dueAt }) =>
    dueAt <= now && (kind === "reconcile" || kind === "keep") ? [{ kind, tenantId, connectionId }] : [],
  );
  const connections = Map.groupBy(due, ({ tenantId }) => tenantId);
  for (const [tenantId, ofTenant] of connections) {
    const ids = [...new Set(ofTenant.map(({ connectionId }) => connectionId))];
    await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      for (const connectionId of ids) {
        const next = await nextBellAt(trx, tenantId, connectionId);
        if (next !== undefined && next <= now) jobs.push({ kind: "answer", tenantId, connectionId });
      }
    });
  }
  return jobs;
}
