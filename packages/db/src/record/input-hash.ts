import { hash } from "node:crypto";

const HEX_DIGITS_OF_128_BITS = 32;

/** 128 bits of SHA-256 over what a fact says, in hexadecimal digits: tells a replay from another fact under the same key. */
export function inputHash(said: readonly (string | number | boolean | null | undefined)[]): string {
  return hash("sha256", JSON.stringify(said), "hex").slice(0, HEX_DIGITS_OF_128_BITS);
}
