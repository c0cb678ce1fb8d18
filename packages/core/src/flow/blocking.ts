/** Blocked time of one item (F24). */
import type { BlockChange } from "../stages/item-facts.ts";
import type { StagePosition } from "../stages/stage.ts";
import type { StageMap } from "../stages/stage-map.ts";
import type { StageTimeline } from "../stages/stage-timeline.ts";
import type { ItemFlow } from "./item-flow.ts";

export interface BlockSpan {
  readonly start: number;
  /** The as-of instant while the block is open. */
  readonly end: number;
  readonly open: boolean;
}

/**
 * Union of flag, blocking links, roadblocks and blocked statuses, as known at the timeline's as-of, in order.
 * A block that never ends is open until then; an end without a beginning is ignored.
 */
export function blockSpans(blocks: readonly BlockChange[], timeline: StageTimeline, map: StageMap): BlockSpan[] {
  const spans: BlockSpan[] = [];
  const openSince = new Map<string, number>();
  const ordered =
    blocks.length < 2
      ? blocks
      : [...blocks].sort((a, b) => a.at - b.at || a.sequence - b.sequence || a.index - b.index);
  for (const { at, reason, source, begins } of ordered) {
    if (at > timeline.asOf) continue;
    const cause = `${reason} ${source}`;
    const since = openSince.get(cause);
    if (begins && since === undefined) openSince.set(cause, at);
    else if (!begins && since !== undefined) {
      spans.push({ start: since, end: at, open: false });
      openSince.delete(cause);
    }
  }
  for (const start of openSince.values()) spans.push({ start, end: timeline.asOf, open: true });
  if (map.blockedStatuses.size > 0) {
    for (const { status, start, end, open } of timeline.stays)
      if (map.blockedStatuses.has(status)) spans.push({ start, end, open });
  }
  return spans.length < 2 ? spans : union(spans);
}

/**
 * Blocked milliseconds by the stage held when the block began: clipped to start and finish (or
 * as-of) and counted only while the item is in an active stage.
 */
export function blockedTimeByStage(
  spans: readonly BlockSpan[],
  flow: ItemFlow,
  map: StageMap,
): ReadonlyMap<StagePosition, number> {
  const timeByStage = new Map<StagePosition, number>();
  if (flow.startedAt === undefined) return timeByStage;
  const until = flow.finishedAt ?? flow.withdrawnAt ?? flow.asOf;
  for (const span of spans) {
    const start = Math.max(span.start, flow.startedAt);
    const end = Math.min(span.end, until);
    const held = flow.visits.findLast((visit) => visit.start <= Math.max(span.start, flow.createdAt))?.stage;
    if (held === undefined) continue;
    let blocked = 0;
    for (const visit of flow.visits) {
      if (map.stages[visit.stage]?.kind === "active")
        blocked += Math.max(0, Math.min(end, visit.end) - Math.max(start, visit.start));
    }
    if (blocked > 0) timeByStage.set(held, (timeByStage.get(held) ?? 0) + blocked);
  }
  return timeByStage;
}

function union(spans: BlockSpan[]): BlockSpan[] {
  const merged: BlockSpan[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last !== undefined && span.start <= last.end) {
      merged[merged.length - 1] = {
        start: last.start,
        end: Math.max(last.end, span.end),
        open: last.open || span.open,
      };
    } else merged.push(span);
  }
  return merged;
}
