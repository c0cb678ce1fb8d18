/** What proved a call, as far as it has to hold still in the transaction in which the call does something. */
import { type RawBuilder, sql, type Transaction } from "kysely";
import { heldInstallation } from "../installations.ts";
import { heldMember } from "../members/members.ts";
import type { Schema } from "../schema.ts";
import { tokenUse } from "./used-tokens.ts";

export type CallProof =
  | {
      readonly kind: "installation";
      /** Whose people it speaks for. */
      readonly installationId: string;
      /** Unique among the tokens of its issuer. A token does something once. */
      readonly tokenId: string;
      /** Epoch milliseconds; afterwards the token itself is refused. */
      readonly expiresAt: number;
    }
  | {
      /** A session of theirs, which does many things. */
      readonly kind: "member";
      readonly memberId: string;
    };

/** `gone`: the installation or member is not the tenant's any more. `used`: the call did something before. */
export type CallStanding = "held" | "gone" | "used";

/**
 * Uses the proof up, where it is good for one call. What it says stays so while the transaction lasts.
 *
 * Inside a transaction of role recorder that holds the tenant, or the person.
 *
 * @param now epoch milliseconds
 */
export async function holdCall(
  trx: Transaction<Schema>,
  tenantId: string,
  proof: CallProof,
  now: number,
): Promise<CallStanding> {
  const { tables, standing } = heldCall(tenantId, proof, now);
  const { rows } = await sql<{ standing: CallStanding }>`with ${tables} select ${standing} as standing`.execute(trx);
  return rows[0]?.standing ?? "gone";
}

/** The same as parts of a statement that asks for more. */
export function heldCall(
  tenantId: string,
  proof: CallProof,
  now: number,
): { readonly tables: RawBuilder<unknown>; readonly standing: RawBuilder<CallStanding> } {
  if (proof.kind === "member") {
    return {
      tables: heldMember(tenantId, proof.memberId),
      standing: sql`case when exists (select from held_member) then 'held' else 'gone' end`,
    };
  }
  const { installationId, tokenId, expiresAt } = proof;
  return {
    tables: sql`${heldInstallation(tenantId, installationId)}, ${tokenUse(tenantId, tokenId, expiresAt, now)}`,
    standing: sql`case when not exists (select from held_installation) then 'gone'
      when not exists (select from token_use) then 'used' else 'held' end`,
  };
}
