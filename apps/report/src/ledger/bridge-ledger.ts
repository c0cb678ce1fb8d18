/** The ledger over Jira's bridge: of the project that the page was opened in. Jira brings the proof of who looks. */
import { JIRA_PAGE_ROUTES } from "@stageledger/core/contract/jira-page-routes";
import { pageProjects } from "@stageledger/core/contract/page-projects";
import { pageReport } from "@stageledger/core/contract/page-report";
import type { z } from "zod";
import { type CallBridge, findPlace, readRemote } from "../home/bridge.ts";
import { failed, refusalIn } from "./failures.ts";
import { asanaAddress, jiraAddress } from "./item-address.ts";
import type { Ledger, Told } from "./ledger.ts";
import { questionText } from "./question-text.ts";

const FIRST_FAILURE = 400;

export async function bridgeLedger(call: CallBridge): Promise<Ledger> {
  const place = await findPlace(call).catch(() => undefined);
  const ask = async <S extends z.ZodType>(
    schema: S,
    path: string,
    query: string,
    signal: AbortSignal,
  ): Promise<Told<z.output<S>>> => {
    if (place === undefined) return failed({ kind: "unreadable" });
    const whole = path.replace("{sourceProject}", encodeURIComponent(place.sourceProject)) + query;
    const answer = await readRemote(call, whole).catch(() => undefined);
    // The bridge goes on calling: nobody waits for it any more.
    signal.throwIfAborted();
    if (answer === undefined) return failed({ kind: "offline" });
    if (answer.status >= FIRST_FAILURE) return failed(refusalIn(answer.body));
    const read = schema.safeParse(answer.body);
    return read.success ? { kind: "told", value: read.data } : failed({ kind: "unreadable" });
  };
  const { getPageProject, getPageReport } = JIRA_PAGE_ROUTES;
  return {
    isOfOneProject: true,
    own: null,
    listProjects: (signal) => ask(pageProjects, getPageProject.path, "", signal),
    getPortfolio: async () => failed({ kind: "unreadable" }),
    getReport: (_project, question, signal) => ask(pageReport, getPageReport.path, questionText(question), signal),
    fileAddress: () => null,
    itemAddress: (key, kind) => {
      if (kind === "asana") return asanaAddress(key);
      const siteUrl = place?.siteUrl ?? null;
      return siteUrl === null ? null : jiraAddress(siteUrl, key);
    },
  };
}
