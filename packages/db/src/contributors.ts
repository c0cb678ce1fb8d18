/** Pseudonyms: found or made for the accounts of people, who are known here by a blind index and nothing else. */
import { sql, type Transaction } from "kysely";
import type { Schema } from "./schema.ts";
import type { TenantSecrets } from "./secrets/tenant-secrets.ts";

/** Somebody as a source names them. Lives at the edge only: neither part is stored or logged. */
export interface Account {
  /** What kind of account: jira, cli, tempo, … */
  readonly source: string;
  readonly account: string;
  /**
   * Which list of people the account stands in, where a source has several. Accounts of one list are different people;
   * accounts of two may be one person, as those of two sources may. The list in which an account was first seen counts.
   */
  readonly directory?: string;
}

/** Erased people are not brought back by what a source still shows of them. */
export type FoundContributor = { readonly kind: "found"; readonly contributorId: string } | { readonly kind: "erased" };

/**
 * The contributors of accounts, in their order; those that are new are made.
 *
 * Inside a transaction of role recorder that holds the tenant's lock.
 *
 * @param newId a UUID for each new contributor
 */
export async function ensureContributors(
  trx: Transaction<Schema>,
  tenantId: string,
  secrets: TenantSecrets,
  accounts: readonly Account[],
  newId: () => string,
): Promise<readonly FoundContributor[]> {
  const indexes = accounts.map(({ source, account }) => hex(secrets.blindIndex(source, account)));
  const found = await findByIndex(trx, tenantId, indexes);
  const missing = new Map<
    string,
    { readonly blind_index: string; readonly contributor_id: string; readonly source: string }
  >();
  accounts.forEach(({ source, directory }, place) => {
    const index = indexes[place] ?? "";
    if (found.has(index) || missing.has(index)) return;
    const toldApartBy = directory === undefined ? source : `${source} ${directory}`;
    missing.set(index, { blind_index: index, contributor_id: newId(), source: toldApartBy });
  });
  if (missing.size > 0) await insertIdentities(trx, tenantId, [...missing.values()]);
  return indexes.map((index): FoundContributor => {
    const known = found.get(index);
    if (known === null) return { kind: "erased" };
    return { kind: "found", contributorId: known ?? missing.get(index)?.contributor_id ?? "" };
  });
}

/** The contributors of accounts, in their order; undefined for one that never logged anything. Makes none. */
export async function findContributors(
  trx: Transaction<Schema>,
  tenantId: string,
  secrets: TenantSecrets,
  accounts: readonly Account[],
): Promise<readonly (FoundContributor | undefined)[]> {
  const indexes = accounts.map(({ source, account }) => hex(secrets.blindIndex(source, account)));
  const found = await findByIndex(trx, tenantId, indexes);
  return indexes.map((index): FoundContributor | undefined => {
    const contributorId = found.get(index);
    if (contributorId === null) return { kind: "erased" };
    return contributorId === undefined ? undefined : { kind: "found", contributorId };
  });
}

/** The contributor of an account; undefined when it never logged anything or was erased. */
export async function findContributor(
  trx: Transaction<Schema>,
  tenantId: string,
  secrets: TenantSecrets,
  { source, account }: Account,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom("ledger.identity")
    .select("contributor_id")
    .where("tenant_id", "=", tenantId)
    .where("blind_index", "=", secrets.blindIndex(source, account))
    .executeTakeFirst();
  return row?.contributor_id;
}

/** Contributor by blind index in hexadecimal digits; null for an erased one. */
async function findByIndex(
  trx: Transaction<Schema>,
  tenantId: string,
  indexes: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await sql<{ blind_index: string; contributor_id: string | null }>`
    with wanted as (select decode(json_array_elements_text(${JSON.stringify(indexes)}::json), 'hex') as blind_index)
    select encode(blind_index, 'hex') as blind_index, contributor_id from ledger.identity
    where tenant_id = ${tenantId}::uuid and blind_index in (select blind_index from wanted)
    union all
    select encode(blind_index, 'hex'), null from ledger.erased_identity
    where tenant_id = ${tenantId}::uuid and blind_index in (select blind_index from wanted)`.execute(trx);
  return new Map(rows.map(({ blind_index, contributor_id }) => [blind_index, contributor_id]));
}

async function insertIdentities(
  trx: Transaction<Schema>,
  tenantId: string,
  rows: readonly { readonly blind_index: string; readonly contributor_id: string; readonly source: string }[],
): Promise<void> {
  const json = JSON.stringify(rows);
  await sql`
    insert into ledger.contributor (tenant_id, contributor_id, source)
    select ${tenantId}::uuid, contributor_id, source
    from json_to_recordset(${json}::json) as one (contributor_id uuid, source text)`.execute(trx);
  await sql`
    insert into ledger.identity (tenant_id, blind_index, contributor_id)
    select ${tenantId}::uuid, decode(blind_index, 'hex'), contributor_id
    from json_to_recordset(${json}::json) as one (blind_index text, contributor_id uuid)`.execute(trx);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
