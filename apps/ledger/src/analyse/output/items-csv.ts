/** One row an item, sub-tasks included: what the rules made of it. */
import { cycleDays, leadMilliseconds, type MeasuredItem, type ReportZone, type StageMap } from "@stageledger/core";
import type { CsvCell } from "./csv-file.ts";

export const ITEM_COLUMNS = [
  "key",
  "project",
  "created",
  "started",
  "finished",
  "withdrawn",
  "cycle_days",
  "cycle_seconds",
  "lead_seconds",
  "stage",
  "visits",
  "reopened",
  "flags",
] as const;

/** Instants are ISO 8601 in UTC, empty when there is none; `visits` counts stage visits; `flags` are parted by semicolons. */
export function itemRow(item: MeasuredItem, map: StageMap, zone: ReportZone): CsvCell[] {
  const { flow, timeline } = item;
  const flags = [...flow.flags, ...timeline.flaws, ...(item.isSubtask ? ["subtask"] : [])].sort();
  const elapsed =
    flow.startedAt === undefined || flow.finishedAt === undefined ? undefined : flow.finishedAt - flow.startedAt;
  return [
    item.key,
    item.project,
    instant(flow.createdAt),
    instant(flow.startedAt),
    instant(flow.finishedAt),
    instant(flow.withdrawnAt),
    cycleDays(flow, zone) ?? "",
    seconds(elapsed),
    seconds(leadMilliseconds(flow)),
    map.nameOf(flow.stage),
    flow.visits.length,
    flow.reopenCount,
    flags.join(";"),
  ];
}

function instant(milliseconds: number | undefined): string {
  return milliseconds === undefined ? "" : new Date(milliseconds).toISOString();
}

/** Exact to the millisecond; whole seconds without a fraction. */
function seconds(milliseconds: number | undefined): CsvCell {
  return milliseconds === undefined ? "" : milliseconds / 1000;
}
