/**
 * My time at the page's door, for people without Jira. The panel's own routes answer: here is decided who calls, and what of an
 * answer the page may show.
 */
import { PAGE_MY_ROUTES, type PageMyRoute } from "@stageledger/core/contract/page-my-routes";
import { KnownSecrets, PAGE_ACCOUNT, type Session } from "@stageledger/db";
import type { Job } from "@stageledger/sync";
import { type Request, Router } from "express";
import type { Caller } from "../../forge/caller.ts";
import type { DoorContext } from "../../forge/forge-context.ts";
import { PEOPLES_ROUTES, type PeoplesRoute } from "../../forge/peoples-routes.ts";
import type { AskRight } from "../../forge/rights/ask-right.ts";
import { answerProblems } from "../../http/problem.ts";
import { RateLimit } from "../../http/rate-limit.ts";
import { getSessionOf } from "../session/find-session.ts";
import { proveWrite } from "../session/prove-write.ts";
import type { SessionContext } from "../session/session-context.ts";
import { clearToken } from "../session/session-cookie.ts";
import { keysHiddenIn, withoutHiddenKeys } from "./hidden-keys.ts";

export interface MyContext extends SessionContext {
  /** Told when there is something to do for a connection, and that is durable. */
  readonly ring: (job: Job) => void;
}

/** A hand that fills a week, not a program. */
const CALLS = { most: 60, perSecond: 2 };
const MOST_CALLERS = 10_000;

/** So long after it was erased, a tenant's key can still be used. */
const SECRETS = { rememberMilliseconds: 10_000, mostRemembered: 10_000 };

export function myRoutes(context: MyContext): Router {
  const { now, log } = context;
  const door: DoorContext = { ...context, secrets: new KnownSecrets({ ...SECRETS, ...context }) };
  const limit = new RateLimit({ ...CALLS, mostCallers: MOST_CALLERS, now });
  const router = Router();
  for (const contract of Object.values<PageMyRoute>(PAGE_MY_ROUTES)) {
    const { route, limit: ownLimit } = inPanel(contract);
    const own = ownLimit && new RateLimit({ ...ownLimit, mostCallers: MOST_CALLERS, now });
    router[contract.method](contract.path.replaceAll(/\{(\w+)\}/gu, ":$1"), async (request, response) => {
      response.set("cache-control", "no-store");
      const session = await provedSession(context, request, contract);
      limit.take(session.memberId);
      own?.take(session.memberId);
      const hidden = await keysHiddenIn(context, session.tenantId);
      const caller = { ...callerOf(session), keysHiddenIn: hidden };
      const { status, answer } = await route.answer(door, caller, request, askOnPage);
      if (contract === PAGE_MY_ROUTES.eraseMine) clearToken(context, response);
      const told = await withoutHiddenKeys(context, session.tenantId, hidden, JSON.parse(answer));
      response.status(status).json(contract.answer.parse(told));
    });
  }
  router.use("/api/v1/my", answerProblems(log));
  return router;
}

/** @throws StageledgerError SIGN_IN_NEEDED; CALL_FROM_ELSEWHERE for a change that no page of ours asks for */
async function provedSession(context: SessionContext, request: Request, { method }: PageMyRoute): Promise<Session> {
  const session = await getSessionOf(context, request);
  if (method !== "get") proveWrite(context, request, session.sessionId);
  return session;
}

function callerOf({ tenantId, memberId }: Session): Omit<Caller, "keysHiddenIn"> {
  return {
    tenantId,
    account: { source: PAGE_ACCOUNT, account: memberId },
    proof: { kind: "member", memberId },
  };
}

/** The one that answers in the panel, where it asks for no right: what is the caller's own needs none. */
function inPanel({ inPanel: contract }: PageMyRoute): PeoplesRoute {
  const found = PEOPLES_ROUTES.find(({ route, right }) => route.contract === contract && right === undefined);
  if (found === undefined) throw new Error(`Nothing answers ${contract.method} ${contract.path}.`);
  return found;
}

/** Every member sees every project, and nobody can ask Jira for them: no item of Jira's is theirs to log on here. */
const askOnPage: AskRight = async (permission, subject) =>
  permission === "BROWSE_PROJECTS" && subject !== "site" && "projectId" in subject;
