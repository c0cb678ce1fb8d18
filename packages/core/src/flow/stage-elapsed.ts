/** How long items were in each stage during some weeks: what released hours are held against (F23). Pure. */
import type { StageMap } from "../stages/stage-map.ts";
import type { StageTimeline } from "../stages/stage-timeline.ts";
import { joinVisits } from "../stages/stage-visit.ts";
import { WEEK_DAYS } from "../time/iso-week.ts";
import type { EpochDay, ReportZone } from "../time/report-zone.ts";

/**
 * Milliseconds by the stage's name, over all timelines: each visit as far as it lies in one of the weeks. Done and
 * withdrawn items take no time, so those stages are missing. An open visit lasts on.
 *
 * @param weeks Mondays of whole weeks in the zone, each once
 */
export function elapsedByStage(
  timelines: Iterable<StageTimeline>,
  map: StageMap,
  weeks: readonly EpochDay[],
  zone: ReportZone,
): ReadonlyMap<string, number> {
  const spans = weeks.map((week) => ({ start: zone.startOfDay(week), end: zone.startOfDay(week + WEEK_DAYS) }));
  const sums = new Map<string, number>();
  for (const timeline of timelines) {
    for (const { stage, start, end, open } of joinVisits(timeline, map)) {
      if (!map.isOpen(stage)) continue;
      const until = open ? Number.POSITIVE_INFINITY : end;
      const name = map.nameOf(stage);
      for (const span of spans) {
        const milliseconds = Math.min(until, span.end) - Math.max(start, span.start);
        if (milliseconds > 0) sums.set(name, (sums.get(name) ?? 0) + milliseconds);
      }
    }
  }
  return sums;
}
