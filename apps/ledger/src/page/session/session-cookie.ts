/**
 * The token of a session in the browser. It says whose ledger it belongs to, sealed, so that the ledger can be asked for it; that
 * it is of a session, only the ledger knows.
 */
import type { IncomingMessage } from "node:http";
import type { Response } from "express";
import { z } from "zod";
import { clearCookie, findCookie, setCookie } from "./cookies.ts";
import { findSealed, sealText } from "./sealed-text.ts";
import type { SessionContext } from "./session-context.ts";

export interface SessionToken {
  readonly tenantId: string;
  /** As the browser has it. */
  readonly token: string;
}

const NAME = "session";
const PURPOSE = "token of a session";
const SECRET_BYTES = 32;

const content = z.tuple([z.uuid(), z.string()]);

export function newToken(context: SessionContext, tenantId: string): SessionToken {
  const secret = Buffer.from(context.random(SECRET_BYTES)).toString("base64url");
  return { tenantId, token: sealText(context, PURPOSE, JSON.stringify([tenantId, secret])) };
}

/** Undefined where none came along, and for one that we did not make. */
export function findToken(context: SessionContext, request: IncomingMessage): SessionToken | undefined {
  const token = findCookie(context, request, NAME);
  if (token === undefined) return undefined;
  const [tenantId] = findSealed(context, PURPOSE, token, content) ?? [];
  return tenantId === undefined ? undefined : { tenantId, token };
}

/** @param endsAt of the session, epoch milliseconds */
export function setToken(context: SessionContext, response: Response, { token }: SessionToken, endsAt: number): void {
  setCookie(context, response, NAME, token, endsAt - context.now());
}

export function clearToken(context: SessionContext, response: Response): void {
  clearCookie(context, response, NAME);
}
