/** A connection to a server that sends each statement at once: those that do not wait for each other travel together. */
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import type pg from "pg";
import { planName } from "./kept-plan.ts";

const CHANGING = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);

export class ServerConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const name = planName(sql);
    const { command, rowCount, rows } = await this.#client.query<R & pg.QueryResultRow>({
      text: sql,
      values: [...parameters],
      ...(name === undefined ? {} : { name }),
    });
    return CHANGING.has(command) ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows };
  }

  // biome-ignore lint/correctness/useYield: a cursor would hold up the statements behind it
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("Statements that travel together are not read through cursors.");
  }

  async rollback(): Promise<void> {
    await this.#client.query("rollback");
  }

  /** Statements without parameters, in one piece. */
  async run(statements: string): Promise<void> {
    await this.#client.query(statements);
  }

  /** False when it became a rollback, because a statement had failed. */
  async commit(): Promise<boolean> {
    const { command } = await this.#client.query("commit");
    return command === "COMMIT";
  }

  /** @param isBroken nobody uses it again */
  release(isBroken: boolean): void {
    this.#client.release(isBroken);
  }
}
