/** Recorded answers of a real Jira Cloud through our gateway and transforms, held against what DevLake made of the same. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { withSource } from "../../../../apps/ledger/src/jira/ledger-ids.ts";
import { readIssue } from "../../../../apps/ledger/src/jira/read-issue.ts";
import { issueFacts } from "../../../../apps/ledger/src/jira-sync/jira/issue-facts.ts";
import { openGateway } from "../../../../apps/ledger/src/jira-sync/jira/jira-gateway.ts";
import { readCsv } from "../../../support/read-csv.ts";
import { describeWithReference } from "../../../support/reference-dir.ts";

const rawIssue = z.looseObject({
  id: z.string(),
  fields: z.looseObject({ project: z.looseObject({ id: z.string() }) }),
  changelog: z.looseObject({
    histories: z.array(
      z.looseObject({ id: z.string(), created: z.string(), items: z.array(z.looseObject({ field: z.string() })) }),
    ),
  }),
});
type RawIssue = z.infer<typeof rawIssue>;

describeWithReference("DevLake's Jira", (referenceDir) => {
  const tables = join(referenceDir, "data/devlake-jira");
  const payloads = (table: string): readonly unknown[] =>
    readCsv(join(tables, "raw_tables", table)).map(({ data = "" }) => JSON.parse(data));
  const expected = (table: string) => readCsv(join(tables, "snapshot_tables", table));
  const issues = z.array(rawIssue).parse(payloads("_raw_jira_api_issues.csv"));
  const worklogs = payloads("_raw_jira_api_worklogs.csv");

  /** Jira, as far as it is asked here. Histories have their instants in epoch milliseconds there. */
  const gateway = openGateway({
    token: async () => ({ root: new URL("http://127.0.0.1:9/"), token: "t", expiresAt: Number.POSITIVE_INFINITY }),
    limiter: { turn: async () => {}, charge: async () => {}, pause: async () => {} },
    pacing: { now: () => 0, random: () => 0, sleep: async () => {} },
    signal: new AbortController().signal,
    fetch: async (input) => {
      const { pathname } = new URL(String(input));
      if (pathname.endsWith("search/jql")) return Response.json({ issues, isLast: true });
      if (pathname.endsWith("worklog/list")) return Response.json(worklogs);
      if (pathname.endsWith("changelog/bulkfetch")) return Response.json({ issueChangeLogs: issues.map(changeLogOf) });
      throw new Error(`Nobody expected ${pathname}.`);
    },
  });
  const changeLogOf = ({ id, changelog }: RawIssue) => ({
    issueId: id,
    changeHistories: changelog.histories.map((history) => ({ ...history, created: Date.parse(history.created) })),
  });
  const view = {
    projects: new Map(issues.map(({ fields }) => [fields.project.id, { id: fields.project.id, project: "Ours" }])),
    flagFields: [],
    secrets: { checksum: (parts: readonly unknown[]) => JSON.stringify(parts) },
  };

  test("33 issues, 522 histories: the 165 status changes are DevLake's, by history, instant and statuses", async () => {
    const histories = await gateway.readHistories(
      issues.map(({ id }) => id),
      [],
    );
    const { issues: shown } = await gateway.searchIssues("", []);
    expect(shown).toHaveLength(33);
    expect(issues.flatMap(({ changelog }) => changelog.histories)).toHaveLength(522);
    const facts = shown.map((issue) => issueFacts(view, issue, histories.get(issue.id) ?? [], undefined));
    const ours = facts.flatMap(({ part }) =>
      part.changes.map(({ at, sequence, from, to }) => `${part.id} ${sequence} ${at} ${from} ${to}`),
    );
    const instants = new Map(
      expected("_tool_jira_issue_changelogs.csv").map(({ changelog_id, issue_id, created = "" }) => [
        changelog_id,
        `jira:${issue_id} ${changelog_id} ${Date.parse(created)}`,
      ]),
    );
    const theirs = expected("_tool_jira_issue_changelog_items.csv")
      .filter(({ field }) => field === "status")
      .map(
        ({ changelog_id, from_value, to_value }) => `${instants.get(changelog_id)} jira:${from_value} jira:${to_value}`,
      );
    expect(theirs).toHaveLength(165);
    expect([...ours].sort()).toEqual([...theirs].sort());
    // All end where their issues are, so that none looks as if a workflow had been migrated.
    expect(facts.filter(({ isWhole }) => !isWhole).map(({ kept }) => kept.id)).toEqual([]);
  });

  test("an import of the same issues makes the same facts", async () => {
    const histories = await gateway.readHistories(
      issues.map(({ id }) => id),
      [],
    );
    const { issues: shown } = await gateway.searchIssues("", []);
    const catalogue = { sawCurrent: () => {}, sawInHistory: () => {} };
    for (const issue of shown) {
      const live = issueFacts(view, issue, histories.get(issue.id) ?? [], undefined).part;
      const imported = withSource(
        readIssue(
          issues.find(({ id }) => id === issue.id),
          { catalogue, flagFields: new Set() },
        ),
      );
      expect(inOrder(live)).toEqual(inOrder(imported));
    }
  });

  test("30 worklogs: seconds, starts and last changes are DevLake's, 262,500 s in all", async () => {
    const read = await gateway.readWorklogs(["1"]);
    const ours = read.map(
      ({ id, issueId, startedAt, updatedAt, seconds }) => `${id} ${issueId} ${startedAt} ${updatedAt} ${seconds}`,
    );
    const theirs = expected("_tool_jira_worklogs.csv").map(
      ({ worklog_id, issue_id, started = "", updated = "", time_spent_seconds }) =>
        `${worklog_id} ${issue_id} ${Date.parse(started)} ${Date.parse(updated)} ${time_spent_seconds}`,
    );
    expect(theirs).toHaveLength(30);
    expect([...ours].sort()).toEqual([...theirs].sort());
    expect(read.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(262_500);
    expect(read.filter(({ isMirror, account }) => isMirror || account === undefined)).toEqual([]);
  });
});

function inOrder<T extends { readonly at: number; readonly sequence: number }>({
  changes,
  blocks,
  ...part
}: {
  readonly changes: readonly T[];
  readonly blocks: readonly unknown[];
  readonly otherActivity: readonly number[];
  readonly snapshot: object | undefined;
}): object {
  const sorted = [...changes].sort((a, b) => a.at - b.at || a.sequence - b.sequence);
  return {
    ...part,
    changes: sorted,
    blocks,
    otherActivity: [...part.otherActivity].sort((a, b) => a - b),
    snapshot: undefined,
  };
}
