/** Whose session a request belongs to. */
import type { IncomingMessage } from "node:http";
import { findSession, type Session } from "@stageledger/db";
import { signInNeeded } from "../../http/sign-in-needed.ts";
import type { SessionContext } from "./session-context.ts";
import { findToken } from "./session-cookie.ts";

/** Asks the ledger each time: a session that ended a moment ago is none. */
export async function findSessionOf(context: SessionContext, request: IncomingMessage): Promise<Session | undefined> {
  const token = findToken(context, request);
  if (token === undefined) return undefined;
  return findSession(context.database, token.tenantId, token.token, context.now());
}

/** @throws StageledgerError SIGN_IN_NEEDED */
export async function getSessionOf(context: SessionContext, request: IncomingMessage): Promise<Session> {
  const session = await findSessionOf(context, request);
  if (session !== undefined) return session;
  throw signInNeeded();
}
