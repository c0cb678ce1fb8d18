/** Tokens that somebody makes who does not have Forge's key. */
import { createHmac } from "node:crypto";

export function unsignedToken(claims: object): string {
  return `${encoded({ alg: "none", kid: "forge-key-1" })}.${encoded(claims)}.`;
}

/** Signed with a text that both sides know. */
export function withSecret(claims: object, secret: string, kid: string): string {
  const signed = `${encoded({ alg: "HS256", typ: "JWT", kid })}.${encoded(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
