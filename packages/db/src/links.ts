/**
 * Accounts of one human, joined by somebody who proved both: one account is given a code, and the other brings it. What was
 * published before stays as it was; a release counts a linked human once.
 */
import { hash } from "node:crypto";
import { StageledgerError } from "@stageledger/core";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Schema } from "./schema.ts";
import type { RandomBytes } from "./secrets/master-key.ts";
import { bareCode, inGroups, randomCharacters } from "./secrets/typed-code.ts";

export interface LinkCode {
  /** To be typed in: letters and digits that nobody mistakes for others, in groups. */
  readonly code: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

const CHARACTERS = 16;
const LIFE_MILLISECONDS = 10 * 60_000;

/**
 * A code that leads to a contributor, once, for ten minutes; over 76 random bits. It replaces the one before. Only its hash is kept.
 *
 * Inside a transaction of role recorder.
 */
export async function issueLinkCode(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
  random: RandomBytes,
  now: number,
): Promise<LinkCode> {
  const characters = randomCharacters(CHARACTERS, random);
  const expiresAt = now + LIFE_MILLISECONDS;
  await sql`
    delete from ledger.link_code where tenant_id = ${tenantId}::uuid
      and (contributor_id = ${contributorId}::uuid or expires_at_ms < ${now})`.execute(trx);
  await sql`
    insert into ledger.link_code (tenant_id, code_hash, contributor_id, expires_at_ms)
    values (${tenantId}::uuid, ${hashOf(characters)}, ${contributorId}::uuid, ${expiresAt})`.execute(trx);
  return { code: inGroups(characters), expiresAt };
}

/**
 * From now on the contributor and the one that the code was given to are one human, with all that were linked to either.
 *
 * Inside a transaction of role recorder that holds the tenant's lock; what it throws has to undo the transaction.
 *
 * @param code however it was typed: letters in either case, with or without what stands between its groups
 * @throws StageledgerError LINK_CODE_UNKNOWN when it never was, was used, or has expired; LINK_REFUSED for two accounts of one
 * source, which are two people, or for an account with itself
 */
export async function redeemLinkCode(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
  code: string,
  now: number,
): Promise<void> {
  const { rows } = await sql<{ contributor_id: string }>`
    delete from ledger.link_code where tenant_id = ${tenantId}::uuid and code_hash = ${hashOf(bareCode(code))}
      and expires_at_ms >= ${now}
    returning contributor_id`.execute(trx);
  const issuer = rows[0]?.contributor_id;
  if (issuer === undefined) {
    throw new StageledgerError("LINK_CODE_UNKNOWN", "No account has this code, or not any more.", {
      next: "Get a new one in the other tool: a code lasts ten minutes, and joins once.",
    });
  }
  const all = await withTheirLinks(trx, tenantId, [issuer, contributorId]);
  const [mine] = all.filter(({ contributor_id }) => contributor_id === contributorId);
  if (issuer === contributorId) throw refused("This is the account that made the code.");
  const alreadyMine = all.find(({ contributor_id }) => contributor_id === issuer)?.human_id ?? null;
  if (alreadyMine !== null && alreadyMine === mine?.human_id) return;
  if (new Set(all.map(({ source }) => source)).size < all.length) {
    throw refused("Two accounts of one tool are two people.");
  }
  const humanId = all.find(({ human_id }) => human_id !== null)?.human_id ?? humanIdOf(bareCode(code));
  await sql`
    update ledger.contributor set human_id = ${humanId}::uuid where tenant_id = ${tenantId}::uuid
      and contributor_id in (select json_array_elements_text(${JSON.stringify(all.map((one) => one.contributor_id))}::json)::uuid)`.execute(
    trx,
  );
}

/**
 * The contributor is linked to nobody any more, and whoever would be left alone is neither. Safe to repeat. Inside a transaction
 * of role recorder that holds the tenant's lock.
 */
export async function unlink(trx: Transaction<Schema>, tenantId: string, contributorId: string): Promise<void> {
  await sql`
    update ledger.contributor set human_id = null
    where tenant_id = ${tenantId}::uuid and contributor_id = ${contributorId}::uuid`.execute(trx);
  await unlinkLonely(trx, tenantId);
}

/** How many other accounts are linked to the contributor's. Inside a transaction of role recorder. */
export async function countLinks(trx: Transaction<Schema>, tenantId: string, contributorId: string): Promise<number> {
  return (await withTheirLinks(trx, tenantId, [contributorId])).length - 1;
}

/**
 * The contributors whose entries the person of an account may see and change: the account's own first, then those that are linked
 * to it. None for an account that never logged anything. Inside a transaction of role recorder.
 *
 * @param blindIndex of the account
 */
export async function listContributorsOf(
  trx: Transaction<Schema>,
  tenantId: string,
  blindIndex: Uint8Array,
): Promise<readonly string[]> {
  const own = sql`(select contributor_id from ledger.identity
    where tenant_id = ${tenantId}::uuid and blind_index = ${blindIndex})`;
  const { rows } = await sql<{ contributor_id: string }>`
    ${sameHuman(tenantId, own)} order by contributor.contributor_id <> own.contributor_id, contributor.contributor_id`.execute(
    trx,
  );
  return rows.map(({ contributor_id }) => contributor_id);
}

/** SQL: the contributor and all that are linked to it, for role recorder. @param own SQL of one id */
export function sameHuman(tenantId: string, own: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select contributor.contributor_id from ledger.contributor own
    join ledger.contributor contributor on contributor.tenant_id = own.tenant_id
      and (contributor.contributor_id = own.contributor_id or contributor.human_id = own.human_id)
    where own.tenant_id = ${tenantId}::uuid and own.contributor_id = ${own}`;
}

/** A human of one account is counted like any other account: it may be somebody's who has others. Role recorder or eraser. */
export async function unlinkLonely(trx: Transaction<Schema>, tenantId: string): Promise<void> {
  await sql`
    update ledger.contributor lonely set human_id = null
    where lonely.tenant_id = ${tenantId}::uuid and lonely.human_id is not null and not exists (
      select from ledger.contributor other
      where other.tenant_id = lonely.tenant_id and other.human_id = lonely.human_id
        and other.contributor_id <> lonely.contributor_id
    )`.execute(trx);
}

interface LinkedRow {
  readonly contributor_id: string;
  readonly source: string;
  readonly human_id: string | null;
}

async function withTheirLinks(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorIds: readonly string[],
): Promise<readonly LinkedRow[]> {
  const { rows } = await sql<LinkedRow>`
    with given as (
      select contributor_id, human_id from ledger.contributor where tenant_id = ${tenantId}::uuid
        and contributor_id in (select json_array_elements_text(${JSON.stringify(contributorIds)}::json)::uuid)
    )
    select contributor_id, source, human_id from ledger.contributor where tenant_id = ${tenantId}::uuid
      and (contributor_id in (select contributor_id from given) or human_id in (select human_id from given))
    order by human_id is null, contributor_id`.execute(trx);
  return rows;
}

function hashOf(characters: string): Uint8Array {
  return hash("sha256", `link ${characters}`, "buffer");
}

/** As random as the code, and as little to be found again: a contributor's own id would join them to all who once shared it. */
function humanIdOf(characters: string): string {
  const digits = hash("sha256", `human ${characters}`).slice(0, 32);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}

function refused(why: string): StageledgerError {
  return new StageledgerError("LINK_REFUSED", why, { next: "Type in a code from your account in another tool." });
}
