/** The one way to work with a tenant's rows: a transaction that has a role and a tenant, and loses both when it ends. */
import { StageledgerError } from "@stageledger/core";
import { type QueryResult, type RawBuilder, sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import type { Database, EmbeddedDatabase, ServerDatabase } from "./database.ts";

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
  /**
   * Holds one person of the tenant from the beginning: beside others who hold a person of it, and never beside one who holds
   * the tenant. For who looks at and changes rows of that person only. The blind index of the person's account.
   */
  readonly holdsPerson?: Uint8Array;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
/** Serialization failure and deadlock: the same work can succeed when it is tried again. */
const WORTH_A_RETRY = new Set(["40001", "40P01"]);
const MOST_ATTEMPTS = 5;
const BEGIN_SNAPSHOT = "begin isolation level repeatable read";

/**
 * Sends a statement that nothing in the transaction waits for, such as its last one: it travels with the commit. If it
 * fails, so does the transaction, with its error. Its answer is there when the transaction is over, and not sooner.
 */
export type Leave = <T>(statement: RawBuilder<T>) => { readonly answered: Promise<QueryResult<T>> };

type Work<T> = (trx: Transaction<Schema>, leave: Leave) => Promise<T>;

/**
 * Runs `work` in a transaction. Role, tenant and contributor are set for its length only, as literals: a cluster passes
 * those on to its other machines, and not what a function set.
 *
 * @throws StageledgerError TENANT_UNKNOWN when an id is no UUID
 */
export async function inTransaction<T>(database: Database, context: TenantContext, work: Work<T>): Promise<T> {
  const settings = settingsOf(context);
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (database.kind === "embedded") return await inEmbedded(database, settings, work);
      return await onServer(database, [context.isSnapshot ? BEGIN_SNAPSHOT : "begin", ...settings], work);
    } catch (error) {
      if (attempt >= MOST_ATTEMPTS || !WORTH_A_RETRY.has(sqlState(error))) throw error;
    }
  }
}

/** One statement at a time, and one transaction after the other: each sees one view of the data anyway. */
function inEmbedded<T>({ kysely }: EmbeddedDatabase, settings: readonly string[], work: Work<T>): Promise<T> {
  return kysely.transaction().execute(async (trx) => {
    for (const statement of settings) await sql.raw(statement).execute(trx);
    const left: Promise<unknown>[] = [];
    const answer = await work(trx, sender(trx, left));
    for (const one of left) await one;
    return answer;
  });
}

/**
 * The first statement travels with what opens the transaction, and what is left with the commit: a trip less each. It costs
 * that a first statement is on its way before the opening is known to have worked. One that fails breaks the transaction off;
 * were it cancelled before it began, the rows would still be guarded, by a tenant that is not set.
 */
async function onServer<T>(database: ServerDatabase, opening: readonly string[], work: Work<T>): Promise<T> {
  const connection = await database.connect();
  const trx = database.transactionOn(connection);
  const sent: Promise<unknown>[] = [unheeded(connection.run(opening.join("; ")))];
  const worked = (async () => work(trx, sender(trx, sent)))();
  const [{ status }] = await Promise.allSettled([worked]);
  const ended = status === "fulfilled" ? connection.commit() : connection.rollback();
  // The server answers in order: by then it has answered all.
  const [end] = await Promise.allSettled([ended]);
  connection.release(end.status === "rejected");
  // The first that failed is the cause: those behind it only found the transaction broken off.
  for (const one of sent) await one;
  const answer = await worked;
  if (await ended) return answer;
  throw new Error("The transaction was not committed.");
}

function sender(trx: Transaction<Schema>, sent: Promise<unknown>[]): Leave {
  return (statement) => {
    const answered = unheeded(statement.execute(trx));
    sent.push(answered);
    return { answered };
  };
}

/** Awaited later: until then a failure must not count as one that nobody looks at. */
function unheeded<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** A transaction of one statement: a single trip to a server. When it resolves, it is committed. */
export async function inOneTrip<T>(
  database: Database,
  context: TenantContext,
  statement: RawBuilder<T>,
): Promise<QueryResult<T>> {
  const { answered } = await inTransaction(database, context, async (_trx, leave) => leave(statement));
  return answered;
}

function settingsOf(context: TenantContext): readonly string[] {
  const { role, tenantId, contributorId, holdsTenant, holdsPerson } = context;
  return [
    `set local role stageledger_${role}`,
    `set local app.tenant = '${uuid(tenantId)}'`,
    ...(contributorId === undefined ? [] : [`set local app.contributor = '${uuid(contributorId)}'`]),
    ...(holdsTenant === true ? [`select pg_advisory_xact_lock(${lockNumber(tenantId)}::bigint)`] : []),
    ...(holdsPerson === undefined ? [] : [holdPerson(tenantId, holdsPerson)]),
  ];
}

/**
 * Holds the tenant until the transaction ends. Records of a tenant and its release take turns by it, so that none of them
 * has to think of the others.
 */
export async function lockTenant(trx: Transaction<Schema>, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockNumber(tenantId)}::bigint)`.execute(trx);
}

/** The tenant first, by all: nobody waits for the tenant while somebody waits for a person that they hold. */
function holdPerson(tenantId: string, blindIndex: Uint8Array): string {
  const bytes = Buffer.from(blindIndex);
  // As text, since the server takes the least integer for a wider one. Two people that share them only wait for each other.
  const person = `'${bytes.readInt32BE(0)}'::integer, '${bytes.readInt32BE(4)}'::integer`;
  return `select pg_advisory_xact_lock_shared(${lockNumber(tenantId)}::bigint), pg_advisory_xact_lock(${person})`;
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
