/** Members: people who sign in elsewhere, and are known here by a blind index, a role, and nothing else. */
import { StageledgerError } from "@stageledger/core";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import type { Schema } from "../schema.ts";
import type { MasterKey } from "../secrets/master-key.ts";
import type { TenantSecrets } from "../secrets/tenant-secrets.ts";

/** Somebody as whoever signs them in names them. Lives at the edge only: neither part is stored or logged. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/** Each may what those before it may. */
export const MEMBER_ROLES = ["member", "steward", "admin"] as const;

export type MemberRole = (typeof MEMBER_ROLES)[number];

export interface Member {
  /** A UUID of ours, and the account under which they log: source {@link PAGE_ACCOUNT}. */
  readonly memberId: string;
  readonly role: MemberRole;
}

/** Accounts of members are a list of their own: to be linked with those of other tools by whoever proves both. */
export const PAGE_ACCOUNT = "page";

const ROUTE_KIND = "member";

/** Of one person. Each has a route of its own, so that nobody without the master key sees that two lead to the same person. */
const MOST_TENANTS = 16;
const ROUTE_NUMBERS = Array.from({ length: MOST_TENANTS }, (_, number) => number);

/** Whose member somebody is, as far as the routes say: {@link findMember} of each tells. In the order in which they joined. */
export function findTenantsOf(
  { kysely }: Database,
  masterKey: MasterKey,
  identity: Identity,
): Promise<readonly string[]> {
  const numbers = new Map(ROUTE_NUMBERS.map((number) => [hex(routeHash(masterKey, identity, number)), number]));
  return kysely.transaction().execute(async (trx) => {
    await sql`set local role stageledger_door`.execute(trx);
    const { rows } = await sql<{ route_hash: string; tenant_id: string }>`
      select encode(route_hash, 'hex') as route_hash, tenant_id from control.route where kind = ${ROUTE_KIND}
        and route_hash in (select decode(json_array_elements_text(${JSON.stringify([...numbers.keys()])}::json), 'hex'))`.execute(
      trx,
    );
    const place = (hash: string) => numbers.get(hash) ?? 0;
    return rows
      .toSorted((one, other) => place(one.route_hash) - place(other.route_hash))
      .map(({ tenant_id }) => tenant_id);
  });
}

/** Undefined for whoever is no member of this tenant. Inside a transaction of role recorder. */
export async function findMember(
  trx: Transaction<Schema>,
  tenantId: string,
  secrets: TenantSecrets,
  identity: Identity,
): Promise<Member | undefined> {
  const row = await trx
    .selectFrom("control.member")
    .select(["member_id", "role"])
    .where("tenant_id", "=", tenantId)
    .where("blind_index", "=", blindIndexOf(secrets, identity))
    .executeTakeFirst();
  return row === undefined ? undefined : { memberId: row.member_id, role: row.role };
}

/** Part of a statement: `held_member` has a row if they are a member of the tenant, and they stay one while the transaction lasts. Role recorder. */
export function heldMember(tenantId: string, memberId: string): RawBuilder<unknown> {
  return sql`held_member as (
      select 1 from control.member
      where tenant_id = ${tenantId}::uuid and member_id = ${memberId}::uuid
      for key share
    )`;
}

/**
 * Whoever is a member already stays one, with the higher of both roles. Inside a transaction of role recorder that holds the
 * tenant.
 *
 * @param newId a UUID for a new member
 * @throws StageledgerError MEMBERSHIPS_FULL
 */
export async function addMember(
  trx: Transaction<Schema>,
  tenantId: string,
  { masterKey, secrets }: { readonly masterKey: MasterKey; readonly secrets: TenantSecrets },
  identity: Identity,
  role: MemberRole,
  newId: () => string,
): Promise<Member> {
  const known = await findMember(trx, tenantId, secrets, identity);
  if (known !== undefined) return withRole(trx, tenantId, known, higher(known.role, role));
  const member: Member = { memberId: newId(), role };
  await trx
    .insertInto("control.member")
    .values({
      tenant_id: tenantId,
      member_id: member.memberId,
      blind_index: blindIndexOf(secrets, identity),
      route_hash: await takeRoute(trx, tenantId, masterKey, identity),
      role,
    })
    .execute();
  return member;
}

/**
 * Takes members out, with their sessions and what leads to them. Safe to repeat. Inside a transaction of role recorder or eraser.
 *
 * @param memberIds whatever is none is left out
 * @returns how many there were
 */
export async function removeMembers(
  trx: Transaction<Schema>,
  tenantId: string,
  memberIds: readonly string[],
): Promise<number> {
  if (memberIds.length === 0) return 0;
  const { rows } = await sql<{ route_hash: Uint8Array }>`
    delete from control.member where tenant_id = ${tenantId}::uuid
      and member_id::text in (select json_array_elements_text(${JSON.stringify(memberIds)}::json))
    returning route_hash`.execute(trx);
  for (const { route_hash } of rows) {
    await trx
      .deleteFrom("control.route")
      .where("route_hash", "=", route_hash)
      .where("kind", "=", ROUTE_KIND)
      .where("tenant_id", "=", tenantId)
      .execute();
  }
  return rows.length;
}

async function withRole(
  trx: Transaction<Schema>,
  tenantId: string,
  { memberId }: Member,
  role: MemberRole,
): Promise<Member> {
  await trx
    .updateTable("control.member")
    .set({ role })
    .where("tenant_id", "=", tenantId)
    .where("member_id", "=", memberId)
    .execute();
  return { memberId, role };
}

function higher(one: MemberRole, other: MemberRole): MemberRole {
  return MEMBER_ROLES.indexOf(one) > MEMBER_ROLES.indexOf(other) ? one : other;
}

/** The first that is free, or that leads to this tenant already. */
async function takeRoute(
  trx: Transaction<Schema>,
  tenantId: string,
  masterKey: MasterKey,
  identity: Identity,
): Promise<Uint8Array> {
  for (const number of ROUTE_NUMBERS) {
    const hash = routeHash(masterKey, identity, number);
    await trx
      .insertInto("control.route")
      .values({ route_hash: hash, kind: ROUTE_KIND, tenant_id: tenantId })
      .onConflict((conflict) => conflict.column("route_hash").doNothing())
      .execute();
    const taken = await trx
      .selectFrom("control.route")
      .select("tenant_id")
      .where("route_hash", "=", hash)
      .executeTakeFirst();
    if (taken?.tenant_id === tenantId) return hash;
  }
  throw new StageledgerError("MEMBERSHIPS_FULL", `Nobody can be a member of more than ${MOST_TENANTS} ledgers.`, {
    next: "Erase yourself in one that you no longer use, or sign in with another account.",
  });
}

function routeHash(masterKey: MasterKey, { issuer, subject }: Identity, number: number): Uint8Array {
  return masterKey.hash("route of a member", [issuer, subject, number]);
}

function blindIndexOf(secrets: TenantSecrets, { issuer, subject }: Identity): Uint8Array {
  return secrets.blindIndex("member", JSON.stringify([issuer, subject]));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
