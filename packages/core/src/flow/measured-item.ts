/** One item, measured once for every report part that needs it. */
import type { ItemFacts } from "../stages/item-facts.ts";
import type { StageMap } from "../stages/stage-map.ts";
import { buildTimeline, type StageTimeline } from "../stages/stage-timeline.ts";
import type { EpochDay, ReportZone } from "../time/report-zone.ts";
import { type BlockSpan, blockSpans } from "./blocking.ts";
import { type FlowSettings, type ItemFlow, measureItem } from "./item-flow.ts";

export interface MeasuredItem {
  readonly key: string;
  readonly project: string;
  /** E10: listed, but counted nowhere. */
  readonly isSubtask: boolean;
  /** E8: counted in its project, left out of totals. */
  readonly isRepeated: boolean;
  readonly timeline: StageTimeline;
  readonly flow: ItemFlow;
  readonly blocks: readonly BlockSpan[];
  readonly resolution: string | undefined;
  /** Last stage change, block, unblock, resolution or project change, its sub-tasks' included (F25, E10). */
  readonly lastActivityAt: number;
  /** Report days; undefined as in {@link ItemFlow}. */
  readonly startDay: EpochDay | undefined;
  readonly finishDay: EpochDay | undefined;
  readonly withdrawnDay: EpochDay | undefined;
}

/** Measures an item as of an instant; undefined when it did not exist then or has no status at all. */
export function measure(
  facts: ItemFacts,
  map: StageMap,
  zone: ReportZone,
  asOf: number,
  settings: FlowSettings,
  subtaskActivityAt: number = Number.NEGATIVE_INFINITY,
): MeasuredItem | undefined {
  const timeline = buildTimeline(facts, asOf);
  if (timeline === undefined) return undefined;
  const flow = measureItem(timeline, map, settings, facts.resolution);
  const dayOf = (instant: number | undefined): EpochDay | undefined =>
    instant === undefined ? undefined : zone.dayOf(instant);
  return {
    key: facts.key,
    project: facts.project,
    isSubtask: facts.isSubtask,
    isRepeated: facts.isRepeated ?? false,
    timeline,
    flow,
    blocks: blockSpans(facts.blocks, timeline, map),
    resolution: facts.resolution,
    lastActivityAt: Math.max(lastActivity(facts, asOf), Math.min(subtaskActivityAt, asOf)),
    startDay: dayOf(flow.startedAt),
    finishDay: dayOf(flow.finishedAt),
    withdrawnDay: dayOf(flow.withdrawnAt),
  };
}

/** Newest activity of an item up to `asOf`: what the stall clock runs from (F25). */
export function lastActivity(facts: ItemFacts, asOf: number): number {
  let last = facts.createdAt;
  const see = (at: number): void => {
    if (at > last && at <= asOf) last = at;
  };
  for (const { at } of facts.changes) see(at);
  for (const { at } of facts.blocks) see(at);
  for (const at of facts.otherActivity) see(at);
  return last;
}
