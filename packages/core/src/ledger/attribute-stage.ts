/** The stage of logged minutes (E19): a pure function of entry, timeline and map version. */
import { UNMAPPED } from "../stages/stage.ts";
import type { StageMap } from "../stages/stage-map.ts";
import type { StageTimeline } from "../stages/stage-timeline.ts";
import { joinVisits, type StageVisit } from "../stages/stage-visit.ts";
import type { ReportZone } from "../time/report-zone.ts";
import { splitMinutes } from "./largest-remainder.ts";
import type { TimeEntry } from "./time-entry.ts";

/** Minutes of an entry that belong to one stage, by the stage's name. */
export interface StageShare {
  readonly stage: string;
  /** Above 0. */
  readonly minutes: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Tells to which stages the minutes of a possible entry belong. The shares sum to the entry's minutes, one a stage.
 *
 * 1. The stage that the author chose.
 * 2. With start and end: split over the visits that they overlap, by largest remainder; time before the first visit
 *    belongs to it, time after the end of the last to that one.
 * 3. Else, of the visits at or after the commitment, neither done nor withdrawn, that overlap the entry's day: the one
 *    that has most of that day; of equal ones the later.
 * 4. Else the nearest such visit by its distance to the day; of equally near ones the earlier.
 * 5. Else the nearest visit of any kind, likewise.
 *
 * An open visit counts as lasting on. Otherwise the answer would change with the hour at which it is asked, without a new
 * fact. An item of which nothing is known has its hours in Unmapped.
 *
 * @param timeline the item's; undefined when it has none
 * @param zone the report zone: it says when the entry's date begins and ends
 */
export function attributeStage(
  entry: TimeEntry,
  timeline: StageTimeline | undefined,
  map: StageMap,
  zone: ReportZone,
): readonly StageShare[] {
  const { chosenStatus, date, interval, minutes } = entry;
  if (chosenStatus !== undefined) return [{ stage: map.nameOf(map.positionOf(chosenStatus)), minutes }];
  const visits = timeline === undefined ? [] : joinVisits(timeline, map).map(lasting);
  if (interval !== undefined && visits.length > 0) return splitOver(visits, interval, minutes, map);
  const day = { start: zone.startOfDay(date), end: zone.startOfDay(date + 1) };
  const inWork = visits.filter(({ stage }) => stage >= map.commitment && map.isOpen(stage));
  const visit = longestWithin(day, inWork) ?? nearestTo(day, inWork) ?? nearestTo(day, visits);
  return [{ stage: map.nameOf(visit?.stage ?? UNMAPPED), minutes }];
}

function lasting(visit: StageVisit): StageVisit {
  return visit.open ? { ...visit, end: Number.POSITIVE_INFINITY } : visit;
}

/** Visits follow each other without holes, so only the time around all of them has to be given to a neighbour. */
function splitOver(visits: readonly StageVisit[], interval: Span, minutes: number, map: StageMap): StageShare[] {
  const overlaps = visits.map((visit, i) => {
    const start = i === 0 ? Number.NEGATIVE_INFINITY : visit.start;
    const end = i === visits.length - 1 ? Number.POSITIVE_INFINITY : visit.end;
    return overlapMilliseconds({ start, end }, interval);
  });
  const parts = splitMinutes(minutes, overlaps);
  const minutesByStage = new Map<string, number>();
  visits.forEach(({ stage }, i) => {
    const part = parts[i] ?? 0;
    const name = map.nameOf(stage);
    if (part > 0) minutesByStage.set(name, (minutesByStage.get(name) ?? 0) + part);
  });
  return [...minutesByStage].map(([stage, sum]) => ({ stage, minutes: sum }));
}

function longestWithin(day: Span, visits: readonly StageVisit[]): StageVisit | undefined {
  let longest: StageVisit | undefined;
  let most = 0;
  for (const visit of visits) {
    const overlap = overlapMilliseconds(visit, day);
    if (overlap === 0 || overlap < most) continue;
    longest = visit;
    most = overlap;
  }
  return longest;
}

function nearestTo(day: Span, visits: readonly StageVisit[]): StageVisit | undefined {
  let nearest: StageVisit | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const visit of visits) {
    const distance = Math.max(0, day.start - visit.end, visit.start - day.end);
    if (distance >= least) continue;
    nearest = visit;
    least = distance;
  }
  return nearest;
}

function overlapMilliseconds(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}
