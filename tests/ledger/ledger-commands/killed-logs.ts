/** The logs that are imported and released by processes that get killed. */
import { generateJiraLines } from "../../simulators/jira-log/generate-jira-lines.ts";

export const ISSUES = 3000;
export const WORKLOGS = 300;

/** Three batches of issues; every tenth has a worklog of an hour: 300 entries, 18,000 minutes. */
export const LOG = [...generateJiraLines({ seed: 5, issues: ISSUES, asOf: Date.UTC(2026, 9, 26) })]
  .map((line, i) =>
    i % 10 === 0 ? line.replace('"fields":{', `"fields":{"worklog":{"total":1,"worklogs":[${worklog(i)}]},`) : line,
  )
  .join("");

/** Its first issues, for what needs one of them only. */
export const BEGINNING_OF_LOG = LOG.split("\n").slice(0, 50).join("\n");

function worklog(i: number): string {
  const started = new Date(Date.UTC(2026, 8, 1 + (i % 28), 10)).toISOString();
  return JSON.stringify(anHour(i, `made-up-${i % 7}`, started, 3600));
}

const DAY = 86_400_000;
const PROJECTS = 12;
const PEOPLE = 7;
const SETTLED_WEEKS = 8;

/** Seven people log in each of twelve projects in each of eight weeks that have settled, whatever the day is on which the test runs. */
export const SETTLED_LOG = Array.from({ length: PROJECTS }, (_, project) => {
  const at = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
  const worklogs = Array.from({ length: SETTLED_WEEKS * PEOPLE }, (__, i) =>
    anHour(1000 * project + i, `made-up-${i % PEOPLE}`, at(21 + 7 * Math.floor(i / PEOPLE)), 7200),
  );
  return `${JSON.stringify({
    id: String(9000 + project),
    key: `SET${project}-1`,
    fields: {
      project: { key: `SET${project}` },
      status: { id: "2", name: "Build", statusCategory: { key: "indeterminate" } },
      created: at(100),
      updated: at(90),
      worklog: { total: worklogs.length, worklogs },
    },
    changelog: { total: 0, histories: [] },
  })}\n`;
}).join("");

/** Every project-week of the settled log has its total. */
export const SETTLED_TOTALS = PROJECTS * SETTLED_WEEKS;

function anHour(id: number, account: string, started: string, timeSpentSeconds: number): object {
  return { id: String(id), author: { accountId: account }, started, updated: started, timeSpentSeconds };
}
