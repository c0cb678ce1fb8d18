/** Codes that make whoever signs in and brings one a member of a tenant, once. */
import { hash } from "node:crypto";
import { StageledgerError } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import type { Schema } from "../schema.ts";
import type { RandomBytes } from "../secrets/master-key.ts";
import { bareCode, inGroups, randomCharacters } from "../secrets/typed-code.ts";
import type { MemberRole } from "./members.ts";

export interface Invite {
  /** To be passed on. */
  readonly code: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** 96 random bits: nobody finds one in a copy of the database. */
const CHARACTERS = 20;
const ROUTE_KIND = "invite";

/**
 * A code that is good for one joining. Only its hash is kept. Those that expired are forgotten.
 *
 * Inside a transaction of role recorder.
 *
 * @param lifeMilliseconds of the code
 * @param now epoch milliseconds
 */
export async function addInvite(
  trx: Transaction<Schema>,
  tenantId: string,
  { role, lifeMilliseconds }: { readonly role: MemberRole; readonly lifeMilliseconds: number },
  random: RandomBytes,
  now: number,
): Promise<Invite> {
  await removeExpiredInvites(trx, tenantId, now);
  const characters = randomCharacters(CHARACTERS, random);
  const expiresAt = now + lifeMilliseconds;
  await trx
    .insertInto("control.route")
    .values({ route_hash: hashOf(characters), kind: ROUTE_KIND, tenant_id: tenantId })
    .execute();
  await trx
    .insertInto("control.invite")
    .values({ tenant_id: tenantId, code_hash: hashOf(characters), role, expires_at_ms: expiresAt })
    .execute();
  return { code: inGroups(characters), expiresAt };
}

/** For whoever has signed in, and is nobody's member yet. Undefined for a code that never was, or is gone. */
export function findTenantOfInvite({ kysely }: Database, code: string): Promise<string | undefined> {
  return kysely.transaction().execute(async (trx) => {
    await sql`set local role stageledger_door`.execute(trx);
    const row = await trx
      .selectFrom("control.route")
      .select("tenant_id")
      .where("route_hash", "=", hashOf(bareCode(code)))
      .where("kind", "=", ROUTE_KIND)
      .executeTakeFirst();
    return row?.tenant_id;
  });
}

/**
 * Uses the code up, in the transaction that joins by it. Inside a transaction of role recorder.
 *
 * @returns what whoever brings it becomes
 * @throws StageledgerError INVITE_UNKNOWN when it never was, was used, or has expired
 */
export async function useInvite(
  trx: Transaction<Schema>,
  tenantId: string,
  code: string,
  now: number,
): Promise<MemberRole> {
  const used = await trx
    .deleteFrom("control.invite")
    .where("tenant_id", "=", tenantId)
    .where("code_hash", "=", hashOf(bareCode(code)))
    .where("expires_at_ms", ">=", now)
    .returning("role")
    .executeTakeFirst();
  if (used === undefined) throw inviteUnknown();
  await trx
    .deleteFrom("control.route")
    .where("route_hash", "=", hashOf(bareCode(code)))
    .where("tenant_id", "=", tenantId)
    .execute();
  return used.role;
}

/** Inside a transaction of role recorder or eraser. @param now epoch milliseconds */
export async function removeExpiredInvites(trx: Transaction<Schema>, tenantId: string, now: number): Promise<void> {
  const expired = await trx
    .deleteFrom("control.invite")
    .where("tenant_id", "=", tenantId)
    .where("expires_at_ms", "<", now)
    .returning("code_hash")
    .execute();
  for (const { code_hash } of expired) {
    await trx
      .deleteFrom("control.route")
      .where("route_hash", "=", code_hash)
      .where("tenant_id", "=", tenantId)
      .execute();
  }
}

export function inviteUnknown(): StageledgerError {
  return new StageledgerError("INVITE_UNKNOWN", "No ledger has this code, or not any more.", {
    next: "Ask whoever gave it to you for a new one: a code is good for one person, and for some days.",
  });
}

function hashOf(characters: string): Uint8Array {
  return hash("sha256", `invite ${characters}`, "buffer");
}
