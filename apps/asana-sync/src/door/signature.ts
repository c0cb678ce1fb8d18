/** Who signs shares a secret with us that only the two of us know. */
import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether the signature is the HMAC-SHA256 of exactly these bytes, in hexadecimal digits. A body that was parsed and written
 * anew is another one.
 */
export function isSignedBy(secret: string, bytes: Uint8Array, signature: string): boolean {
  const expected = Buffer.from(createHmac("sha256", secret).update(bytes).digest("hex"), "latin1");
  const given = Buffer.from(signature, "latin1");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
