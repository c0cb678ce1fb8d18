/** The door for the panel in Jira: every call is proved by Forge's token, and answered by its contract. */
import { hash } from "node:crypto";
import { StageledgerError } from "@stageledger/core";
import { findTenantOfInstallation } from "@stageledger/db";
import { Router } from "express";
import { proveCaller } from "./caller.ts";
import type { ForgeContext } from "./forge-context.ts";
import { KnownInstallations } from "./known-installations.ts";
import { openApiDocument } from "./open-api.ts";
import { answerProblems } from "./problem.ts";
import { RateLimit } from "./rate-limit.ts";
import type { Route } from "./read-route.ts";
import { requestIdOf } from "./request-id.ts";
import { deleteEntryRoute } from "./routes/delete-entry.ts";
import { discardTimerRoute } from "./routes/discard-timer.ts";
import { editEntryRoute } from "./routes/edit-entry.ts";
import { getPurposeRoute } from "./routes/get-purpose.ts";
import { getTimerRoute } from "./routes/get-timer.ts";
import { itemEntriesRoute } from "./routes/item-entries.ts";
import { listRoadblocksRoute } from "./routes/list-roadblocks.ts";
import { logEntryRoute } from "./routes/log-entry.ts";
import { logTimerRoute } from "./routes/log-timer.ts";
import { myWeekRoute } from "./routes/my-week.ts";
import { pauseTimerRoute } from "./routes/pause-timer.ts";
import { projectReportRoute } from "./routes/project-report.ts";
import { raiseRoadblockRoute } from "./routes/raise-roadblock.ts";
import { resolveRoadblockRoute } from "./routes/resolve-roadblock.ts";
import { startTimerRoute } from "./routes/start-timer.ts";
import { undoEntryRoute } from "./routes/undo-entry.ts";

const FORGE_ROUTES: readonly Route[] = [
  logEntryRoute,
  itemEntriesRoute,
  editEntryRoute,
  undoEntryRoute,
  deleteEntryRoute,
  myWeekRoute,
  getTimerRoute,
  startTimerRoute,
  pauseTimerRoute,
  logTimerRoute,
  discardTimerRoute,
  raiseRoadblockRoute,
  listRoadblocksRoute,
  resolveRoadblockRoute,
  getPurposeRoute,
  projectReportRoute,
];

/** A hand that opens many panels, not a program that goes through all items. */
const CALLS = { most: 60, perSecond: 2, mostCallers: 10_000 };

/** So long after it was disconnected, a site can still log. */
const INSTALLATIONS = { rememberMilliseconds: 10_000, mostRemembered: 10_000 };

export function forgeRoutes(context: ForgeContext): Router {
  const { database, log, now } = context;
  const find = (installationId: string) => findTenantOfInstallation(database, installationId);
  const installations = new KnownInstallations({ ...INSTALLATIONS, find, now });
  const limit = new RateLimit({ ...CALLS, now });
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
  for (const route of FORGE_ROUTES) {
    const { method, path } = route.contract;
    router[method](path.replaceAll(/\{(\w+)\}/gu, ":$1"), async (request, response) => {
      const caller = await proveCaller(context, installations, request);
      limit.take(hash("sha256", JSON.stringify([caller.tenantId, caller.accountId]), "base64"));
      await route.answer(context, caller, request, response);
    });
  }
  router.use("/forge", () => {
    throw new StageledgerError("PATH_UNKNOWN", "Nothing is at this path.");
  });
  router.use(answerProblems(log));
  return router;
}
