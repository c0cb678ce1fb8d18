/** From measured items to the flow report: one builder a project, one for all, one pass. Or the report of one project alone. */
import { compareNatural } from "../natural-order.ts";
import type { StageMap } from "../stages/stage-map.ts";
import type { Status } from "../stages/status.ts";
import { dayText } from "../time/report-zone.ts";
import type { CumulativeFlow } from "./cumulative-flow.ts";
import type { Finding } from "./data-quality.ts";
import type { MeasuredItem } from "./measured-item.ts";
import { ProjectFlowBuilder } from "./project-flow.ts";
import type { FlowReport, FlowReportFrame, MapSummary, ProjectFlow } from "./report.ts";
import type { ReportSettings } from "./report-settings.ts";

/** Stands for all projects together. */
export const ALL_PROJECTS = "*";

export class FlowReportBuilder {
  readonly #map: StageMap;
  readonly #statuses: ReadonlyMap<string, Status>;
  readonly #settings: ReportSettings;
  readonly #total: ProjectFlowBuilder;
  readonly #builderByProject = new Map<string, ProjectFlowBuilder>();

  constructor(map: StageMap, statuses: ReadonlyMap<string, Status>, settings: ReportSettings) {
    this.#map = map;
    this.#statuses = statuses;
    this.#settings = settings;
    this.#total = new ProjectFlowBuilder(ALL_PROJECTS, map, settings);
  }

  /** Adds one item to its project and to the total, which counts a work item of several projects once (E8). Items may come in any order. */
  add(item: MeasuredItem): void {
    let builder = this.#builderByProject.get(item.project);
    if (builder === undefined) {
      builder = new ProjectFlowBuilder(item.project, this.#map, this.#settings);
      this.#builderByProject.set(item.project, builder);
    }
    builder.add(item);
    if (!item.isRepeated) this.#total.add(item);
  }

  /** The whole log's cumulative flow (F13). */
  get cumulativeFlow(): CumulativeFlow {
    return this.#total.cumulativeFlow;
  }

  /** Call once, after the last item. `findings` are doubts about the input as a whole. */
  finish(findings: readonly Finding[]): FlowReport {
    const projects = [...this.#builderByProject]
      .sort((a, b) => compareNatural(a[0], b[0]))
      .map(([, builder]) => builder.finish(findings));
    return {
      ...frameOf(this.#map, this.#statuses, this.#settings),
      total: this.#total.finish(findings),
      projects,
      findings,
    };
  }
}

/**
 * One project's part of the report, for whoever has the items of that project only. Of a project without items it says that there are
 * none. `items` may come in any order.
 */
export function flowOfProject(
  project: string,
  items: Iterable<MeasuredItem>,
  map: StageMap,
  statuses: ReadonlyMap<string, Status>,
  settings: ReportSettings,
): FlowReportFrame & { readonly flow: ProjectFlow } {
  const builder = new ProjectFlowBuilder(project, map, settings);
  for (const item of items) builder.add(item);
  return { ...frameOf(map, statuses, settings), flow: builder.finish([]) };
}

function frameOf(
  map: StageMap,
  statuses: ReadonlyMap<string, Status>,
  { window, seed }: ReportSettings,
): FlowReportFrame {
  return {
    schema: 1,
    asOf: new Date(window.asOf).toISOString(),
    zone: window.zone.id,
    map: mapSummary(map, statuses),
    window: { firstDay: dayText(window.firstDay), lastDay: dayText(window.lastDay), weeks: window.weeks },
    chartWindow: { firstDay: dayText(window.chartFirstDay), lastDay: dayText(window.asOfDay) },
    seed,
  };
}

/** All that a report says of statuses is in here. */
export function mapSummary(map: StageMap, statuses: ReadonlyMap<string, Status>): MapSummary {
  return {
    version: map.version,
    effectiveFrom: map.effectiveFrom === undefined ? null : new Date(map.effectiveFrom).toISOString(),
    origin: map.origin,
    commitment: map.nameOf(map.commitment),
    stages: map.stages.map((stage) => ({
      name: stage.name,
      kind: stage.kind,
      limit: stage.limit ?? null,
      statuses: stage.statuses.map((id) => {
        const status = statuses.get(id);
        return {
          id,
          name: status?.name ?? id,
          formerNames: status?.formerNames ?? [],
          guessed: status !== undefined && status.categoryFrom !== "source",
        };
      }),
    })),
  };
}
