/** The key that wraps the keys of all tenants. Whoever holds it and the database can tell who logged what. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import { StageledgerError } from "@stageledger/core";

/** Gives that many random bytes. */
export type RandomBytes = (count: number) => Uint8Array;

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export class MasterKey {
  readonly #key: Uint8Array;

  private constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** The bytes of a new master key, as text for a file or a variable. */
  static generate(random: RandomBytes): string {
    return Buffer.from(random(KEY_BYTES)).toString("base64");
  }

  /** @param text 32 bytes in base64 @throws StageledgerError MASTER_KEY_UNREADABLE */
  static parse(text: string): MasterKey {
    const key = Buffer.from(text.trim(), "base64");
    if (key.length !== KEY_BYTES) {
      throw new StageledgerError("MASTER_KEY_UNREADABLE", "The master key is not 32 bytes in base64.", {
        next: "Make one with: openssl rand -base64 32. A database that has data needs the key that it began with.",
      });
    }
    return new MasterKey(key);
  }

  /** Nonce, tag and cipher text. `purpose` is bound in: what was wrapped for one cannot be passed off for another. */
  wrap(plain: Uint8Array, purpose: string, random: RandomBytes): Uint8Array {
    return seal(this.#key, plain, purpose, random);
  }

  /** @throws StageledgerError MASTER_KEY_WRONG for another key, another purpose or changed bytes */
  unwrap(wrapped: Uint8Array, purpose: string): Uint8Array {
    return unseal(this.#key, wrapped, purpose);
  }

  /** What nobody can compute, or turn back, without the master key; another for each purpose. 256 bits. */
  hash(purpose: string, parts: readonly (string | number)[]): Uint8Array {
    const key = hkdfSync("sha256", this.#key, "", purpose, KEY_BYTES);
    return createHmac("sha256", Buffer.from(key)).update(JSON.stringify(parts)).digest();
  }
}

export function seal(key: Uint8Array, plain: Uint8Array, purpose: string, random: RandomBytes): Uint8Array {
  const nonce = random(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(purpose));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** @throws StageledgerError MASTER_KEY_WRONG */
export function unseal(key: Uint8Array, sealed: Uint8Array, purpose: string): Uint8Array {
  const bytes = Buffer.from(sealed);
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(purpose))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw wrongKey(error);
  }
}

function wrongKey(cause: unknown): StageledgerError {
  return new StageledgerError("MASTER_KEY_WRONG", "The master key does not open this database's secrets.", {
    next: "Use the key that the database was made with. Nothing was changed.",
    cause,
  });
}
