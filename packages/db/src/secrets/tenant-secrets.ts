/** What a tenant's own key is used for: pseudonyms that nobody can derive without it, and the secret share p. */
import { createHmac } from "node:crypto";
import { SafetySettings, StageledgerError } from "@stageledger/core";
import type { Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import { type MasterKey, type RandomBytes, seal, unseal } from "./master-key.ts";

const TENANT_KEY_BYTES = 32;
const P_BYTES = 8;
/** 96 bits. */
const CHECKSUM_CHARACTERS = 16;
const LOWEST_P = 15;
const HIGHEST_P = 25;

export class TenantSecrets {
  readonly #key: Uint8Array;
  readonly #sealedP: Uint8Array;
  readonly #tenantId: string;

  constructor(tenantId: string, key: Uint8Array, sealedP: Uint8Array) {
    this.#tenantId = tenantId;
    this.#key = key;
    this.#sealedP = sealedP;
  }

  /** All that is kept of an account: an HMAC that nobody can compute, or turn back, without the tenant's key. */
  blindIndex(source: string, account: string): Uint8Array {
    return this.#hmac(["identity", source, account]);
  }

  /** The same id for the same entry of a source, so that a second import finds what the first recorded. */
  entryId(source: string, entry: string): string {
    return asUuid(this.#hmac(["entry", source, entry]));
  }

  /** Tells whether a source shows the same as before. Without the tenant's key, a few minutes on a few days could be guessed back. */
  checksum(parts: readonly (string | number | boolean | null | undefined)[]): string {
    return this.#hmac(["checksum", JSON.stringify(parts)])
      .toString("base64url")
      .slice(0, CHECKSUM_CHARACTERS);
  }

  /** @throws StageledgerError MASTER_KEY_WRONG, DISCLOSURE_UNSAFE_SETTING */
  safetySettings(k: number, waivesAllNative: boolean): SafetySettings {
    const p = Buffer.from(unseal(this.#key, this.#sealedP, `p of ${this.#tenantId}`)).readDoubleBE();
    return new SafetySettings({ k, p, waivesAllNative });
  }

  /** What only this tenant's key opens again, and only for the same purpose. */
  seal(plain: string, purpose: string, random: RandomBytes): Uint8Array {
    return seal(this.#key, Buffer.from(plain), purpose, random);
  }

  /** @throws StageledgerError MASTER_KEY_WRONG */
  unseal(sealed: Uint8Array, purpose: string): string {
    return Buffer.from(unseal(this.#key, sealed, purpose)).toString("utf8");
  }

  #hmac(parts: readonly string[]): Buffer {
    return createHmac("sha256", this.#key).update(JSON.stringify(parts)).digest();
  }
}

/** A new tenant's key and share p, as they are stored. */
export function newTenantSecret(
  tenantId: string,
  masterKey: MasterKey,
  random: RandomBytes,
): { readonly wrapped_key: Uint8Array; readonly sealed_p: Uint8Array } {
  const key = random(TENANT_KEY_BYTES);
  const p = Buffer.alloc(P_BYTES);
  const share = Buffer.from(random(4)).readUInt32BE() / 2 ** 32;
  p.writeDoubleBE(LOWEST_P + share * (HIGHEST_P - LOWEST_P));
  return {
    wrapped_key: masterKey.wrap(key, `key of ${tenantId}`, random),
    sealed_p: seal(key, p, `p of ${tenantId}`, random),
  };
}

/** @throws StageledgerError TENANT_UNKNOWN, MASTER_KEY_WRONG */
export async function openTenantSecrets(
  trx: Transaction<Schema>,
  tenantId: string,
  masterKey: MasterKey,
): Promise<TenantSecrets> {
  const row = await trx
    .selectFrom("ledger.tenant_secret")
    .select(["wrapped_key", "sealed_p"])
    .where("tenant_id", "=", tenantId)
    .executeTakeFirst();
  if (row === undefined) throw new StageledgerError("TENANT_UNKNOWN", "There is no such tenant.");
  return new TenantSecrets(tenantId, masterKey.unwrap(row.wrapped_key, `key of ${tenantId}`), row.sealed_p);
}

/** The first 128 bits, marked as a UUID of version 8, which is free for such uses. */
function asUuid(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
