/** Whatever changes something comes from a page of ours: a cookie alone could have been sent by any site. */
import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { StageledgerError } from "@stageledger/core";
import type { SessionContext } from "./session-context.ts";

/** Where a script puts what {@link writeToken} made; a form has a field of the name {@link WRITE_FIELD} for it. */
export const WRITE_HEADER = "x-stageledger-write";
export const WRITE_FIELD = "write";

/** Shown only in a page of whoever has the secret; it says nothing of it. @param secret of a session, or of a signing in */
export function writeToken({ masterKey }: Pick<SessionContext, "masterKey">, secret: string): string {
  return Buffer.from(masterKey.hash("proof of a write", [secret])).toString("base64url");
}

/**
 * @param sent the token, if it came in a form; in the header otherwise
 * @throws StageledgerError CALL_FROM_ELSEWHERE
 */
export function proveWrite(
  context: Pick<SessionContext, "masterKey" | "publicUrl">,
  request: IncomingMessage,
  secret: string,
  sent: unknown = request.headers[WRITE_HEADER],
): void {
  if (isOwnOrigin(context, request) && isSame(sent, writeToken(context, secret))) return;
  throw new StageledgerError(
    "CALL_FROM_ELSEWHERE",
    "This does not come from a page of the ledger that is up to date.",
    {
      next: "Reload the page, and do it again there.",
    },
  );
}

/** Browsers say with everything that is posted where it comes from. */
function isOwnOrigin({ publicUrl }: Pick<SessionContext, "publicUrl">, { headers }: IncomingMessage): boolean {
  return headers.origin === new URL(publicUrl).origin;
}

function isSame(sent: unknown, token: string): boolean {
  if (typeof sent !== "string") return false;
  const [one, other] = [Buffer.from(sent), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}
