/** Gives each job to the side of the source that its connection leads to. */
import { type Connection, type Database, inTransaction, listConnections } from "@stageledger/db";
import type { DoJob } from "@stageledger/sync";

/** Nothing is done for a connection that is gone. */
export function jobsBySource(database: Database, jobsOf: Readonly<Record<Connection["kind"], DoJob>>): DoJob {
  // A connection never leads elsewhere.
  const kindByConnection = new Map<string, Connection["kind"]>();
  return async (job, signal) => {
    const { tenantId, connectionId } = job;
    if (!kindByConnection.has(connectionId)) {
      const connections = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
        listConnections(trx, tenantId),
      );
      for (const one of connections) kindByConnection.set(one.connectionId, one.kind);
    }
    const kind = kindByConnection.get(connectionId);
    return kind === undefined ? undefined : jobsOf[kind](job, signal);
  };
}
