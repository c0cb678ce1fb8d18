/**
 * A large Jira log as a stream of JSON lines, about 1.3 kB an issue (only the members an analysis could want), for measuring speed and memory.
 * No queues here: each issue walks the board by itself, so the memory needed is that of one issue.
 */
import { exponential, uniform } from "../pipelines/draw.ts";
import { fakePerson, type JiraStatus, jiraStamp, jiraStatus } from "./jira-shapes.ts";

export interface JiraLinesOptions {
  readonly seed: number;
  readonly issues: number;
  /** Epoch milliseconds; nothing happens at or after it. */
  readonly asOf: number;
  /** Default 12. */
  readonly projects?: number;
}

const DAY_MS = 24 * 3_600_000;
/** The log spans two years, whatever its size. */
const SPAN_MS = 730 * DAY_MS;

const backlog = jiraStatus("10201", "To Do", "new");
const build = jiraStatus("10202", "In Progress", "indeterminate");
const review = jiraStatus("10203", "In Review", "indeterminate");
const test = jiraStatus("10204", "Testing", "indeterminate");
const done = jiraStatus("10205", "Done", "done");

/** Mean days before entering each stage, from the one to its left. */
const walk = [
  { to: build, meanDays: 6 },
  { to: review, meanDays: 4 },
  { to: test, meanDays: 3 },
  { to: done, meanDays: 2 },
] as const;

const SKIPS_TEST = 0.08;
const GOES_BACK = 0.07;
const REOPENED = 0.03;

/** One line per issue, each ending in a line break, in order of creation. */
export function* generateJiraLines(options: JiraLinesOptions): Generator<string> {
  for (let number = 0; number < options.issues; number++) yield `${JSON.stringify(issueAt(number, options))}\n`;
}

function issueAt(number: number, options: JiraLinesOptions) {
  const { seed, asOf, issues } = options;
  const projectCount = options.projects ?? 12;
  const projectNumber = Math.floor(uniform(seed, number, 1) * projectCount) + 1;
  const createdAt = Math.round(asOf - SPAN_MS + (SPAN_MS * (number + uniform(seed, number, 2))) / issues);
  const moves = movesOf(number, createdAt, options);
  const person = fakePerson(1 + Math.floor(uniform(seed, number, 3) * 200));
  const author = { accountId: person.accountId };
  const id = String(1_000_000 + number);
  const histories = moves.map(({ at, from, to }, n) => ({
    id: String((1_000_000 + number) * 16 + n),
    author,
    created: jiraStamp(at),
    items: [{ field: "status", fieldId: "status", from: from.id, fromString: from.name, to: to.id, toString: to.name }],
  }));
  const last = moves.at(-1);
  const status = last?.to ?? backlog;
  const updated = jiraStamp(last?.at ?? createdAt);
  return {
    id,
    key: `BIG${projectNumber}-${number + 1}`,
    changelog: { startAt: 0, maxResults: histories.length, total: histories.length, histories: histories.reverse() },
    fields: {
      summary: `Generated issue ${number + 1}`,
      issuetype: { id: "10001", name: "Story", subtask: false },
      project: { id: String(30_000 + projectNumber), key: `BIG${projectNumber}`, name: `Generated ${projectNumber}` },
      status: { id: status.id, name: status.name, statusCategory: { key: status.statusCategory.key } },
      created: jiraStamp(createdAt),
      updated,
      resolutiondate: status === done ? updated : null,
      resolution: status === done ? { id: "10000", name: "Done" } : null,
      assignee: person,
    },
  };
}

function movesOf(number: number, createdAt: number, { seed, asOf }: JiraLinesOptions) {
  const moves: { readonly at: number; readonly from: JiraStatus; readonly to: JiraStatus }[] = [];
  let at = createdAt;
  let from: JiraStatus = backlog;
  const go = (to: JiraStatus, meanDays: number) => {
    at += Math.round(60_000 + exponential(seed, number, 10 + moves.length, at % 997) * meanDays * DAY_MS);
    if (at < asOf) moves.push({ at, from, to });
    from = to;
  };
  for (const { to, meanDays } of walk) {
    if (to === test && uniform(seed, number, 4) < SKIPS_TEST) continue;
    go(to, meanDays);
    if (to === review && uniform(seed, number, 5) < GOES_BACK) {
      go(build, 1);
      go(review, 2);
    }
  }
  if (uniform(seed, number, 6) < REOPENED) {
    go(review, 3);
    go(done, 1);
  }
  return moves;
}
