/** Time in each vendor status over completed stays: the log's own view, without a stage map. */
import type { StageTimeline } from "../stages/stage-timeline.ts";

export interface StatusTime {
  readonly status: string;
  readonly completedVisits: number;
  readonly completedMilliseconds: number;
  /** Items that are in the status at the as-of instant. */
  readonly openVisits: number;
}

export class StatusTimes {
  readonly #timeByStatus = new Map<
    string,
    { completedVisits: number; completedMilliseconds: number; openVisits: number }
  >();

  add(timeline: StageTimeline): void {
    for (const { status, start, end, open } of timeline.stays) {
      let time = this.#timeByStatus.get(status);
      if (time === undefined) {
        time = { completedVisits: 0, completedMilliseconds: 0, openVisits: 0 };
        this.#timeByStatus.set(status, time);
      }
      if (open) time.openVisits += 1;
      else {
        time.completedVisits += 1;
        time.completedMilliseconds += end - start;
      }
    }
  }

  list(): StatusTime[] {
    return [...this.#timeByStatus].map(([status, time]) => ({ status, ...time }));
  }
}
