/** What people log at the panel in Jira. What they were told is what has to be in the ledger. */
import type { Tally } from "../tally.ts";
import type { DoorCalls } from "./door-calls.ts";

/** As somebody typed it in. */
export interface Typed {
  readonly issue: string;
  readonly by: string;
  readonly minutes: number;
  /** `2026-09-07` */
  readonly date: string;
  readonly activity: string;
  /** Undefined: as the issue's history tells. */
  readonly stage: string | undefined;
}

/** What the door said that it has. */
export interface PanelEntry extends Typed {
  readonly id: string;
  readonly revision: number;
}

export class Panel {
  readonly entries = new Map<string, PanelEntry>();
  readonly #calls: DoorCalls;
  readonly #faults: Tally;
  /** Entries that somebody is just changing. */
  readonly #held = new Set<string>();

  constructor(calls: DoorCalls, faults: Tally) {
    this.#calls = calls;
    this.#faults = faults;
  }

  /** Those that nobody is just changing. */
  changeable(): readonly PanelEntry[] {
    return [...this.entries.values()].filter(({ id }) => !this.#held.has(id));
  }

  log(typed: Typed): void {
    const { issue, by, minutes, date, activity, stage } = typed;
    this.#calls.ask({
      issue,
      by,
      method: "POST",
      path: `/forge/v1/items/jira:${issue}/entries`,
      body: { minutes, date, activity, ...(stage === undefined ? {} : { stage }) },
      isTold: ({ id, revision }) => void this.entries.set(id, { ...typed, id, revision }),
      // The ledger has not heard of the issue yet.
      isRefused: () => this.#faults.count("panel knew no such issue"),
      findDone: (shown) =>
        shown
          .filter(({ id }) => !this.entries.has(id))
          .find((one) => one.minutes === minutes && one.date === date && one.activity === activity),
    });
  }

  change(entry: PanelEntry, minutes: number): void {
    const { id, issue, by, revision } = entry;
    this.#held.add(id);
    this.#calls.ask({
      issue,
      by,
      method: "PATCH",
      path: `/forge/v1/entries/${id}`,
      body: { revision, minutes },
      isTold: (answer) => {
        this.entries.set(id, { ...entry, minutes, revision: answer.revision });
        this.#held.delete(id);
      },
      isRefused: () => this.#calls.troubles.push(`panel: there is no entry ${id} to change`),
      findDone: (shown) => shown.find((one) => one.id === id && one.minutes === minutes),
    });
  }

  takeBack(entry: PanelEntry): void {
    const { id, issue, by, revision } = entry;
    this.#held.add(id);
    this.#calls.ask({
      issue,
      by,
      method: "DELETE",
      path: `/forge/v1/entries/${id}?revision=${revision}`,
      body: undefined,
      isTold: () => void this.entries.delete(id),
      isRefused: () => this.#calls.troubles.push(`panel: there is no entry ${id} to take back`),
      findDone: (shown) => (shown.some((one) => one.id === id) ? undefined : entry),
    });
  }
}
