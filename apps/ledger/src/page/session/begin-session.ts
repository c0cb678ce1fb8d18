/** A session for somebody who has just proved who they are. Whatever their browser brought along is none any more. */
import type { IncomingMessage } from "node:http";
import { endSession, inTransaction, openSession } from "@stageledger/db";
import type { Response } from "express";
import { forgetSignIn } from "../sign-in/forget-sign-in.ts";
import { findSessionOf } from "./find-session.ts";
import type { SessionContext } from "./session-context.ts";
import { newToken, setToken } from "./session-cookie.ts";

/** The transaction that makes somebody a member, or finds that they are one. Undefined: they are none. */
type FindMember = (trx: Parameters<typeof openSession>[0]) => Promise<{ readonly memberId: string } | undefined>;

/**
 * @returns false when they are no member, and nothing was begun
 * @throws StageledgerError as findMember
 */
export async function beginSession(
  context: SessionContext,
  request: IncomingMessage,
  response: Response,
  tenantId: string,
  findMember: FindMember,
): Promise<boolean> {
  const { database, now, newId } = context;
  const before = await findSessionOf(context, request);
  const token = newToken(context, tenantId);
  const begun = await inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
    const member = await findMember(trx);
    if (member === undefined) return undefined;
    return openSession(trx, tenantId, member.memberId, { token: token.token, sessionId: newId() }, now());
  });
  if (begun === undefined) return false;
  if (before !== undefined) {
    await inTransaction(database, { role: "recorder", tenantId: before.tenantId }, (trx) =>
      endSession(trx, before.tenantId, before.sessionId),
    );
  }
  setToken(context, response, token, begun.endsAt);
  forgetSignIn(context, response);
  return true;
}
