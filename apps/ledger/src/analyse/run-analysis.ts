/** From a loaded log to its flow report: checks, map, one pass over the items. */
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  DEFAULT_REPORT_SETTINGS,
  type FlowReport,
  FlowReportBuilder,
  type MeasuredItem,
  measure,
  OFFICE_HOURS,
  type ReportSettings,
  type ReportZone,
  reportWindow,
  type StageMap,
  type Status,
  WorkCalendar,
} from "@stageledger/core";
import { noteStatuses, refuseUnusable } from "./check-log.ts";
import { chooseItems } from "./choose-items.ts";
import { chooseMap } from "./choose-map.ts";
import type { LoadedLog } from "./loaded-log.ts";
import type { Progress } from "./progress.ts";
import type { StagesDocument } from "./settings/stages-file.ts";

/** Between two turns of the event loop, so that the progress bar moves. */
const ITEMS_A_TURN = 5000;

export interface AnalysisOptions {
  readonly zone: ReportZone;
  /** Epoch milliseconds; undefined = the last instant of the log. */
  readonly asOf: number | undefined;
  readonly weeks: number;
  readonly seed: number;
  /** Project keys; empty = all. */
  readonly projects: readonly string[];
  readonly stages: readonly StagesDocument[] | undefined;
  /** Asks for this version instead of the one in force. */
  readonly mapVersion: number | undefined;
  readonly calendar: WorkCalendar | undefined;
  readonly withdrawnResolutions: readonly string[];
  readonly backToBacklog: "keep" | "reset";
}

export interface Analysis {
  readonly report: FlowReport;
  readonly map: StageMap;
  readonly statuses: ReadonlyMap<string, Status>;
  readonly builder: FlowReportBuilder;
  readonly settings: ReportSettings;
  /** Things a reader should know that are not about the data, such as a status in stages.yaml that nothing has. */
  readonly warnings: readonly string[];
}

/**
 * `onItem` sees every measured item, sub-tasks included, in order of their keys.
 *
 * @throws StageledgerError INPUT_EMPTY, INPUT_NO_CHANGELOG, STATUSES_DO_NOT_FIT, STAGES_…, SETTING_INVALID
 */
export async function runAnalysis(
  loaded: LoadedLog,
  options: AnalysisOptions,
  progress: Progress,
  onItem?: (item: MeasuredItem, map: StageMap) => void,
): Promise<Analysis> {
  refuseUnusable(loaded);
  const asOf = options.asOf ?? loaded.tally.lastInstant ?? 0;
  const statuses = loaded.catalogue.settle();
  noteStatuses(loaded, statuses);
  const chosen = chooseItems(loaded.log, {
    projects: options.projects,
    asOf,
    withPlaces: options.stages === undefined,
    inKeyOrder: onItem !== undefined,
  });
  const hasStatusList = loaded.catalogue.hasList;
  const { map, warnings } = chooseMap(statuses, chosen.places, {
    stages: options.stages,
    mapVersion: options.mapVersion,
    asOf,
    hasStatusList,
  });

  const settings: ReportSettings = {
    ...DEFAULT_REPORT_SETTINGS,
    flow: {
      backToBacklog: options.backToBacklog,
      withdrawnResolutions: new Set(options.withdrawnResolutions),
    },
    window: reportWindow(options.zone, asOf, options.weeks),
    seed: options.seed,
    samplingHours: options.calendar ?? new WorkCalendar(options.zone, OFFICE_HOURS),
    businessCalendar: options.calendar,
  };
  const builder = new FlowReportBuilder(map, statuses, settings);
  const resolutions = new Set<string>();
  let done = 0;
  const measuring = progress.begin("measuring", chosen.numbers.length, "issues", () => done);
  for (const number of chosen.numbers) {
    const facts = loaded.log.item(number);
    const item = measure(facts, map, options.zone, asOf, settings.flow, chosen.subtaskActivityByParent.get(facts.id));
    done += 1;
    if (facts.resolution !== undefined) resolutions.add(facts.resolution);
    if (done % ITEMS_A_TURN === 0) await nextTurn();
    if (item === undefined) continue;
    builder.add(item);
    onItem?.(item, map);
  }
  measuring.end();
  return {
    report: builder.finish(loaded.findings.list()),
    map,
    statuses,
    builder,
    settings,
    warnings: [...warnings, ...unmatched(options.withdrawnResolutions, resolutions)],
  };
}

/** A resolution that no issue has changes nothing: most likely it is misspelt. */
function unmatched(listed: readonly string[], seen: ReadonlySet<string>): string[] {
  const known = new Set([...seen].map((name) => name.toLowerCase()));
  return listed
    .filter((name) => !known.has(name.toLowerCase()))
    .map(
      (name) =>
        `No issue has the resolution "${name}" of --withdrawn; the log has: ${[...seen].sort().join(", ") || "none"}.`,
    );
}
