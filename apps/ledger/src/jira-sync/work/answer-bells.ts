/** The job "answer" for Jira: each issue that rang is read and recorded, once for all its bells; worklogs by themselves. */
import type { ErrorCode } from "@stageledger/core";
import { type Bell, inTransaction, settleBells } from "@stageledger/db";
import { answerDueBells, type BellErrand, type BellSource } from "@stageledger/sync";
import type { JiraSyncContext } from "../context.ts";
import { answerIssue } from "./answer-issue.ts";
import { answerWorklogs } from "./answer-worklogs.ts";
import { bellTarget } from "./bell-target.ts";
import type { JiraDesk, JiraDesks } from "./connection-desk.ts";

const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "JIRA_TOKEN_MISSING",
  "JIRA_UNAUTHORISED",
  "JIRA_FORBIDDEN",
  "JIRA_RATE_LIMITED",
  "JIRA_UNREACHABLE",
]);
const PROBLEMS: ReadonlySet<string> = new Set(["JIRA_TOKEN_MISSING", "JIRA_UNAUTHORISED", "JIRA_FORBIDDEN"]);

/** @returns when it wants to be done again; undefined when nothing waits */
export function answerJiraBells(
  context: JiraSyncContext,
  desks: JiraDesks,
  at: { readonly tenantId: string; readonly connectionId: string },
  signal: AbortSignal,
): Promise<number | undefined> {
  const source: BellSource<JiraDesk> = {
    open: (tenantId, connectionId) => desks.open(tenantId, connectionId, "bell"),
    plan: (desk, bells) => planOf(context, desk, bells),
    passing: PASSING,
    problems: PROBLEMS,
  };
  return answerDueBells(context, source, at, signal);
}

/** Issues first: a worklog of one that is not known yet would be looked at twice. */
function planOf(context: JiraSyncContext, desk: JiraDesk, bells: readonly Bell[]): readonly (readonly BellErrand[])[] {
  const targets = bells.map((bell) => ({ bell, target: bellTarget(bell) }));
  const groups = Map.groupBy(targets, ({ target }) => `${target.kind} ${target.id}`);
  const errands = [...groups.values()].map((group) => {
    const [first] = group;
    const ofGroup = group.map(({ bell }) => bell);
    const kind = first?.target.kind ?? "issue";
    const run = (): Promise<void> => {
      if (kind === "nothing") return settle(context, desk, ofGroup);
      if (kind === "worklogs") return answerWorklogs(context, desk, ofGroup);
      return answerIssue(context, desk, first?.target.id ?? "", ofGroup);
    };
    return { kind, errand: { bells: ofGroup, run } };
  });
  const ofKind = (wanted: string): BellErrand[] =>
    errands.filter(({ kind }) => kind === wanted).map(({ errand }) => errand);
  return [ofKind("issue"), [...ofKind("worklogs"), ...ofKind("nothing")]];
}

/** What nobody could read was looked at by whoever let it ring again: there is nothing to ask for. */
function settle({ database }: JiraSyncContext, { tenantId }: JiraDesk, bells: readonly Bell[]): Promise<void> {
  return inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    settleBells(
      trx,
      tenantId,
      bells.map(({ bellId }) => bellId),
    ),
  );
}
