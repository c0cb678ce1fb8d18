/** The one way to work with a tenant's rows: a transaction that has a role and a tenant, and loses both when it ends. */
import { StageledgerError } from "@stageledger/core";
import { type QueryResult, type RawBuilder, sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import type { Database } from "./database.ts";

type LedgerRole = "door" | "recorder" | "person" | "publisher" | "eraser" | "report_reader";

export interface TenantContext {
  readonly role: LedgerRole;
  /** A UUID that was proved, or read from our own tables: never one that a request merely names. */
  readonly tenantId: string;
  /** Role person sees the rows of this contributor only. */
  readonly contributorId?: string;
  /** One view of the data from the first query to the last. */
  readonly isSnapshot?: boolean;
  /** Holds the tenant from the beginning, as {@link lockTenant} does: on a server it costs no trip of its own. */
  readonly holdsTenant?: boolean;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
/** Serialization failure and deadlock: the same work can succeed when it is tried again. */
const WORTH_A_RETRY = new Set(["40001", "40P01"]);
const MOST_ATTEMPTS = 5;

/**
 * Runs `work` in a transaction. Role, tenant and contributor are set for its length only, as literals: a cluster passes
 * those on to its other machines, and not what a function set.
 *
 * @throws StageledgerError TENANT_UNKNOWN when an id is no UUID
 */
export async function inTransaction<T>(
  { kysely, kind }: Database,
  context: TenantContext,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  const settings = settingsOf(context);
  // A server takes them in one trip; the embedded engine takes one statement at a time, and makes no trip.
  const statements = kind === "postgres" ? [settings.join("; ")] : settings;
  for (let attempt = 1; ; attempt += 1) {
    try {
      // The embedded engine runs one transaction after the other, and ignores the level.
      const begin = context.isSnapshot
        ? kysely.transaction().setIsolationLevel("repeatable read")
        : kysely.transaction();
      return await begin.execute(async (trx) => {
        for (const statement of statements) await sql.raw(statement).execute(trx);
        return work(trx);
      });
    } catch (error) {
      if (attempt >= MOST_ATTEMPTS || !WORTH_A_RETRY.has(sqlState(error))) throw error;
    }
  }
}

/**
 * A transaction of one statement, sent to a server in one piece: whoever commits often waits for one trip instead of four.
 * When it resolves, it is committed.
 */
export async function inOneTrip<T>(
  database: Database,
  context: TenantContext,
  statement: RawBuilder<T>,
): Promise<QueryResult<T>> {
  if (database.kind === "embedded") return inTransaction(database, context, (trx) => statement.execute(trx));
  return database.kysely.connection().execute(async (connection) => {
    const begun = sql.raw(["begin", ...settingsOf(context)].join("; ")).execute(connection);
    const answered = statement.execute(connection);
    // After a failure the server takes it for a rollback, so the connection is clean for whoever uses it next.
    const ended = sql<{ command: string }>`commit`.execute(connection);
    await Promise.allSettled([begun, answered, ended]);
    await begun;
    const answer = await answered;
    const [end] = (await ended).rows;
    if (end?.command !== "COMMIT") throw new Error("The transaction was not committed.");
    return answer;
  });
}

function settingsOf({ role, tenantId, contributorId, holdsTenant }: TenantContext): readonly string[] {
  return [
    `set local role stageledger_${role}`,
    `set local app.tenant = '${uuid(tenantId)}'`,
    ...(contributorId === undefined ? [] : [`set local app.contributor = '${uuid(contributorId)}'`]),
    ...(holdsTenant === true ? [`select pg_advisory_xact_lock(${lockNumber(tenantId)}::bigint)`] : []),
  ];
}

/**
 * Holds the tenant until the transaction ends. Records of a tenant and its release take turns by it, so that none of them
 * has to think of the others.
 */
export async function lockTenant(trx: Transaction<Schema>, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockNumber(tenantId)}::bigint)`.execute(trx);
}

/** The first 63 bits of the id: two tenants that share them only wait for each other. */
function lockNumber(tenantId: string): string {
  return (BigInt(`0x${uuid(tenantId).replaceAll("-", "").slice(0, 16)}`) >> 1n).toString();
}

function uuid(text: string): string {
  const lower = text.toLowerCase();
  if (UUID.test(lower)) return lower;
  throw new StageledgerError("TENANT_UNKNOWN", "There is no such tenant.");
}

function sqlState(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : "";
}
