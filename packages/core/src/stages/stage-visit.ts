/** Stage visits: what a timeline looks like through one version of the stage map. Pure. */
import type { StagePosition } from "./stage.ts";
import type { StageMap } from "./stage-map.ts";
import type { StageTimeline } from "./stage-timeline.ts";

/** One contiguous stay in one stage; status stays of the same stage are joined. */
export interface StageVisit {
  readonly stage: StagePosition;
  readonly start: number;
  /** The as-of instant while the visit is open. */
  readonly end: number;
  readonly open: boolean;
}

/** The timeline's stays in order, neighbours of one stage joined unless the item was gone in between. */
export function joinVisits(timeline: StageTimeline, map: StageMap): StageVisit[] {
  const visits: StageVisit[] = [];
  for (const stay of timeline.stays) {
    const stage = map.positionOf(stay.status);
    const last = visits.at(-1);
    if (last !== undefined && last.stage === stage && last.end === stay.start)
      visits[visits.length - 1] = { ...last, end: stay.end, open: stay.open };
    else visits.push({ stage, start: stay.start, end: stay.end, open: stay.open });
  }
  return visits;
}
