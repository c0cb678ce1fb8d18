/** How far the product is with its work, as its database tells. */
import { inTransaction, listConnectedProjects, listConnections, listDueJobs } from "@stageledger/db";
import type { Servers } from "./servers.ts";
import type { Side } from "./side.ts";
import { CHAOS_TIMING } from "./timing.ts";

export class LedgerWatch {
  readonly #servers: Servers;
  readonly #tenantId: string;
  readonly #sides: readonly Side[];

  constructor(servers: Servers, tenantId: string, sides: readonly Side[]) {
    this.#servers = servers;
    this.#tenantId = tenantId;
    this.#sides = sides;
  }

  /** Bells that nobody has answered yet. */
  areBellsWaiting(): Promise<boolean> {
    const tenantId = this.#tenantId;
    return inTransaction(this.#servers.database, { role: "recorder", tenantId }, async (trx) => {
      const waiting = await trx
        .selectFrom("inbox.bell")
        .where("state", "=", "new")
        .select("bell_id")
        .limit(1)
        .execute();
      return waiting.length > 0;
    });
  }

  /** Everything of every project was looked at, in looks that began then or later. */
  async sweptSince(instant: number): Promise<boolean> {
    const tenantId = this.#tenantId;
    const projects = await inTransaction(this.#servers.database, { role: "recorder", tenantId }, (trx) =>
      Promise.all(
        this.#sides.map(({ source, connectionId }) => listConnectedProjects(trx, tenantId, `${source}:`, connectionId)),
      ),
    );
    return projects.every(
      (ofSide) => ofSide.length > 0 && ofSide.every(({ sweptAt }) => sweptAt !== undefined && sweptAt >= instant),
    );
  }

  /** One reconcile of each source that began then, or later, has ended, and the last one met no problem. */
  async reconciledSince(instant: number): Promise<boolean> {
    const { database } = this.#servers;
    const tenantId = this.#tenantId;
    const due = await listDueJobs(database);
    const connections = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      listConnections(trx, tenantId),
    );
    const isWell = (id: string): boolean =>
      connections.some(({ connectionId, problemCode }) => connectionId === id && problemCode === undefined);
    return this.#sides.every(
      ({ connectionId: ofSide }) =>
        isWell(ofSide) &&
        due.some(
          ({ connectionId, kind, dueAt }) =>
            connectionId === ofSide && kind === "reconcile" && dueAt - CHAOS_TIMING.reconcileEvery >= instant,
        ),
    );
  }
}
