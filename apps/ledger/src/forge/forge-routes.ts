/** The door for the app in Jira: every call is proved by Forge's token, and answered by its contract. */
import { hash } from "node:crypto";
import { KnownSecrets } from "@stageledger/db";
import { type Request, Router } from "express";
import { answerProblems } from "../http/problem.ts";
import { RateLimit } from "../http/rate-limit.ts";
import { requestIdOf } from "../http/request-id.ts";
import { pathUnknown } from "../http/unknown.ts";
import { proveCaller, proveService } from "./caller.ts";
import { findBoundInstallation } from "./find-bound-installation.ts";
import type { ForgeContext } from "./forge-context.ts";
import { KnownInstallations } from "./known-installations.ts";
import { openApiDocument } from "./open-api.ts";
import { pageInJiraRoutes } from "./page-in-jira-routes.ts";
import { type CallLimit, PEOPLES_ROUTES } from "./peoples-routes.ts";
import type { AskRight } from "./rights/ask-right.ts";
import { KnownRights } from "./rights/known-rights.ts";
import { bringSiteTokenRoute } from "./routes/bring-site-token.ts";
import { tellEventsRoute } from "./routes/tell-events.ts";
import { tellInstallationRoute } from "./routes/tell-installation.ts";
import type { ServiceRoute } from "./service-route.ts";

const SERVICE_ROUTES: readonly ServiceRoute[] = [tellEventsRoute, bringSiteTokenRoute, tellInstallationRoute];

/** A hand that opens many panels, not a program that goes through all items. */
const CALLS: CallLimit = { most: 60, perSecond: 2 };
const MOST_CALLERS = 10_000;

const MOST_RIGHTS = 10_000;

/** So long after it was disconnected, a site's people can still read. */
const INSTALLATIONS = { rememberMilliseconds: 10_000, mostRemembered: 10_000 };

/** So long after it was erased, a tenant's key can still be used. */
const SECRETS = { rememberMilliseconds: 10_000, mostRemembered: 10_000 };

export function forgeRoutes(context: ForgeContext): Router {
  const { database, log, now } = context;
  const find = (installationId: string) => findBoundInstallation(database, installationId);
  const installations = new KnownInstallations({ ...INSTALLATIONS, find, now });
  const door = { ...context, secrets: new KnownSecrets({ ...SECRETS, ...context }) };
  const limit = new RateLimit({ ...CALLS, mostCallers: MOST_CALLERS, now });
  const rights = new KnownRights({ mostRemembered: MOST_RIGHTS, fetch: context.fetch, now });
  const document = openApiDocument();
  const router = Router();
  router.get("/openapi.json", (_request, response) => {
    response.json(document);
  });
  router.use("/forge", (request, response, next) => {
    // What one person may see is kept by nobody between them and us.
    response.set("cache-control", "no-store").set("x-request-id", requestIdOf(request));
    next();
  });
  // Without a limit: Forge itself brings no more than some hundred a minute, and what it gave up on is lost until the next look.
  for (const route of SERVICE_ROUTES) {
    const { method, path } = route.contract;
    router[method](path, async (request, response) => {
      await route.answer(
        { ...context, installations },
        await proveService(context, installations, request),
        request,
        response,
      );
    });
  }
  for (const { route, right, limit: ownLimit } of [...PEOPLES_ROUTES, ...pageInJiraRoutes(context)]) {
    const { method, path } = route.contract;
    const own = ownLimit && new RateLimit({ ...ownLimit, mostCallers: MOST_CALLERS, now });
    router[method](path.replaceAll(/\{(\w+)\}/gu, ":$1"), async (request, response) => {
      const caller = await proveCaller(context, installations, request);
      const name = hash("sha256", JSON.stringify([caller.tenantId, caller.account.account]), "base64");
      limit.take(name);
      own?.take(name);
      const ask: AskRight = (permission, subject) => rights.has(caller, userTokenOf(request), permission, subject);
      await right?.(ask, door, caller, request);
      const { status, answer } = await route.answer(door, caller, request, ask);
      response.status(status).type("json").send(answer);
    });
  }
  router.use("/forge", () => {
    throw pathUnknown();
  });
  router.use(answerProblems(log));
  return router;
}

/** For Jira only. It goes into no log. */
function userTokenOf({ headers }: Request): string | undefined {
  const token = headers["x-forge-oauth-user"];
  return typeof token === "string" && token !== "" ? token : undefined;
}
