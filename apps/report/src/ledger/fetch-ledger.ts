/** The ledger over HTTP, where the page came from. The browser brings the session. */
import { pagePortfolio, pageProjects } from "@stageledger/core/contract/page-projects";
import { pageReport } from "@stageledger/core/contract/page-report";
import { PAGE_ROUTES } from "@stageledger/core/contract/page-routes";
import type { z } from "zod";
import { failed, failureOf } from "./failures.ts";
import { asanaAddress } from "./item-address.ts";
import type { Ledger, Told } from "./ledger.ts";
import { fetchMyLedger } from "./my-ledger.ts";
import { queryOf, questionText } from "./question-text.ts";

export function fetchLedger(fetchFrom: typeof fetch): Ledger {
  const ask = async <S extends z.ZodType>(schema: S, path: string, signal: AbortSignal): Promise<Told<z.output<S>>> => {
    try {
      const response = await fetchFrom(path, { signal, credentials: "same-origin" });
      const body: unknown = await response.json().catch(() => undefined);
      if (!response.ok) return failed(failureOf(response.status, body));
      const read = schema.safeParse(body);
      return read.success ? { kind: "told", value: read.data } : failed({ kind: "unreadable" });
    } catch (cause) {
      if (signal.aborted) throw cause;
      return failed({ kind: "offline" });
    }
  };
  return {
    isOfOneProject: false,
    own: { mine: fetchMyLedger(fetchFrom), signOutAddress: "/sign-out" },
    listProjects: (signal) => ask(pageProjects, PAGE_ROUTES.listProjects.path, signal),
    getPortfolio: ({ asOf, weeks }, signal) =>
      ask(pagePortfolio, PAGE_ROUTES.getPortfolio.path + queryOf({ asOf, weeks }), signal),
    getReport: (project, question, signal) =>
      ask(pageReport, pathOf(PAGE_ROUTES.getReport.path, project) + questionText(question), signal),
    fileAddress: (project, question, file) =>
      file.kind === "json"
        ? pathOf(PAGE_ROUTES.exportReport.path, project) + questionText(question)
        : pathOf(PAGE_ROUTES.exportTable.path, project) + questionText(question, { table: file.table }),
    itemAddress: (key, kind) => (kind === "asana" ? asanaAddress(key) : null),
  };
}

function pathOf(path: string, project: string): string {
  return path.replace("{project}", encodeURIComponent(project));
}
