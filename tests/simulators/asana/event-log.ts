import { randomBytes } from "node:crypto";
import type { WorldEvent } from "./records.ts";

const KEPT_MILLISECONDS = 24 * 3_600_000;
const PAGE = 100;

export type EventsRead =
  | { readonly kind: "expired"; readonly sync: string }
  | {
      readonly kind: "events";
      readonly events: readonly WorldEvent[];
      readonly sync: string;
      readonly hasMore: boolean;
    };

/** GET /events: what each project heard, by cursors that are understood for 24 hours. */
export class EventLog {
  readonly #now: () => number;
  readonly #eventsByProject = new Map<string, WorldEvent[]>();
  readonly #cursors = new Map<
    string,
    { readonly resource: string; readonly place: number; readonly givenAt: number }
  >();

  constructor(now: () => number) {
    this.#now = now;
  }

  hear(event: WorldEvent): void {
    for (const project of event.heardIn) {
      const heard = this.#eventsByProject.get(project);
      if (heard === undefined) this.#eventsByProject.set(project, [event]);
      else heard.push(event);
    }
  }

  read(resource: string, sync: string | undefined): EventsRead {
    const heard = this.#eventsByProject.get(resource) ?? [];
    const cursor = sync === undefined ? undefined : this.#cursors.get(sync);
    const isKept = cursor !== undefined && this.#now() - cursor.givenAt < KEPT_MILLISECONDS;
    if (!isKept || cursor.resource !== resource) return { kind: "expired", sync: this.#give(resource, heard.length) };
    const events = heard.slice(cursor.place, cursor.place + PAGE);
    const end = cursor.place + events.length;
    return { kind: "events", events, sync: this.#give(resource, end), hasMore: end < heard.length };
  }

  /** Every cursor that was given so far is unknown from here on. */
  forgetCursors(): void {
    this.#cursors.clear();
  }

  #give(resource: string, place: number): string {
    const sync = randomBytes(16).toString("hex");
    this.#cursors.set(sync, { resource, place, givenAt: this.#now() });
    return sync;
  }
}
