/** The read model of an item's timeline, as a row and back. Pure. */
import { buildTimeline, type ItemFacts, lastActivity, type StageTimeline } from "@stageledger/core";

/** Later than anything that happened: the row holds all that is known, whenever it is written. */
const ALL_TIME = Number.MAX_SAFE_INTEGER;

export interface TimelineRow {
  readonly item_id: string;
  /** Where the item is now. */
  readonly status_id: string;
  readonly last_activity_at_ms: number;
  readonly stays: readonly (readonly [status: string, startedAt: number])[];
  readonly flaws: readonly string[];
}

/** Undefined for an item of which no status is known. */
export function timelineRow(facts: ItemFacts): TimelineRow | undefined {
  const timeline = buildTimeline(facts, ALL_TIME);
  const last = timeline?.stays.at(-1);
  if (timeline === undefined || last === undefined) return undefined;
  return {
    item_id: facts.id,
    status_id: last.status,
    last_activity_at_ms: lastActivity(facts, ALL_TIME),
    stays: timeline.stays.map(({ status, start }) => [status, start] as const),
    flaws: timeline.flaws,
  };
}

/** A timeline to book entries on: its last stay is open. */
export function storedTimeline({ stays }: Pick<TimelineRow, "stays">): StageTimeline {
  const isLast = (place: number): boolean => place === stays.length - 1;
  return {
    createdAt: stays[0]?.[1] ?? 0,
    asOf: ALL_TIME,
    stays: stays.map(([status, start], place) => ({
      status,
      start,
      end: stays[place + 1]?.[1] ?? ALL_TIME,
      open: isLast(place),
    })),
    flaws: [],
  };
}
