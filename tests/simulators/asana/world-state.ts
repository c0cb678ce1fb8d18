import { uniform } from "../pipelines/draw.ts";
import type {
  Category,
  Entry,
  EnumField,
  Project,
  Section,
  Story,
  Task,
  User,
  Workspace,
  WorldEvent,
} from "./records.ts";

/** Sixteen digits, as Asana's gids have. */
const FIRST_GID = 1_209_000_000_000_000n;

/** Answers that nobody outside Asana knows for sure: the product must stand either. */
export interface WorldDials {
  /** Whether logging, editing or deleting time moves the task's modified_at. */
  entriesMoveModifiedAt: boolean;
  /** What a time entry rings: nothing, a bell of its own, or its task's. */
  entryBells: "entry" | "none" | "task";
  /** Whether a task that is created inside a project has the story of being added to it. */
  creationHasStory: boolean;
  /** Whether a story still names a section that was deleted since. */
  storiesNameDeletedSections: boolean;
}

const DIALS: WorldDials = {
  entriesMoveModifiedAt: false,
  entryBells: "none",
  creationHasStory: true,
  storiesNameDeletedSections: true,
};

export interface WorldOptions {
  /** Epoch milliseconds; must not go back. */
  readonly now: () => number;
  readonly seed?: number;
  readonly dials?: Partial<WorldDials>;
}

/** Where a task was put in a project, at which instant; `section` undefined: it left. */
export interface Placement {
  readonly at: number;
  readonly task: string;
  readonly project: string;
  readonly section: string | undefined;
}

/** All that there is and all that happened. Nothing here decides what a caller may see. */
export class WorldState {
  readonly now: () => number;
  readonly dials: WorldDials;
  readonly users = new Map<string, User>();
  readonly workspaces = new Map<string, Workspace>();
  readonly projects = new Map<string, Project>();
  readonly sections = new Map<string, Section>();
  readonly fields = new Map<string, EnumField>();
  readonly tasks = new Map<string, Task>();
  readonly subtasksByParent = new Map<string, Task[]>();
  readonly entries = new Map<string, Entry>();
  readonly entriesByTask = new Map<string, Entry[]>();
  readonly categories = new Map<string, Category>();
  readonly storiesByTask = new Map<string, Story[]>();
  readonly events: WorldEvent[] = [];
  readonly placements: Placement[] = [];
  /** Which status a caller gets instead of this task or project. */
  readonly refusalByGid = new Map<string, 403 | 404 | 451>();
  readonly #listeners: ((event: WorldEvent) => void)[] = [];
  readonly #seed: number;
  #lastGid = FIRST_GID;

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
  protected nextGid(): string {
    const step = 1 + Math.floor(97 * uniform(this.#seed, Number(this.#lastGid - FIRST_GID)));
    this.#lastGid += BigInt(step);
    return String(this.#lastGid);
  }

  protected happen(event: Omit<WorldEvent, "at">): void {
    const whole = { at: this.now(), ...event };
    this.events.push(whole);
    for (const listener of this.#listeners) listener(whole);
  }
}

/** @throws Error when there is none */
export function getFrom<T>(map: ReadonlyMap<string, T>, gid: string): T {
  const found = map.get(gid);
  if (found === undefined) throw new Error(`The world has no ${gid}.`);
  return found;
}
