/** Cycle, lead and business time of finished items, and the scatter (F5–F7, F16–F18, B5). */
import type { StageMap } from "../stages/stage-map.ts";
import { dayText, type EpochDay } from "../time/report-zone.ts";
import { cycleDays, leadMilliseconds } from "./cycle-time.ts";
import { type FigureSheet, mean } from "./figure.ts";
import type { ItemFlow } from "./item-flow.ts";
import type { MeasuredItem } from "./measured-item.ts";
import { percentileOfSorted } from "./percentile.ts";
import type { FlowCharts, ProjectFlow } from "./report.ts";
import type { ReportSettings } from "./report-settings.ts";
import { controlChartMilliseconds } from "./time-in-stage.ts";
import { ValueList } from "./value-list.ts";

const SCATTER_SHOWN = 2000;

interface ScatterDot {
  readonly key: string;
  readonly day: EpochDay;
  readonly cycleDays: number;
  readonly reopened: boolean;
}

export class FinishedItems {
  readonly #settings: ReportSettings;
  readonly #cycleDays = new ValueList();
  readonly #leadMilliseconds = new ValueList();
  readonly #businessMilliseconds = new ValueList();
  readonly #controlChartMilliseconds = new ValueList();
  readonly #chartCycleDays = new ValueList();
  /** Cycle days if a re-opened item counted from its first time in done. */
  readonly #firstDoneCycleDays = new ValueList();
  readonly #neverReopenedCycleDays = new ValueList();
  #reopened = 0;
  #scatter: ScatterDot[] = [];
  #omitted = 0;
  /** Dots of earlier days would be left out anyway. */
  #oldestShownDay = Number.NEGATIVE_INFINITY;
  readonly #map: StageMap;

  constructor(map: StageMap, settings: ReportSettings) {
    this.#map = map;
    this.#settings = settings;
  }

  add(item: MeasuredItem): void {
    const { flow, finishDay } = item;
    const { window, businessCalendar } = this.#settings;
    const days = cycleDays(flow, window.zone);
    if (finishDay === undefined) return;
    if (days !== undefined && finishDay >= window.chartFirstDay) {
      this.#chartCycleDays.push(days);
      this.#addDot({ key: item.key, day: finishDay, cycleDays: days, reopened: flow.reopenCount > 0 });
    }
    if (finishDay < window.firstDay || finishDay > window.lastDay) return;
    this.#leadMilliseconds.push(leadMilliseconds(flow) ?? 0);
    if (days === undefined || flow.startedAt === undefined || flow.finishedAt === undefined) return;
    this.#cycleDays.push(days);
    this.#addOtherPolicies(flow, days);
    this.#controlChartMilliseconds.push(controlChartMilliseconds(flow, this.#map));
    if (businessCalendar !== undefined)
      this.#businessMilliseconds.push(businessCalendar.workingMilliseconds(flow.startedAt, flow.finishedAt));
  }

  /** F5 over the verdict's window; `controlChart` is what Jira's control chart would show instead (E2). */
  cycleTime(sheet: FigureSheet): ProjectFlow["cycleTime"] {
    const sorted = this.#cycleDays.ascending();
    const controlChart = this.#controlChartMilliseconds.ascending();
    return {
      ...sheet.percentiles(sorted, "days", "F5"),
      mean: sheet.figure(mean(sorted), sorted.length, "days", "F5"),
      controlChart: sheet.percentile(controlChart, 50, "milliseconds", "E2"),
    };
  }

  /** B5: where p85 would lie under the other re-entry policies. */
  cycleTimeRange(): ProjectFlow["cycleTimeRange"] {
    if (this.#reopened === 0 || this.#cycleDays.length < this.#settings.thin.nothingUnder) return null;
    const readings = [this.#cycleDays, this.#firstDoneCycleDays, this.#neverReopenedCycleDays]
      .map((days) => percentileOfSorted(days.ascending(), 85))
      .filter((p85) => p85 !== undefined);
    const low = Math.min(...readings);
    const high = Math.max(...readings);
    return low === high
      ? null
      : {
          low,
          high,
          items: this.#reopened,
          policy: "re-opened items counted from their first time in done, or left out",
        };
  }

  leadTime(sheet: FigureSheet): ProjectFlow["leadTime"] {
    return sheet.percentiles(this.#leadMilliseconds.ascending(), "milliseconds", "F7");
  }

  businessTime(sheet: FigureSheet): ProjectFlow["businessTime"] {
    const calendar = this.#settings.businessCalendar;
    if (calendar === undefined) return null;
    return {
      ...sheet.percentiles(this.#businessMilliseconds.ascending(), "milliseconds", "F6"),
      hoursPerDay: calendar.hoursPerDay,
    };
  }

  /** F18: the promise read off the charts' window, and how often the verdict's window missed it. */
  serviceLevel(sheet: FigureSheet): ProjectFlow["serviceLevel"] {
    const percent = this.#settings.servicePercent;
    const days = sheet.percentile(this.#chartCycleDays.ascending(), percent, "days", "F18");
    const limit = days.value;
    const n = this.#cycleDays.length;
    const misses = limit === null ? 0 : this.#cycleDays.ascending().filter((cycle) => cycle > limit).length;
    return { days, percent, missRate: sheet.figure(limit === null || n === 0 ? null : misses / n, n, "ratio", "F18") };
  }

  scatter(sheet: FigureSheet): Pick<FlowCharts, "scatter" | "omitted" | "scatterPercentiles"> {
    const dots = this.#newestDots();
    return {
      scatter: dots.map((dot) => ({ ...dot, day: dayText(dot.day) })),
      omitted: this.#omitted + this.#scatter.length - dots.length,
      scatterPercentiles: sheet.percentiles(this.#chartCycleDays.ascending(), "days", "F5"),
    };
  }

  /** Withdrawn items finish under no policy (E12). */
  #addOtherPolicies(flow: ItemFlow, days: number): void {
    if (flow.reopenCount === 0 || flow.firstDoneAt === undefined || flow.startedAt === undefined) {
      this.#firstDoneCycleDays.push(days);
      this.#neverReopenedCycleDays.push(days);
      return;
    }
    const { zone } = this.#settings.window;
    this.#reopened += 1;
    // Done at the very instant of its start, it has no cycle time by that policy (F4).
    if (flow.firstDoneAt > flow.startedAt)
      this.#firstDoneCycleDays.push(zone.dayOf(flow.firstDoneAt) - zone.dayOf(flow.startedAt) + 1);
  }

  #addDot(dot: ScatterDot): void {
    if (dot.day < this.#oldestShownDay) {
      this.#omitted += 1;
      return;
    }
    this.#scatter.push(dot);
    if (this.#scatter.length < 2 * SCATTER_SHOWN) return;
    const newest = this.#newestDots();
    this.#omitted += this.#scatter.length - newest.length;
    this.#scatter = newest;
    this.#oldestShownDay = newest.at(-1)?.day ?? this.#oldestShownDay;
  }

  #newestDots(): ScatterDot[] {
    return [...this.#scatter].sort((a, b) => b.day - a.day || (a.key < b.key ? -1 : 1)).slice(0, SCATTER_SHOWN);
  }
}
