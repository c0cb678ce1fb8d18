/** The stage table: who is there now, what comes and goes, how long finished items stayed (F11, F26, F27). */
import { type StagePosition, UNMAPPED, UNMAPPED_NAME } from "../stages/stage.ts";
import type { StageMap } from "../stages/stage-map.ts";
import { blockedTimeByStage } from "./blocking.ts";
import { ascending, type Figure, type FigureSheet, mean } from "./figure.ts";
import type { MeasuredItem } from "./measured-item.ts";
import { percentileOfSorted } from "./percentile.ts";
import type { FlowCharts, StageRow } from "./report.ts";
import type { ReportSettings } from "./report-settings.ts";
import { erasedTimeInStages, timeInStages } from "./time-in-stage.ts";

interface StageTally {
  wip: number;
  readonly ages: number[];
  arrivals: number;
  departures: number;
  blocked: number;
  /** Milliseconds, one value an item that finished in the verdict's window. */
  readonly totals: number[];
  readonly visits: number[];
  readonly firsts: number[];
  readonly lasts: number[];
  readonly averages: number[];
  readonly erased: number[];
  /** Milliseconds, items that finished in the charts' window. */
  readonly chartTotals: number[];
}

const DAY = 86_400_000;
const QUANTILES = [25, 50, 75, 85, 95] as const;

export class StageTable {
  readonly #map: StageMap;
  readonly #settings: ReportSettings;
  /** By map position; Unmapped is the last. */
  readonly #tallies: readonly StageTally[];

  constructor(map: StageMap, settings: ReportSettings) {
    this.#map = map;
    this.#settings = settings;
    this.#tallies = Array.from({ length: map.stages.length + 1 }, () => ({
      wip: 0,
      ages: [],
      arrivals: 0,
      departures: 0,
      blocked: 0,
      totals: [],
      visits: [],
      firsts: [],
      lasts: [],
      averages: [],
      erased: [],
      chartTotals: [],
    }));
  }

  /** `age` in days when the item is in progress (F9). */
  add(item: MeasuredItem, age: number | undefined): void {
    const { flow, finishDay } = item;
    const { window } = this.#settings;
    const here = this.#tally(flow.stage);
    here.wip += 1;
    if (age !== undefined) here.ages.push(age);
    for (const visit of flow.visits) {
      if (visit.start >= window.start && visit.start < window.end) this.#tally(visit.stage).arrivals += 1;
      if (!visit.open && visit.end >= window.start && visit.end < window.end) this.#tally(visit.stage).departures += 1;
    }
    if (finishDay === undefined || finishDay < window.chartFirstDay) return;
    const times = timeInStages(flow);
    for (const { stage, total } of times) this.#tally(stage).chartTotals.push(total);
    if (finishDay < window.firstDay || finishDay > window.lastDay) return;
    for (const time of times) {
      const tally = this.#tally(time.stage);
      tally.totals.push(time.total);
      tally.visits.push(time.visits);
      tally.firsts.push(time.first);
      tally.lasts.push(time.last);
      tally.averages.push(time.average);
    }
    for (const [stage, time] of erasedTimeInStages(flow)) this.#tally(stage).erased.push(time);
    for (const [stage, time] of blockedTimeByStage(item.blocks, flow, this.#map)) this.#tally(stage).blocked += time;
  }

  /** Rows in map order; Unmapped only when something is or was there. `limitHint` by map position. */
  rows(sheet: FigureSheet, limitHints: ReadonlyMap<StagePosition, Figure>): StageRow[] {
    return this.#tallies.flatMap((tally, i) => {
      const stage = this.#map.stages[i];
      if (stage === undefined && tally.wip + tally.arrivals + tally.departures + tally.chartTotals.length === 0)
        return [];
      return [this.#row(tally, i, sheet, limitHints.get(i))];
    });
  }

  /** Items now in a stage. */
  wipOf(position: StagePosition): number {
    return this.#tally(position).wip;
  }

  /** For the time-in-stage chart: days at {@link QUANTILES}. */
  quantiles(sheet: FigureSheet): FlowCharts["timeInStage"] {
    return this.#map.stages.flatMap((stage, i) => {
      if (i < this.#map.commitment || !this.#map.isOpen(i)) return [];
      const sorted = ascending(this.#tally(i).chartTotals);
      const isEnough = sorted.length >= sheet.gates.nothingUnder;
      const quantiles = QUANTILES.map((percent) =>
        isEnough ? (percentileOfSorted(sorted, percent) ?? 0) / DAY : null,
      );
      return [{ stage: stage.name, n: sorted.length, quantiles }];
    });
  }

  #row(tally: StageTally, position: number, sheet: FigureSheet, limitHint: Figure | undefined): StageRow {
    const stage = this.#map.stages[position];
    const { weeks } = this.#settings.window;
    const median = (values: readonly number[], rule: string): Figure =>
      sheet.percentile(ascending(values), 50, "milliseconds", rule);
    const ages = ascending(tally.ages);
    return {
      name: stage?.name ?? UNMAPPED_NAME,
      kind: stage?.kind ?? "unmapped",
      wip: sheet.figure(tally.wip, tally.wip, "items", "F8"),
      utilisation: stage?.limit === undefined ? null : sheet.figure(tally.wip / stage.limit, tally.wip, "ratio", "B4"),
      age85: sheet.figure(percentileOfSorted(ages, 85) ?? null, ages.length, "days", "F9"),
      arrivalsPerWeek: sheet.figure(tally.arrivals / weeks, tally.arrivals, "items/week", "F26"),
      departuresPerWeek: sheet.figure(tally.departures / weeks, tally.departures, "items/week", "F26"),
      median: median(tally.totals, "F11"),
      p85: sheet.percentile(ascending(tally.totals), 85, "milliseconds", "F11"),
      visits: sheet.figure(mean(tally.visits), tally.visits.length, "visits", "F11"),
      firstVisit: median(tally.firsts, "F11"),
      lastVisit: median(tally.lasts, "F11"),
      averageVisit: median(tally.averages, "F11"),
      erased: median(tally.erased, "E1"),
      limitHint: limitHint ?? sheet.figure(null, 0, "items", "F27", "outside the flow"),
      blockedTime: sheet.figure(tally.blocked, tally.totals.length, "milliseconds", "F24"),
    };
  }

  #tally(position: StagePosition): StageTally {
    const tally = this.#tallies[position === UNMAPPED ? this.#map.stages.length : position];
    if (tally === undefined) throw new RangeError(`No stage at position ${position}`);
    return tally;
  }
}
