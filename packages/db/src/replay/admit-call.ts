/** What is asked of every call that writes, in one trip to a server: somebody waits for its answer. */
import { hash } from "node:crypto";
import { sql, type Transaction } from "kysely";
import type { FoundContributor } from "../contributors.ts";
import { KEEP_PLAN } from "../engine/kept-plan.ts";
import type { Schema } from "../schema.ts";
import type { RequestAnswer } from "./answered-requests.ts";
import { type CallProof, type CallStanding, heldCall } from "./call-proof.ts";

export interface CallToAdmit {
  readonly proof: CallProof;
  /** Of the account that calls: {@link TenantSecrets.blindIndex}. */
  readonly blindIndex: Uint8Array;
  /** By which a repetition is told. */
  readonly key: string;
  /** All that the request says. */
  readonly input: string;
}

export interface AdmittedCall {
  readonly standing: CallStanding;
  /** Undefined for an account that never logged anything. */
  readonly person: FoundContributor | undefined;
  readonly known: AnsweredRequest | undefined;
}

interface AnsweredRequest extends RequestAnswer {
  /** The first request said something else under the same key. */
  readonly isOther: boolean;
}

/**
 * Holds the call by its proof, as {@link holdCall} does, and says who calls, and what they were answered before.
 *
 * Inside a transaction of role recorder that holds the tenant, or the person.
 *
 * @param now epoch milliseconds
 */
export async function admitCall(
  trx: Transaction<Schema>,
  tenantId: string,
  { proof, blindIndex, key, input }: CallToAdmit,
  now: number,
): Promise<AdmittedCall> {
  const { tables, standing } = heldCall(tenantId, proof, now);
  const { rows } = await sql<AdmissionRow>`${KEEP_PLAN}
    with ${tables}
    select ${standing} as standing, identity.contributor_id, exists (
        select from ledger.erased_identity where tenant_id = ${tenantId}::uuid and blind_index = ${blindIndex}
      ) as is_erased,
      known.status, known.answer, known.input_hash <> ${hashOf(input)} as is_other
    from (values (${tenantId}::uuid)) as tenant (tenant_id)
    left join ledger.identity identity on identity.tenant_id = tenant.tenant_id and identity.blind_index = ${blindIndex}
    left join ledger.answered_request known on known.tenant_id = tenant.tenant_id
      and known.contributor_id = identity.contributor_id and known.key_hash = ${hashOf(key)}
      and known.expires_at_ms >= ${now}`.execute(trx);
  const [row] = rows;
  if (row === undefined) return { standing: "gone", person: undefined, known: undefined };
  return { standing: row.standing, person: personOf(row), known: knownOf(row) };
}

interface AdmissionRow {
  readonly standing: CallStanding;
  readonly contributor_id: string | null;
  readonly is_erased: boolean;
  readonly status: number | null;
  readonly answer: string | null;
  readonly is_other: boolean | null;
}

function personOf({ contributor_id: contributorId, is_erased }: AdmissionRow): FoundContributor | undefined {
  if (is_erased) return { kind: "erased" };
  return contributorId === null ? undefined : { kind: "found", contributorId };
}

function knownOf({ status, answer, is_other: isOther }: AdmissionRow): AnsweredRequest | undefined {
  return status === null || answer === null || isOther === null ? undefined : { status, answer, isOther };
}

function hashOf(text: string): Uint8Array {
  return hash("sha256", text, "buffer");
}
