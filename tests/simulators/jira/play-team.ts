/**
 * Teams at work in the simulated Jira, as a generated log has it: issues are made, move, are flagged and assigned, and people log
 * time on them, each at its instant. It can be played up to any moment, so that the product may connect in the middle.
 */
import type { SimulatedClock } from "../asana/simulated-clock.ts";
import {
  fakePerson,
  type JiraHistory,
  type JiraIssue,
  type JiraPerson,
  type JiraStatus,
} from "../jira-log/jira-shapes.ts";
import type { LoggedTime } from "../people/log-time.ts";
import type { World } from "./world.ts";

export interface TeamsScript {
  /** Those that GET status would show in the end. What histories name besides them is deleted when the last issue has left it. */
  readonly statuses: readonly JiraStatus[];
  readonly issues: readonly JiraIssue[];
  readonly logged: readonly LoggedTime[];
}

export interface PlayedTeams {
  /** Project id by key. */
  readonly projectByKey: ReadonlyMap<string, string>;
  /** Does all that happens up to the instant, and leaves the clock there. */
  playUntil(instant: number): void;
}

interface Deed {
  readonly at: number;
  readonly happen: () => void;
}

const HOUR_MS = 3_600_000;
/** People log the day's work at its end. */
const EVENING_MS = 17 * HOUR_MS;
const MORNING_MS = 9 * HOUR_MS;

/** Ids and keys are those of the log. */
export function playTeams(world: World, clock: SimulatedClock, { statuses, issues, logged }: TeamsScript): PlayedTeams {
  for (const { id, name, statusCategory } of statuses) world.createStatus(name, statusCategory.key, id);
  const gone = formerStatuses(statuses, issues);
  for (const [id, { name }] of gone) world.createStatus(name, "new", id);
  const projects = new Map(issues.map(({ fields }) => [fields.project.key, fields.project]));
  for (const { id, key, name } of projects.values()) world.createProject(key, { id, name });

  const personOf = (person: JiraPerson): string =>
    world.people.has(person.accountId) ? person.accountId : world.createPerson(person);
  const creation = ({ id, key, fields, changelog }: JiraIssue): Deed => ({
    at: Date.parse(fields.created),
    happen: () => {
      const { summary, project, creator } = fields;
      const status = firstStatus(changelog.histories) ?? fields.status.id;
      world.createIssue({ id, key, project: project.id, status, summary, by: personOf(creator) });
    },
  });
  const changes = ({ id, changelog }: JiraIssue): Deed[] =>
    changelog.histories.toReversed().map((history) => ({
      at: Date.parse(history.created),
      happen: () => change(world, id, history, personOf(history.author)),
    }));
  const logging = ({ worker, item, dayAt, minutes }: LoggedTime): Deed => ({
    at: dayAt + EVENING_MS,
    happen: () => {
      const by = personOf(fakePerson(worker.number));
      world.addWorklog({ issue: item.id, seconds: minutes * 60, startedAt: dayAt + MORNING_MS, by });
    },
  });
  const deletions = [...gone].map(([id, { lastLeftAt }]) => ({ at: lastLeftAt, happen: () => world.deleteStatus(id) }));
  // The sort is stable: of one instant an issue's deeds stay in their order.
  const deeds = [
    ...issues.flatMap((issue) => [creation(issue), ...changes(issue)]),
    ...logged.map(logging),
    ...deletions,
  ];
  deeds.sort((a, b) => a.at - b.at);
  let done = 0;

  return {
    projectByKey: new Map([...projects.values()].map(({ id, key }) => [key, id])),
    playUntil: (instant) => {
      for (let next = deeds[done]; next !== undefined && next.at <= instant; next = deeds[done]) {
        done += 1;
        clock.advanceTo(next.at);
        next.happen();
      }
      clock.advanceTo(instant);
    },
  };
}

function change(world: World, issue: string, { items }: JiraHistory, by: string): void {
  const resolved = items.find(({ field, to }) => field === "resolution" && to !== null);
  for (const item of items) {
    const { field, to } = item;
    if (field === "status" && to !== null) {
      const resolution =
        resolved === undefined ? undefined : { id: resolved.to ?? "", name: String(resolved.toString) };
      world.moveStatus(issue, to, by, resolution);
    }
    if (field === "Flagged") world.flag(issue, to !== null, by);
    if (field === "assignee" && to !== null) world.assign(issue, by, by);
  }
}

/** What the histories name and no list shows any more, and when an issue left it last. */
function formerStatuses(
  statuses: readonly JiraStatus[],
  issues: readonly JiraIssue[],
): ReadonlyMap<string, { readonly name: string; readonly lastLeftAt: number }> {
  const there = new Set(statuses.map(({ id }) => id));
  const gone = new Map<string, { name: string; lastLeftAt: number }>();
  for (const { created, items } of issues.flatMap(({ changelog }) => changelog.histories)) {
    for (const { field, from, fromString } of items) {
      if (field !== "status" || from === null || there.has(from)) continue;
      const known = gone.get(from)?.lastLeftAt ?? 0;
      gone.set(from, { name: fromString ?? from, lastLeftAt: Math.max(known, Date.parse(created)) });
    }
  }
  return gone;
}

/** What the oldest move of it left. @param histories newest first */
function firstStatus(histories: readonly JiraHistory[]): string | undefined {
  const moves = histories.flatMap(({ items }) => items.filter(({ field }) => field === "status"));
  return moves.at(-1)?.from ?? undefined;
}
