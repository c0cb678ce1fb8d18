/** From facts to measured items and whole reports, with the settings of a tenant that has set nothing. */
import {
  DEFAULT_REPORT_SETTINGS,
  type FlowReport,
  FlowReportBuilder,
  type ItemFacts,
  type MeasuredItem,
  measure,
  OFFICE_HOURS,
  type ProjectFlow,
  type ReportSettings,
  reportWindow,
  type StageMap,
  WorkCalendar,
} from "@stageledger/core";
import { aStageMap } from "./a-stage-map.ts";
import { aZone, utc } from "./moments.ts";

export interface ReportSketch {
  readonly map?: StageMap;
  /** IANA name. */
  readonly zone?: string;
  /** UTC, e.g. `2026-11-02`. */
  readonly asOf?: string;
  readonly weeks?: number;
  readonly settings?: Partial<ReportSettings>;
  /** Last activity of an item's sub-tasks, by the item's id. */
  readonly subtaskActivity?: ReadonlyMap<string, number>;
}

/** A Monday: the eight whole weeks before it run from Monday 2026-09-07 to Sunday 2026-11-01. */
const AS_OF = "2026-11-02";

/** Facts measured as of {@link AS_OF}, unless said otherwise. */
export function measured(facts: ItemFacts, sketch: ReportSketch = {}): MeasuredItem {
  const item = findMeasured(facts, sketch);
  if (item === undefined) throw new Error(`${facts.key} did not exist at ${sketch.asOf ?? AS_OF}`);
  return item;
}

export function findMeasured(facts: ItemFacts, sketch: ReportSketch = {}): MeasuredItem | undefined {
  return measure(
    facts,
    sketch.map ?? aStageMap(),
    aZone(sketch.zone),
    utc(sketch.asOf ?? AS_OF),
    sketch.settings?.flow ?? DEFAULT_REPORT_SETTINGS.flow,
    sketch.subtaskActivity?.get(facts.id),
  );
}

export function settingsOf({ zone, asOf = AS_OF, weeks = 8, settings = {} }: ReportSketch = {}): ReportSettings {
  const reportZone = aZone(zone);
  return {
    ...DEFAULT_REPORT_SETTINGS,
    window: reportWindow(reportZone, utc(asOf), weeks),
    seed: 42,
    samplingHours: new WorkCalendar(reportZone, OFFICE_HOURS),
    businessCalendar: undefined,
    ...settings,
  };
}

export function reportOn(items: readonly ItemFacts[], sketch: ReportSketch = {}): FlowReport {
  const builder = new FlowReportBuilder(sketch.map ?? aStageMap(), new Map(), settingsOf(sketch));
  for (const facts of items) {
    const item = findMeasured(facts, sketch);
    if (item !== undefined) builder.add(item);
  }
  return builder.finish([]);
}

/** Everything about all items together. */
export function flowOn(items: readonly ItemFacts[], sketch: ReportSketch = {}): ProjectFlow {
  return reportOn(items, sketch).total;
}

/** The row of a stage in the stage table. */
export function rowOf(flow: ProjectFlow, stage: string): ProjectFlow["stages"][number] {
  const row = flow.stages.find(({ name }) => name === stage);
  if (row === undefined) throw new Error(`no row for ${stage}`);
  return row;
}

/** The values of a daily chart series from one day to another, both included. */
export function onDays(
  { charts: { days } }: ProjectFlow,
  series: readonly number[] | undefined,
  firstDay: string,
  lastDay: string,
): number[] {
  const first = days.indexOf(firstDay);
  const last = days.indexOf(lastDay);
  if (first === -1 || last === -1 || series === undefined) throw new Error(`${firstDay} to ${lastDay} is not drawn`);
  return series.slice(first, last + 1);
}
