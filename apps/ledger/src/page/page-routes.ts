/** The door for the page in the browser: for members who have signed in, and for reading only. */
import { StageledgerError } from "@stageledger/core";
import { PAGE_ROUTES, type PageRouteContract } from "@stageledger/core/contract/page-routes";
import { nothing } from "@stageledger/core/contract/values";
import compression from "compression";
import { type Request, type Response, Router } from "express";
import type { z } from "zod";
import { acceptCall } from "../http/call-input.ts";
import { answerProblems } from "../http/problem.ts";
import { RateLimit } from "../http/rate-limit.ts";
import type { BytesAnswer } from "./bytes-answer.ts";
import { listProjects } from "./list-projects.ts";
import type { Member, PageContext } from "./page-context.ts";
import { Portfolios } from "./portfolios.ts";
import { ProjectReports } from "./project-reports.ts";
import { type FileKind, sendAnswer } from "./send-answer.ts";
import { tableFile } from "./table-file.ts";

/** A hand that goes through many projects, not a program that does. */
const CALLS = { most: 120, perSecond: 2, mostCallers: 10_000 };
const JSON_ANSWER = { type: "application/json" } as const;

type Answer = BytesAnswer & { readonly kind?: FileKind };

export function pageRoutes(context: PageContext): Router {
  const { now, log, findMember } = context;
  const limit = new RateLimit({ ...CALLS, now });
  const reports = new ProjectReports({ ...context, reader: "page" });
  const portfolios = new Portfolios(context);
  const router = Router();
  // On these routes only: the length of a packed answer can tell of a secret that stands in it beside what a stranger made somebody send.
  const packed = compression();
  const hang = <P extends z.ZodType, Q extends z.ZodType>(
    contract: PageRouteContract<P, Q>,
    answer: (member: Member, params: z.output<P>, query: z.output<Q>) => Promise<Answer>,
  ): void => {
    router.get(contract.path.replaceAll(/\{(\w+)\}/gu, ":$1"), packed, async (request: Request, response: Response) => {
      response.set("cache-control", "private, no-cache");
      const member = await findMember(request);
      if (member === undefined) throw signInNeeded();
      limit.take(member.memberId);
      const { params, query } = acceptCall({ ...contract, body: nothing }, request, new Uint8Array());
      const { kind = JSON_ANSWER, ...told } = await answer(member, params, query);
      sendAnswer(request, response, told, kind);
    });
  };
  hang(PAGE_ROUTES.listProjects, ({ tenantId }) => listProjects(context, tenantId));
  hang(PAGE_ROUTES.getPortfolio, ({ tenantId }, _params, query) => portfolios.get(tenantId, query));
  hang(PAGE_ROUTES.getReport, async ({ tenantId }, { project }, query) =>
    known(await reports.find(tenantId, project, query)),
  );
  hang(PAGE_ROUTES.exportReport, async ({ tenantId }, { project }, query) => {
    const report = known(await reports.find(tenantId, project, query));
    return { ...report, kind: { ...JSON_ANSWER, name: fileName(`${project} report.json`) } };
  });
  hang(PAGE_ROUTES.exportTable, async ({ tenantId }, { project }, { table, ...query }) => {
    const report = known(await reports.find(tenantId, project, query));
    return { ...tableFile(report.body, table), kind: { type: "text/csv", name: fileName(`${project} ${table}.csv`) } };
  });
  router.use("/api/v1", answerProblems(log));
  return router;
}

/** A project may be called like a path. */
function fileName(text: string): string {
  return text.replaceAll(/[\\/]/gu, "-");
}

function known<T>(found: T | undefined): T {
  if (found !== undefined) return found;
  throw new StageledgerError("PROJECT_UNKNOWN", "The ledger has no project of that name.", {
    next: "Choose one of those that the page lists; one that is new is known some minutes after it is made.",
  });
}

function signInNeeded(): StageledgerError {
  return new StageledgerError("SIGN_IN_NEEDED", "Only members see this, once they have signed in.", {
    next: "Sign in, and open the page again.",
  });
}
