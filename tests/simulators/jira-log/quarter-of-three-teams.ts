/**
 * A seeded world of three teams over a quarter and its warm-up, as Jira would show it.
 * PAY keeps waiting apart and Review holds it up; SHOP does not tell queue from work and Test holds
 * it up; OPS has people to spare. The blemishes of real logs are in it: re-opened and withdrawn items, skipped
 * stages, parked work, flags, a status that no stage names and one that was deleted.
 */
import type { ItemFacts, StageKind } from "@stageledger/core";
import { type Board, boardOf, type Style } from "../pipelines/board.ts";
import { uniform } from "../pipelines/draw.ts";
import type { Line } from "../pipelines/line.ts";
import { runLine } from "../pipelines/run-line.ts";
import { writeLog } from "../pipelines/write-log.ts";
import { addBlemishes } from "./blemishes.ts";
import { jiraIssue } from "./jira-issue.ts";
import {
  fakePerson,
  type JiraIssue,
  type JiraPerson,
  type JiraProject,
  type JiraStatus,
  jiraStatus,
} from "./jira-shapes.ts";
import { fakeSummary } from "./summaries.ts";

export interface World {
  readonly issues: readonly JiraIssue[];
  /** What the issues were written from, by project key. */
  readonly items: ReadonlyMap<string, readonly ItemFacts[]>;
  /** What GET /rest/api/3/status would answer: the deleted status is not in it. */
  readonly statuses: readonly JiraStatus[];
  /** The stages from left to right, a status each; none holds "Waiting for customer". */
  readonly stages: readonly WorldStage[];
  /** The same as a stages file. */
  readonly stagesYaml: string;
  readonly asOf: number;
}

interface WorldStage {
  readonly name: string;
  readonly kind: StageKind;
  readonly statusId: string;
}

export interface WorldOptions {
  readonly seed: number;
  /** Midnight UTC of a Monday: the world ends there. */
  readonly asOf?: number;
  /** Replaces the fake people, e.g. by ones that carry a canary. */
  readonly person?: (number: number) => JiraPerson;
  readonly summary?: (number: number) => string;
  readonly comment?: (number: number) => string;
}

interface Team {
  readonly project: JiraProject;
  readonly style: Style;
  readonly line: Line;
  readonly firstPerson: number;
  readonly people: number;
}

const WEEK_MS = 7 * 24 * 3_600_000;
/** A quarter, and as long before it for the queues to reach their usual length. */
const WEEKS = 26;
const MONDAY_26_OCTOBER_2026 = Date.UTC(2026, 9, 26);

const statusNames = [
  "Backlog",
  "Ready for Build",
  "Build",
  "Ready for Review",
  "Review",
  "Ready for Test",
  "Test",
  "Release",
  "Done",
] as const;
const statusIdByName = new Map<string, string>(statusNames.map((name, position) => [name, String(10_101 + position)]));
const stages: readonly WorldStage[] = statusNames.map((name) => {
  const kind = name === "Done" ? "done" : name === "Backlog" || name.startsWith("Ready for") ? "waiting" : "active";
  return { name, kind, statusId: statusId(name) };
});
/** Name of the stage at which the clock starts. */
export const COMMITMENT = "Ready for Build";
const waitingForCustomer = jiraStatus("10120", "Waiting for customer", "indeterminate");
const deletedTriage = jiraStatus("10090", "Triage (old)", "new");

const teams: readonly Team[] = [
  {
    project: { id: "20001", key: "PAY", name: "Payments" },
    style: "separate",
    line: {
      arrivals: { kind: "poisson", perWeek: 8.5 },
      expedited: 0.1,
      stages: [
        { name: "Build", servers: 4, workHours: 13, cv: 0.7, blocked: { probability: 0.08, meanHours: 16, cv: 0.6 } },
        { name: "Review", servers: 2, workHours: 9.4, cv: 0.8, rework: { probability: 0.1, to: "Build" } },
        { name: "Test", servers: 2, workHours: 5, cv: 0.7 },
      ],
    },
    firstPerson: 1,
    people: 8,
  },
  {
    project: { id: "20002", key: "SHOP", name: "Shop" },
    style: "merged",
    line: {
      arrivals: { kind: "poisson", perWeek: 8.5 },
      expedited: 0.1,
      stages: [
        { name: "Build", servers: 4, workHours: 11, cv: 0.7, blocked: { probability: 0.05, meanHours: 12, cv: 0.6 } },
        { name: "Review", servers: 2, workHours: 4, cv: 0.8, rework: { probability: 0.08, to: "Build" } },
        { name: "Test", servers: 1, workHours: 4.9, cv: 0.7 },
        { name: "Release", servers: 1, workHours: 0.5, cv: 0.5 },
      ],
    },
    firstPerson: 11,
    people: 7,
  },
  {
    project: { id: "20003", key: "OPS", name: "Operations" },
    style: "merged",
    line: {
      arrivals: { kind: "poisson", perWeek: 7 },
      expedited: 0.15,
      stages: [
        { name: "Build", servers: 4, workHours: 8, cv: 0.8 },
        { name: "Review", servers: 3, workHours: 6, cv: 0.8 },
        { name: "Test", servers: 3, workHours: 6, cv: 0.8 },
      ],
    },
    firstPerson: 21,
    people: 6,
  },
];

/** @throws RangeError when `asOf` is no Monday at midnight UTC. */
export function quarterOfThreeTeams(options: WorldOptions): World {
  const asOf = options.asOf ?? MONDAY_26_OCTOBER_2026;
  if ((asOf - MONDAY_26_OCTOBER_2026) % WEEK_MS !== 0) throw new RangeError("the world ends on a Monday, midnight UTC");
  const current = [
    ...statusNames.map((name) =>
      jiraStatus(statusId(name), name, name === "Backlog" ? "new" : name === "Done" ? "done" : "indeterminate"),
    ),
    waitingForCustomer,
  ];
  const statuses = new Map([...current, deletedTriage].map((status) => [status.id, status]));
  const itemsByProject = new Map(
    teams.map((team, position) => {
      const board = boardOf(team.line, team.style, statusId);
      return [team.project.key, itemsOf(team, board, { seed: options.seed * 31 + position, asOf })];
    }),
  );
  const issues = teams.flatMap((team) =>
    (itemsByProject.get(team.project.key) ?? []).map((item, n) => issueOf(item, n, team, statuses, options)),
  );
  return { issues, items: itemsByProject, statuses: current, stages, stagesYaml: stagesYaml(), asOf };
}

/** Name of the stage that people work in while an item is in a status; undefined for queues and both ends. */
export function stageWorkedIn(status: string): string | undefined {
  return stages.find(({ statusId: id, kind }) => id === status && kind === "active")?.name;
}

/** The world as JSON lines, one issue a line, ending in a line break. */
export function* jiraLines(world: World): Generator<string> {
  for (const issue of world.issues) yield `${JSON.stringify(issue)}\n`;
}

function itemsOf(team: Team, board: Board, options: { readonly seed: number; readonly asOf: number }): ItemFacts[] {
  const run = runLine(team.line, { seed: options.seed, weeks: WEEKS });
  const { items } = writeLog(run, board, { mondayAt: options.asOf - WEEKS * WEEK_MS, project: team.project.key });
  return addBlemishes(items, {
    seed: options.seed,
    asOf: options.asOf,
    board,
    customerStatus: waitingForCustomer.id,
    deletedStatus: deletedTriage.id,
    firstId: Number(team.project.id) * 1000,
  });
}

function issueOf(
  item: ItemFacts,
  number: number,
  team: Team,
  statuses: ReadonlyMap<string, JiraStatus>,
  options: WorldOptions,
): JiraIssue {
  const person = options.person ?? fakePerson;
  const pick = (purpose: number) =>
    person(team.firstPerson + Math.floor(uniform(options.seed, Number(item.id), purpose) * team.people));
  const comment = options.comment?.(number);
  return jiraIssue(item, {
    project: team.project,
    statuses,
    summary: options.summary?.(number) ?? fakeSummary(options.seed, Number(item.id)),
    reporter: pick(1),
    assignee: pick(2),
    ...(comment === undefined ? {} : { comment }),
  });
}

function stagesYaml(): string {
  const rows = stages.map(
    ({ name, kind, statusId: id }) => `  - { name: ${name}, statuses: ["${id}"], kind: ${kind} }`,
  );
  return ["stages:", ...rows, `commitment: ${COMMITMENT}`, ""].join("\n");
}

function statusId(name: string): string {
  const id = statusIdByName.get(name);
  if (id === undefined) throw new RangeError(`no status named ${name}`);
  return id;
}
