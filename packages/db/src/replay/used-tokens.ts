/** Tokens that have written something: none of them writes again. */
import { hash } from "node:crypto";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";

/**
 * Marks a token as used, in the transaction that it writes in: if that fails, it was not used. Of two that come at once the
 * second waits for the first. Those that expired are forgotten.
 *
 * @param tokenId unique among the tokens of its issuer
 * @param expiresAt epoch milliseconds; afterwards the token itself is refused
 * @returns false when it was used before
 */
export async function useToken(
  trx: Transaction<Schema>,
  tenantId: string,
  tokenId: string,
  expiresAt: number,
  now: number,
): Promise<boolean> {
  const { rows } = await sql`
    with ${tokenUse(tenantId, tokenId, expiresAt, now)} select 1 from token_use`.execute(trx);
  return rows.length > 0;
}

/** The same as a part of a statement that asks for more: `token_use` has a row unless the token was used before. */
export function tokenUse(tenantId: string, tokenId: string, expiresAt: number, now: number): RawBuilder<unknown> {
  return sql`expired_token as (
      delete from control.used_token where tenant_id = ${tenantId}::uuid and expires_at_ms < ${now}
    ), token_use as (
      insert into control.used_token (tenant_id, token_hash, expires_at_ms)
      values (${tenantId}::uuid, ${hash("sha256", tokenId, "buffer")}, ${expiresAt})
      on conflict do nothing
      returning 1
    )`;
}
