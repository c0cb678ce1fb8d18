/** The read model of an item's timeline, as a row and back. Pure. */
import { buildTimeline, GONE, type ItemFacts, lastActivity, type StageTimeline } from "@stageledger/core";

/** Later than anything that happened: the row holds all that is known, whenever it is written. */
const ALL_TIME = Number.MAX_SAFE_INTEGER;

export interface TimelineRow {
  readonly item_id: string;
  /** The item's; empty while no source has shown it. */
  readonly project: string;
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
  const { goneAt } = timeline;
  return {
    item_id: facts.id,
    project: facts.project,
    status_id: goneAt === undefined ? last.status : GONE,
    last_activity_at_ms: lastActivity(facts, ALL_TIME),
    stays: withHoles(timeline),
    flaws: timeline.flaws,
  };
}

/** Where the item was gone, a stay says so: of each stay only the start is stored. */
function withHoles({ stays, goneAt }: StageTimeline): readonly (readonly [status: string, startedAt: number])[] {
  return [
    ...stays.flatMap(({ status, start, end }, place) => {
      const next = stays[place + 1];
      const stay = [status, start] as const;
      return next === undefined || next.start === end ? [stay] : [stay, [GONE, end] as const];
    }),
    ...(goneAt === undefined ? [] : [[GONE, goneAt] as const]),
  ];
}

/** A timeline as it is stored: its last stay is open, unless the item is gone. */
export function storedTimeline({ stays }: Pick<TimelineRow, "stays">): StageTimeline {
  const [lastStatus, lastStart] = stays.at(-1) ?? [];
  return {
    createdAt: stays[0]?.[1] ?? 0,
    asOf: ALL_TIME,
    stays: stays.flatMap(([status, start], place) => {
      const end = stays[place + 1]?.[1] ?? ALL_TIME;
      return status === GONE ? [] : [{ status, start, end, open: place === stays.length - 1 }];
    }),
    goneAt: lastStatus === GONE ? lastStart : undefined,
    flaws: [],
  };
}

/**
 * A timeline to book entries on: as if the item had never been gone. When it went is often known late or roughly, and
 * should not move hours.
 */
export function bookingTimeline({ stays }: Pick<TimelineRow, "stays">): StageTimeline {
  return storedTimeline({ stays: stays.filter(([status]) => status !== GONE) });
}
