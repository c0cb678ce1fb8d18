/** The cumulative flow diagram as a table (F13): one row a day, one column a stage. */
import { dayText, type FlowReportBuilder, type ReportWindow, type StageMap } from "@stageledger/core";
import type { CsvCell } from "./csv-file.ts";

export function cfdColumns(map: StageMap): string[] {
  return ["date", ...map.stages.map((stage) => stage.name)];
}

/** Every day from the first creation to the as-of day; each cell counts items whose mark is at or right of the stage. */
export function* cfdRows(builder: FlowReportBuilder, window: ReportWindow): Generator<CsvCell[]> {
  const firstDay = builder.cumulativeFlow.firstDay;
  if (firstDay === undefined) return;
  const columns = builder.cumulativeFlow.cumulative(firstDay, window.asOfDay);
  for (let day = firstDay; day <= window.asOfDay; day += 1) {
    yield [dayText(day), ...columns.map((column) => column[day - firstDay] ?? 0)];
  }
}
