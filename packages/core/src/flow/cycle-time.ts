/** Cycle and lead time of one item (F5, F7). */
import type { ReportZone } from "../time/report-zone.ts";
import type { ItemFlow } from "./item-flow.ts";

/** F5: days in the report zone, same day = 1; undefined while unfinished or never started (F4). */
export function cycleDays(flow: Pick<ItemFlow, "startedAt" | "finishedAt">, zone: ReportZone): number | undefined {
  if (flow.startedAt === undefined || flow.finishedAt === undefined) return undefined;
  return zone.dayOf(flow.finishedAt) - zone.dayOf(flow.startedAt) + 1;
}

/** F5's exact elapsed time. */
export function cycleMilliseconds(flow: Pick<ItemFlow, "startedAt" | "finishedAt">): number | undefined {
  if (flow.startedAt === undefined || flow.finishedAt === undefined) return undefined;
  return flow.finishedAt - flow.startedAt;
}

/** F7: created to finish. */
export function leadMilliseconds(flow: Pick<ItemFlow, "createdAt" | "finishedAt">): number | undefined {
  return flow.finishedAt === undefined ? undefined : flow.finishedAt - flow.createdAt;
}
