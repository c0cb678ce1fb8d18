/** Requests that were answered, so that one that is sent again, because its answer was lost, does nothing twice. */
import { hash } from "node:crypto";
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";

export interface RequestAnswer {
  readonly status: number;
  /** Its body, byte for byte. */
  readonly answer: string;
}

export interface AnsweredRequest extends RequestAnswer {
  /** The first request said something else under the same key. */
  readonly isOther: boolean;
}

/** Inside a transaction that holds the tenant's lock. @param input all that the request says @param now epoch milliseconds */
export async function findAnswer(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
  key: string,
  input: string,
  now: number,
): Promise<AnsweredRequest | undefined> {
  const { rows } = await sql<AnsweredRequest>`
    select status, answer, input_hash <> ${hashOf(input)} as "isOther" from ledger.answered_request
    where tenant_id = ${tenantId}::uuid and contributor_id = ${contributorId}::uuid and key_hash = ${hashOf(key)}
      and expires_at_ms >= ${now}`.execute(trx);
  return rows[0];
}

/** In the transaction that did what the request asked for. What expired is forgotten. @param expiresAt epoch milliseconds */
export async function keepAnswer(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
  request: { readonly key: string; readonly input: string; readonly expiresAt: number; readonly now: number },
  { status, answer }: RequestAnswer,
): Promise<void> {
  const { key, input, expiresAt, now } = request;
  // Of the same key an expired one may still be there: it is replaced, since one statement cannot delete and insert the same.
  await sql`
    with expired as (
      delete from ledger.answered_request
      where tenant_id = ${tenantId}::uuid and expires_at_ms < ${now} and key_hash <> ${hashOf(key)}
    )
    insert into ledger.answered_request (tenant_id, contributor_id, key_hash, input_hash, status, answer, expires_at_ms)
    values (${tenantId}::uuid, ${contributorId}::uuid, ${hashOf(key)}, ${hashOf(input)}, ${status}, ${answer},
      ${expiresAt})
    on conflict (tenant_id, contributor_id, key_hash) do update set input_hash = excluded.input_hash,
      status = excluded.status, answer = excluded.answer, expires_at_ms = excluded.expires_at_ms`.execute(trx);
}

function hashOf(text: string): Uint8Array {
  return hash("sha256", text, "buffer");
}
