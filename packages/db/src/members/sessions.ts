/**
 * Sessions of members. The browser has a token, the database its hash. A session ends when it was not used for half a day, a week
 * after somebody signed in, or when they sign out; its token is replaced while it lasts, and an old one works for a minute more.
 */
import { hash } from "node:crypto";
import { sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import { inTransaction } from "../engine/tenant-transaction.ts";
import type { Schema } from "../schema.ts";
import type { Member } from "./members.ts";

export interface Session extends Member {
  readonly tenantId: string;
  /** Stays the same when its token is replaced. A secret: what is derived from it proves that somebody was shown the session's page. */
  readonly sessionId: string;
  /** Of its token; epoch milliseconds. */
  readonly issuedAt: number;
  /** Epoch milliseconds: then it ends, whatever was done with it. */
  readonly endsAt: number;
}

const MINUTE_MILLISECONDS = 60_000;
const IDLE_MILLISECONDS = 12 * 60 * MINUTE_MILLISECONDS;
const LIFE_MILLISECONDS = 7 * 24 * 60 * MINUTE_MILLISECONDS;
/** Finer would say when people work. */
const SEEN_EVERY_MILLISECONDS = 60 * MINUTE_MILLISECONDS;
const GRACE_MILLISECONDS = MINUTE_MILLISECONDS;
/** Tokens of one member: a new one more ends the oldest. */
const MOST_TOKENS = 20;

/**
 * Begins a session. What is over in the tenant is forgotten. Inside a transaction of role recorder.
 *
 * @param token over 128 random bits
 * @param sessionId a new UUID
 * @param now epoch milliseconds
 */
export async function openSession(
  trx: Transaction<Schema>,
  tenantId: string,
  memberId: string,
  { token, sessionId }: { readonly token: string; readonly sessionId: string },
  now: number,
): Promise<{ readonly endsAt: number }> {
  await removeEndedSessions(trx, tenantId, now);
  await sql`
    delete from control.session where tenant_id = ${tenantId}::uuid and token_hash in (
      select token_hash from control.session where tenant_id = ${tenantId}::uuid and member_id = ${memberId}::uuid
      order by issued_at_ms desc offset ${MOST_TOKENS - 1})`.execute(trx);
  const endsAt = now + LIFE_MILLISECONDS;
  await trx
    .insertInto("control.session")
    .values({
      tenant_id: tenantId,
      token_hash: hashOf(token),
      session_id: sessionId,
      member_id: memberId,
      issued_at_ms: now,
      seen_at_ms: now,
      ends_at_ms: endsAt,
    })
    .execute();
  return { endsAt };
}

/**
 * Undefined for a token that is none, or of a session that is over. Notes by the hour that it is used.
 *
 * @param tenantId proved by whoever asks
 * @param now epoch milliseconds
 */
export function findSession(
  database: Database,
  tenantId: string,
  token: string,
  now: number,
): Promise<Session | undefined> {
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const row = await trx
      .selectFrom("control.session as session")
      .innerJoin("control.member as member", (join) =>
        join.onRef("member.tenant_id", "=", "session.tenant_id").onRef("member.member_id", "=", "session.member_id"),
      )
      .select([
        "session.session_id",
        "session.member_id",
        "session.issued_at_ms",
        "session.seen_at_ms",
        "session.ends_at_ms",
        "member.role",
      ])
      .where("session.tenant_id", "=", tenantId)
      .where("session.token_hash", "=", hashOf(token))
      .where("session.ends_at_ms", ">", now)
      .where("session.seen_at_ms", ">", now - IDLE_MILLISECONDS)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    if (row.seen_at_ms <= now - SEEN_EVERY_MILLISECONDS) {
      await trx
        .updateTable("control.session")
        .set({ seen_at_ms: now })
        .where("tenant_id", "=", tenantId)
        .where("token_hash", "=", hashOf(token))
        .execute();
    }
    return {
      tenantId,
      memberId: row.member_id,
      role: row.role,
      sessionId: row.session_id,
      issuedAt: row.issued_at_ms,
      endsAt: row.ends_at_ms,
    };
  });
}

/**
 * From now on the session goes by the new token; requests under way may bring the old one for a minute more.
 *
 * @returns false when another request has replaced it already, or the session is over: then the new one is none
 */
export function replaceToken(
  database: Database,
  tenantId: string,
  { old, fresh }: { readonly old: string; readonly fresh: string },
  now: number,
): Promise<boolean> {
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const { rows } = await sql<{ session_id: string; member_id: string; ends_at_ms: number }>`
      with token as (
        select session_id, member_id, ends_at_ms from control.session
        where tenant_id = ${tenantId}::uuid and token_hash = ${hashOf(old)}
          and ends_at_ms > ${now + GRACE_MILLISECONDS}
        for update
      ), shortened as (
        update control.session set ends_at_ms = ${now + GRACE_MILLISECONDS}
        where tenant_id = ${tenantId}::uuid and token_hash = ${hashOf(old)} and exists (select from token)
      )
      select session_id, member_id, ends_at_ms from token`.execute(trx);
    const [session] = rows;
    if (session === undefined) return false;
    await trx
      .insertInto("control.session")
      .values({
        ...session,
        tenant_id: tenantId,
        token_hash: hashOf(fresh),
        issued_at_ms: now,
        seen_at_ms: now,
      })
      .execute();
    return true;
  });
}

/** With all tokens that it has. Safe to repeat. Inside a transaction of role recorder. */
export async function endSession(trx: Transaction<Schema>, tenantId: string, sessionId: string): Promise<void> {
  await trx
    .deleteFrom("control.session")
    .where("tenant_id", "=", tenantId)
    .where("session_id", "=", sessionId)
    .execute();
}

/** Inside a transaction of role recorder or eraser. @param now epoch milliseconds */
export async function removeEndedSessions(trx: Transaction<Schema>, tenantId: string, now: number): Promise<void> {
  await sql`
    delete from control.session where tenant_id = ${tenantId}::uuid
      and (ends_at_ms <= ${now} or seen_at_ms <= ${now - IDLE_MILLISECONDS})`.execute(trx);
}

function hashOf(token: string): Uint8Array {
  return hash("sha256", `session ${token}`, "buffer");
}
