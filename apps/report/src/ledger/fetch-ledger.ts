/** The ledger over HTTP, where the page came from. The browser brings the session. */
import { pagePortfolio, pageProjects } from "@stageledger/core/contract/page-projects";
import { pageReport } from "@stageledger/core/contract/page-report";
import { PAGE_ROUTES } from "@stageledger/core/contract/page-routes";
import { problem } from "@stageledger/core/contract/problem";
import { z } from "zod";
import type { Failure, Ledger, Question, Told } from "./ledger.ts";

// Schemas are read step by step: the page's policy forbids code that is made at run time.
z.config({ jitless: true });

const SIGNED_OUT = 401;

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
    listProjects: (signal) => ask(pageProjects, PAGE_ROUTES.listProjects.path, signal),
    getPortfolio: ({ asOf, weeks }, signal) =>
      ask(pagePortfolio, PAGE_ROUTES.getPortfolio.path + queryOf({ asOf, weeks }), signal),
    getReport: (project, question, signal) =>
      ask(pageReport, pathOf(PAGE_ROUTES.getReport.path, project) + questionText(question), signal),
    fileAddress: (project, question, file) =>
      file.kind === "json"
        ? pathOf(PAGE_ROUTES.exportReport.path, project) + questionText(question)
        : pathOf(PAGE_ROUTES.exportTable.path, project) + questionText(question, { table: file.table }),
    itemAddress: (key, kind) => (kind === "asana" ? `https://app.asana.com/0/0/${encodeURIComponent(key)}` : null),
  };
}

function pathOf(path: string, project: string): string {
  return path.replace("{project}", encodeURIComponent(project));
}

function questionText({ asOf, weeks, map, time }: Question, more: Readonly<Record<string, string>> = {}): string {
  return queryOf({ asOf, weeks, map, time: time === "calendar" ? null : time, ...more });
}

function queryOf(members: Readonly<Record<string, string | number | null>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) if (value !== null) query.set(name, String(value));
  return query.size === 0 ? "" : `?${query}`;
}

function failed(failure: Failure): { readonly kind: "failed"; readonly failure: Failure } {
  return { kind: "failed", failure };
}

function failureOf(status: number, body: unknown): Failure {
  if (status === SIGNED_OUT) return { kind: "signed-out" };
  const told = problem.safeParse(body).data;
  if (told === undefined) return { kind: "unreadable" };
  const { code, detail, next = null, requestId } = told;
  return { kind: "refused", code, detail, next, requestId };
}
