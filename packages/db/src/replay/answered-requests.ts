/** Requests that were answered, so that one that is sent again, because its answer was lost, does nothing twice. */
import { hash } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { KEEP_PLAN } from "../engine/kept-plan.ts";

export interface RequestAnswer {
  readonly status: number;
  /** Its body, byte for byte. */
  readonly answer: string;
}

/** For the transaction that does what the request asked for. What expired is forgotten. @param expiresAt epoch milliseconds */
export function keepAnswer(
  tenantId: string,
  contributorId: string,
  request: { readonly key: string; readonly input: string; readonly expiresAt: number; readonly now: number },
  { status, answer }: RequestAnswer,
): RawBuilder<unknown> {
  const { key, input, expiresAt, now } = request;
  // Of the same key an expired one may still be there: it is replaced, since one statement cannot delete and insert the same.
  return sql`${KEEP_PLAN}
    with expired as (
      delete from ledger.answered_request
      where tenant_id = ${tenantId}::uuid and expires_at_ms < ${now} and key_hash <> ${hashOf(key)}
    )
    insert into ledger.answered_request (tenant_id, contributor_id, key_hash, input_hash, status, answer, expires_at_ms)
    values (${tenantId}::uuid, ${contributorId}::uuid, ${hashOf(key)}, ${hashOf(input)}, ${status}, ${answer},
      ${expiresAt})
    on conflict (tenant_id, contributor_id, key_hash) do update set input_hash = excluded.input_hash,
      status = excluded.status, answer = excluded.answer, expires_at_ms = excluded.expires_at_ms`;
}

function hashOf(text: string): Uint8Array {
  return hash("sha256", text, "buffer");
}
