/** The routes of whoever has signed in: who they are here, and how they leave. */
import { pageSession } from "@stageledger/core/contract/page-session";
import { endSession, getTenant, inTransaction, replaceToken } from "@stageledger/db";
import { type Request, type Response, Router } from "express";
import { answerProblems } from "../../http/problem.ts";
import { answerPages } from "../sign-in/answer-pages.ts";
import { forgetSignIn } from "../sign-in/forget-sign-in.ts";
import { readForm } from "../sign-in/read-form.ts";
import { sendPage, signedOutPage, signOutPage } from "../sign-in/sign-in-pages.ts";
import { findSessionOf, getSessionOf } from "./find-session.ts";
import { proveWrite, WRITE_FIELD, WRITE_HEADER, writeToken } from "./prove-write.ts";
import type { SessionContext } from "./session-context.ts";
import { clearToken, findToken, newToken, setToken } from "./session-cookie.ts";

/** A token that somebody got hold of is soon none. */
const REPLACE_AFTER_MILLISECONDS = 3_600_000;

export function sessionRoutes(context: SessionContext): Router {
  const { log } = context;
  const router = Router();
  router.get("/api/v1/session", (request, response) => tellSession(context, request, response));
  router.get("/sign-out", async (request, response) => {
    const session = await findSessionOf(context, request);
    if (session === undefined) forgetSignIn(context, response);
    sendPage(
      context,
      response,
      session === undefined ? signedOutPage() : signOutPage(writeToken(context, session.sessionId)),
    );
  });
  router.post("/sign-out", (request, response) => signOut(context, request, response));
  router.use("/api/v1/session", answerProblems(log));
  router.use("/sign-out", answerPages(context));
  return router;
}

/** @throws StageledgerError SIGN_IN_NEEDED */
async function tellSession(context: SessionContext, request: Request, response: Response): Promise<void> {
  response.set("cache-control", "no-store");
  const session = await getSessionOf(context, request);
  const { tenantId, sessionId, role, issuedAt, endsAt } = session;
  const tenant = await inTransaction(context.database, { role: "report_reader", tenantId }, (trx) =>
    getTenant(trx, tenantId),
  );
  if (context.now() - issuedAt >= REPLACE_AFTER_MILLISECONDS) await replace(context, request, response, endsAt);
  const told = { schema: 1, tenant: tenant.name, isDemo: tenant.isDemo, role, endsAt: new Date(endsAt).toISOString() };
  response.json(pageSession.parse({ ...told, writeToken: writeToken(context, sessionId) }));
}

async function replace(context: SessionContext, request: Request, response: Response, endsAt: number): Promise<void> {
  const { database, now } = context;
  const old = findToken(context, request);
  if (old === undefined) return;
  const fresh = newToken(context, old.tenantId);
  const isReplaced = await replaceToken(database, old.tenantId, { old: old.token, fresh: fresh.token }, now());
  if (isReplaced) setToken(context, response, fresh, endsAt);
}

/** @throws StageledgerError SIGN_IN_NEEDED, CALL_FROM_ELSEWHERE */
async function signOut(context: SessionContext, request: Request, response: Response): Promise<void> {
  response.set("cache-control", "no-store");
  const { tenantId, sessionId } = await getSessionOf(context, request);
  const form = await readForm(request);
  proveWrite(context, request, sessionId, form.get(WRITE_FIELD) ?? request.headers[WRITE_HEADER]);
  await inTransaction(context.database, { role: "recorder", tenantId }, (trx) => endSession(trx, tenantId, sessionId));
  clearToken(context, response);
  forgetSignIn(context, response);
  sendPage(context, response, signedOutPage());
}
