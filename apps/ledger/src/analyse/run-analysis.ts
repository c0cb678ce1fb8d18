/** From a loaded log to its flow report: checks, map, one pass over the items. */
import {
  buildTimeline,
  compareNatural,
  DEFAULT_REPORT_SETTINGS,
  defaultStageMap,
  FirstEntryPlaces,
  type FlowReport,
  FlowReportBuilder,
  type ItemFacts,
  lastActivity,
  type MeasuredItem,
  mapInForce,
  measure,
  OFFICE_HOURS,
  type ReportSettings,
  type ReportZone,
  reportWindow,
  StageledgerError,
  type StageMap,
  type Status,
  WorkCalendar,
} from "@stageledger/core";
import type { LoadedLog } from "./loaded-log.ts";
import type { Progress } from "./progress.ts";
import { type StagesDocument, toStageMap } from "./settings/stages-file.ts";

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
export function runAnalysis(
  loaded: LoadedLog,
  options: AnalysisOptions,
  progress: Progress,
  onItem: (item: MeasuredItem, map: StageMap) => void,
): Analysis {
  refuseUnusable(loaded);
  const asOf = options.asOf ?? loaded.tally.lastInstant ?? 0;
  const statuses = loaded.catalogue.settle();
  noteStatuses(loaded, statuses);
  const chosen = chooseItems(loaded, options.projects, asOf);
  const { map, warnings } = chooseMap(loaded, chosen, statuses, options, asOf);

  const settings: ReportSettings = {
    ...DEFAULT_REPORT_SETTINGS,
    flow: { backToBacklog: options.backToBacklog, withdrawnResolutions: new Set(options.withdrawnResolutions) },
    window: reportWindow(options.zone, asOf, options.weeks),
    seed: options.seed,
    samplingHours: options.calendar ?? new WorkCalendar(options.zone, OFFICE_HOURS),
    businessCalendar: options.calendar,
  };
  const builder = new FlowReportBuilder(map, statuses, settings);
  let done = 0;
  const measuring = progress.begin("measuring", chosen.numbers.length, "issues", () => done);
  for (const number of chosen.numbers) {
    const facts = loaded.log.item(number);
    const item = measure(facts, map, options.zone, asOf, settings.flow, chosen.subtaskActivityByParent.get(facts.id));
    done += 1;
    if (item === undefined) continue;
    builder.add(item);
    onItem(item, map);
  }
  measuring.end();
  return { report: builder.finish(loaded.findings.list()), map, statuses, builder, settings, warnings };
}

interface ChosenItems {
  /** Numbers in the log, by key. */
  readonly numbers: readonly number[];
  /** E10: sub-tasks keep their parent's stall clock running. */
  readonly subtaskActivityByParent: ReadonlyMap<string, number>;
  /** Mean places of first entries, for the default map. */
  readonly places: FirstEntryPlaces;
}

function chooseItems({ log }: LoadedLog, projects: readonly string[], asOf: number): ChosenItems {
  const wanted = new Set(projects);
  const found = new Set<string>();
  const numbers: number[] = [];
  const keys: string[] = [];
  const places = new FirstEntryPlaces();
  const subtaskActivityByParent = new Map<string, number>();
  for (let number = 0; number < log.size; number += 1) {
    const facts = log.item(number);
    found.add(facts.project);
    if (wanted.size > 0 && !wanted.has(facts.project)) continue;
    numbers.push(number);
    keys[number] = facts.key;
    if (facts.isSubtask) noteSubtask(facts, asOf, subtaskActivityByParent);
    else {
      const timeline = buildTimeline(facts, asOf);
      if (timeline !== undefined) places.add(timeline);
    }
  }
  const missing = projects.find((project) => !found.has(project));
  if (missing !== undefined) {
    throw new StageledgerError("SETTING_INVALID", `No issue belongs to project "${missing}".`, {
      next: `The log has: ${[...found].sort().slice(0, 20).join(", ")}.`,
    });
  }
  return {
    numbers: numbers.sort((a, b) => compareNatural(keys[a] ?? "", keys[b] ?? "")),
    subtaskActivityByParent,
    places,
  };
}

function noteSubtask(facts: ItemFacts, asOf: number, activityByParent: Map<string, number>): void {
  if (facts.parentId === undefined) return;
  const at = lastActivity(facts, asOf);
  if (at > (activityByParent.get(facts.parentId) ?? Number.NEGATIVE_INFINITY)) activityByParent.set(facts.parentId, at);
}

function chooseMap(
  loaded: LoadedLog,
  chosen: ChosenItems,
  statuses: ReadonlyMap<string, Status>,
  options: AnalysisOptions,
  asOf: number,
): { readonly map: StageMap; readonly warnings: readonly string[] } {
  if (options.stages === undefined) {
    const map = defaultStageMap(statuses, chosen.places);
    if (map === undefined) {
      throw new StageledgerError(
        "INPUT_WRONG_SHAPE",
        "Every issue was done from its creation on: there is no flow to look at.",
        {
          next: loaded.catalogue.hasList
            ? "Check the categories in the statuses file."
            : "Give the site's status categories with --statuses.",
        },
      );
    }
    return { map, warnings: [] };
  }
  const versions = options.stages.map((document) => toStageMap(document, statuses));
  const wanted = options.mapVersion;
  const map =
    wanted === undefined
      ? mapInForce(
          versions.map((version) => version.map),
          asOf,
        )
      : versions.find((version) => version.map.version === wanted)?.map;
  if (map === undefined) {
    throw new StageledgerError(
      "SETTING_INVALID",
      wanted === undefined
        ? "No version of the stage map was in force at the as-of instant."
        : `The stages file has no version ${wanted}.`,
      {
        next: `It has: ${versions.map((version) => version.map.version).join(", ")}.`,
      },
    );
  }
  const unknown = versions.find((version) => version.map === map)?.unknown ?? [];
  return {
    map,
    warnings: unknown.map(
      (status) => `The stages file names status "${status}", which neither the log nor the list of statuses has.`,
    ),
  };
}

function refuseUnusable({ tally, catalogue }: LoadedLog): void {
  if (tally.issues === 0) {
    throw new StageledgerError(
      "INPUT_EMPTY",
      tally.skippedValues > 0 ? "Not one issue could be read." : "The input holds no issues.",
      {
        next: "Give Jira REST issues, or an event log with --csv; `stageledger analyse --help` shows both.",
      },
    );
  }
  if (tally.hasNoHistoryAtAll) {
    throw new StageledgerError(
      "INPUT_NO_CHANGELOG",
      "No issue in the export has a changelog, so nothing tells when work moved.",
      {
        next: "Export with expand=changelog (GET /rest/api/3/search/jql?expand=changelog&fields=…), or let stageledger read the site with --site.",
      },
    );
  }
  const { used, listed } = catalogue.coverage();
  if (catalogue.hasList && listed * 2 < used) {
    throw new StageledgerError(
      "STATUSES_DO_NOT_FIT",
      `The statuses file knows only ${listed} of the ${used} statuses in the log.`,
      {
        next: "Take GET /rest/api/3/status from the site that the issues come from.",
      },
    );
  }
}

function noteStatuses({ findings, catalogue }: LoadedLog, statuses: ReadonlyMap<string, Status>): void {
  for (const id of catalogue.conflicts()) findings.addOnce("status-category-conflict", id);
  for (const { id, categoryFrom, deleted, formerNames } of statuses.values()) {
    if (categoryFrom !== "source" && (deleted || !catalogue.hasList))
      findings.addOnce(deleted ? "deleted-status-guessed" : "status-category-guessed", id);
    if (formerNames.length > 0) findings.addOnce("renamed-status", id);
  }
}
