import { uniform } from "../pipelines/draw.ts";
import type { Issue, IssueState, Person, Project, Status, Worklog, WorldEvent } from "./records.ts";

/** Answers that nobody outside Jira knows for sure, or that sites differ in: the product must stand either. */
export interface WorldDials {
  /** Whether a worklog moves its issue's `updated`, writes a history of the issue and rings for it too. */
  worklogsTouchIssue: boolean;
  /** Whether a change of workflows that moves issues to other statuses moves their `updated`. */
  migrationMovesUpdated: boolean;
  /** Whether the worklogs of a deleted issue are told as deleted. */
  issueDeletionListsWorklogs: boolean;
}

const DIALS: WorldDials = {
  worklogsTouchIssue: true,
  migrationMovesUpdated: false,
  issueDeletionListsWorklogs: false,
};

export interface WorldOptions {
  /** Epoch milliseconds; must not go back. */
  readonly now: () => number;
  readonly seed?: number;
  readonly dials?: Partial<WorldDials>;
}

/** Which status an issue was put into, at which instant. `from` undefined: it was created. */
export interface StatusMove {
  readonly at: number;
  readonly issue: string;
  readonly from: string | undefined;
  readonly to: string;
  /** False: no history tells of it. */
  readonly isTold: boolean;
}

/** Something began or ceased to hold an issue up. */
export interface Blocking {
  readonly at: number;
  readonly issue: string;
  readonly reason: "flag" | "link";
  /** Key of the issue that blocks it; empty for a flag. */
  readonly source: string;
  readonly begins: boolean;
}

export interface ProjectMove {
  readonly at: number;
  readonly issue: string;
  readonly from: string;
  readonly to: string;
}

interface WorklogRemoval {
  readonly id: string;
  readonly issue: string;
  readonly at: number;
}

/** Where each kind's ids begin. */
const FIRST_IDS = {
  comment: 60_000,
  history: 40_000,
  issue: 20_000,
  person: 700,
  project: 10_000,
  status: 10_100,
  worklog: 50_000,
} as const;

type Kind = keyof typeof FIRST_IDS;

/** All that there is and all that happened. Nothing here decides what a caller may see. */
export class WorldState {
  readonly now: () => number;
  readonly dials: WorldDials;
  readonly people = new Map<string, Person>();
  readonly statuses = new Map<string, Status>();
  readonly projects = new Map<string, Project>();
  /** Deleted ones too. */
  readonly issues = new Map<string, Issue>();
  /** Issue by every key that it has or had. */
  readonly issueByKey = new Map<string, string>();
  readonly worklogs = new Map<string, Worklog>();
  readonly worklogsByIssue = new Map<string, Worklog[]>();
  readonly worklogRemovals: WorklogRemoval[] = [];
  readonly events: WorldEvent[] = [];
  readonly statusMoves: StatusMove[] = [];
  readonly projectMoves: ProjectMove[] = [];
  readonly blockings: Blocking[] = [];
  /** Texts that people wrote and that others replaced since. */
  protected readonly formerTexts: string[] = [];
  readonly #listeners: ((event: WorldEvent) => void)[] = [];
  readonly #seed: number;
  readonly #lastIds: Record<Kind, number> = { ...FIRST_IDS };

  constructor({ now, seed = 1, dials = {} }: WorldOptions) {
    this.now = now;
    this.dials = { ...DIALS, ...dials };
    this.#seed = seed;
  }

  /** Hears of everything that happens from here on, at once. */
  listen(listener: (event: WorldEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** Rising, with gaps that nobody can guess. */
  protected nextId(kind: Kind): string {
    const last = this.#lastIds[kind];
    const id = last + 1 + Math.floor(7 * uniform(this.#seed, FIRST_IDS[kind], last));
    this.#lastIds[kind] = id;
    return String(id);
  }

  protected happen(event: WorldEvent): void {
    this.events.push(event);
    for (const listener of this.#listeners) listener(event);
  }

  /** The present state with changes, which is the present one from now on. */
  protected change(issue: Issue, changes: Partial<IssueState>): void {
    issue.state = { ...issue.state, updatedAt: this.now(), ...changes };
    issue.states.push({ at: this.now(), state: issue.state });
  }
}

/** @throws Error when there is none */
export function getFrom<T>(map: ReadonlyMap<string, T>, id: string): T {
  const found = map.get(id);
  if (found === undefined) throw new Error(`The world has no ${id}.`);
  return found;
}
