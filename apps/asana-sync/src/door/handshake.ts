/** How a webhook begins: while we ask for it, the vendor brings its secret to the path that we made for it, and wants it back. */
import { StageledgerError } from "@stageledger/core";

/** Printable, one word: a header that was sent twice has a space in it. */
const SECRET = /^[\x21-\x7e]{1,256}$/u;

/**
 * The secret, when the request is a handshake. Whether the path still waits for one is decided by whoever takes it, in the
 * database, where only one of two can come first.
 *
 * @param secret header X-Hook-Secret
 * @throws StageledgerError HOOK_SECRET_REFUSED
 */
export function secretOffered(secret: string | readonly string[], body: Buffer): string {
  const isEmpty = /^\s*(?:\{\s*\}\s*)?$/u.test(body.toString("latin1"));
  if (typeof secret !== "string" || !SECRET.test(secret) || !isEmpty) throw secretRefused();
  return secret;
}

/** Nobody who comes later is believed, whatever he knows of the path: he could bring a secret of his own. */
export function secretRefused(): StageledgerError {
  return new StageledgerError("HOOK_SECRET_REFUSED", "This path does not take a secret.");
}
