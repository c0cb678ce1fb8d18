/** The server engine: a pool of connections to PostgreSQL. */
import { StageledgerError } from "@stageledger/core";
import { type DatabaseConnection, Kysely, PostgresDialect, sql, Transaction } from "kysely";
import pg from "pg";
import type { Schema } from "../schema.ts";
import type { ServerDatabase } from "./database.ts";
import { ServerConnection } from "./server-connection.ts";
import { parseDate, parseInt8, TYPE } from "./values.ts";

const CONNECT_MILLISECONDS = 10_000;
const MOST_CONNECTIONS = 10;

/** @param url not shown in any error: it holds a password @throws StageledgerError DATABASE_UNREACHABLE */
export async function openPostgres(url: string, maxConnections = MOST_CONNECTIONS): Promise<ServerDatabase> {
  const pool = newPool(url, maxConnections);
  // A connection that breaks is replaced by the pool, and whoever used it is told. Without listeners on both, one that breaks
  // while it is idle, or while it is used, would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => void client.on("error", () => undefined));
  const dialect = new PostgresDialect({ pool });
  const kysely = new Kysely<Schema>({ dialect });
  try {
    await sql`select 1`.execute(kysely);
  } catch (cause) {
    await kysely.destroy();
    throw unreachable(cause);
  }
  const driver = dialect.createDriver();
  return {
    kind: "postgres",
    kysely,
    close: () => kysely.destroy(),
    connect: async () => new ServerConnection(await pool.connect()),
    transactionOn: (connection) => {
      // Kysely's own transaction waits for each answer before it sends the next statement.
      const provideConnection = <T>(use: (given: DatabaseConnection) => Promise<T>): Promise<T> => use(connection);
      const executor = kysely.getExecutor().withConnectionProvider({ provideConnection });
      return new Transaction<Schema>({ config: { dialect }, dialect, driver, executor });
    },
  };
}

function newPool(url: string, max: number): pg.Pool {
  try {
    return new pg.Pool({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MILLISECONDS,
      max,
      // Statements that do not wait for each other travel together: ServerConnection.
      pipeline: true,
      types: { getTypeParser: parserOf },
    });
  } catch (cause) {
    throw unreachable(cause);
  }
}

function parserOf(type: number, format?: "text" | "binary"): (value: string) => unknown {
  if (type === TYPE.int8) return parseInt8;
  if (type === TYPE.date) return parseDate;
  return pg.types.getTypeParser(type, format === "binary" ? "text" : format);
}

function unreachable(cause: unknown): StageledgerError {
  return new StageledgerError("DATABASE_UNREACHABLE", "The database of DATABASE_URL cannot be reached.", {
    next: "Check the address, user and password in DATABASE_URL, and that the server runs.",
    cause,
  });
}
