/** Everything a report says about one project (or about all together), from one pass over its items. */
import type { StagePosition } from "../stages/stage.ts";
import type { StageMap } from "../stages/stage-map.ts";
import { DAY_MILLISECONDS, dayText } from "../time/report-zone.ts";
import { judge } from "./bottleneck/judge.ts";
import { StageSampler } from "./bottleneck/stage-samples.ts";
import type { Verdict } from "./bottleneck.ts";
import { approximateCycleDays, CumulativeFlow, regressionLine } from "./cumulative-flow.ts";
import { type Finding, Findings } from "./data-quality.ts";
import { DayCounts } from "./day-counts.ts";
import { FlowEfficiency } from "./efficiency.ts";
import { type Figure, FigureSheet } from "./figure.ts";
import { FinishedItems } from "./finished-items.ts";
import { busiestFinishes, closesInBatches, howManyAt, simulateThroughput, whenAt } from "./forecast.ts";
import { noteItem } from "./item-findings.ts";
import { littlesLaw } from "./littles-law.ts";
import type { MeasuredItem } from "./measured-item.ts";
import { OpenItems } from "./open-items.ts";
import type { FlowCharts, Percentiles, ProjectFlow, WeekRow } from "./report.ts";
import type { ReportSettings } from "./report-settings.ts";
import { SkippedStages } from "./skipped-stages.ts";
import { StageTable } from "./stage-table.ts";

export class ProjectFlowBuilder {
  readonly #project: string;
  readonly #map: StageMap;
  readonly #settings: ReportSettings;
  readonly #findings = new Findings();
  readonly #skipped = new SkippedStages();
  readonly #finished: FinishedItems;
  readonly #open: OpenItems;
  readonly #table: StageTable;
  readonly #days = new DayCounts();
  readonly #cumulative: CumulativeFlow;
  readonly #efficiency: FlowEfficiency;
  readonly #sampler: StageSampler;
  readonly #counts = {
    items: 0,
    wip: 0,
    waitingToStart: 0,
    subtasks: 0,
    finished: 0,
    withdrawn: 0,
    reopened: 0,
    discardedDays: 0,
  };
  #finishedWithStart = 0;

  constructor(project: string, map: StageMap, settings: ReportSettings) {
    this.#project = project;
    this.#map = map;
    this.#settings = settings;
    this.#finished = new FinishedItems(map, settings);
    this.#open = new OpenItems(map, settings);
    this.#table = new StageTable(map, settings);
    this.#cumulative = new CumulativeFlow(map, settings.window.zone);
    this.#efficiency = new FlowEfficiency(map);
    this.#sampler = new StageSampler(map, settings.window, settings.samplingHours, settings.parked);
  }

  add(item: MeasuredItem): void {
    if (item.isSubtask) {
      this.#counts.subtasks += 1;
      return;
    }
    this.#tally(item);
    noteItem(this.#findings, item, this.#map);
    this.#skipped.add(item);
    this.#finished.add(item);
    this.#table.add(item, this.#open.add(item));
    this.#days.add(item);
    this.#cumulative.add(item.flow);
    this.#sampler.add(item.key, item.project, item.flow);
    if (item.finishDay !== undefined && item.finishDay >= this.#settings.window.chartFirstDay)
      this.#efficiency.add(item);
  }

  /** First creation and cumulative counts up to a day, for drawing the whole history (F13). */
  get cumulativeFlow(): CumulativeFlow {
    return this.#cumulative;
  }

  /** Call once, after the last item. `findingsOfAll` are doubts about the input as a whole: they touch every project's numbers. */
  finish(findingsOfAll: readonly Finding[]): ProjectFlow {
    const { startedShare } = this.#settings;
    this.#skipped.noteIn(this.#findings);
    if (this.#counts.finished > 0 && this.#finishedWithStart < startedShare * this.#counts.finished) {
      this.#findings.note("survivor-bias", this.#counts.finished - this.#finishedWithStart);
    }
    const recent = this.#recentFinishes();
    const isBatched =
      closesInBatches(recent) && recent.reduce((sum, n) => sum + n, 0) >= this.#settings.thin.nothingUnder;
    if (isBatched) this.#findings.note("batch-closing", busiestFinishes(recent, recent.length));

    const sheet = new FigureSheet(
      this.#map.version,
      new Set([...this.#findings.kinds(), ...findingsOfAll.map(({ kind }) => kind)]),
      this.#settings.thin,
    );
    const verdict = this.#verdict(sheet);
    const charts = this.#charts(sheet);
    const stalled = this.#open.stalled();
    return {
      project: this.#project,
      counts: this.#counts,
      verdict,
      cycleTime: this.#finished.cycleTime(sheet),
      cycleTimeRange: this.#finished.cycleTimeRange(),
      leadTime: this.#finished.leadTime(sheet),
      businessTime: this.#finished.businessTime(sheet),
      serviceLevel: this.#finished.serviceLevel(sheet),
      stages: this.#table.rows(sheet, this.#limitHints(verdict)),
      weeks: this.#weeks(),
      charts,
      flowDebt: this.#flowDebt(sheet),
      efficiency: this.#efficiency.efficiency(sheet),
      blocked: this.#efficiency.blocked(sheet),
      stalled: { items: sheet.figure(stalled.count, this.#counts.wip, "items", "F25"), keys: stalled.keys },
      littlesLaw: this.#littlesLaw(sheet),
      monteCarlo: this.#forecast(sheet, recent, isBatched),
      findings: this.#findings.list(),
    };
  }

  #tally({ flow }: MeasuredItem): void {
    const counts = this.#counts;
    counts.items += 1;
    counts.discardedDays += flow.discardedMilliseconds / DAY_MILLISECONDS;
    if (flow.reopenCount > 0) counts.reopened += 1;
    if (flow.withdrawnAt !== undefined) counts.withdrawn += 1;
    else if (flow.finishedAt !== undefined) counts.finished += 1;
    else if (flow.startedAt !== undefined) counts.wip += 1;
    else counts.waitingToStart += 1;
    if (flow.finishedAt !== undefined && flow.startedAt !== undefined) this.#finishedWithStart += 1;
  }

  #verdict(sheet: FigureSheet): Verdict {
    const samples = this.#sampler.finish();
    const itemsByStage = samples.board.stages.map((stage) => this.#open.keysIn([...stage.waiting, ...stage.active]));
    return judge(samples, sheet, this.#settings.seed, itemsByStage, this.#settings.verdict);
  }

  /** F27 by map position: a waiting stage shows the hint of the stage that it feeds. */
  #limitHints(verdict: Verdict): ReadonlyMap<StagePosition, Figure> {
    const hints = new Map<StagePosition, Figure>();
    this.#map.stages.forEach((stage, position) => {
      const evidence = verdict.stages.find(
        ({ stage: name, waitingStages }) => name === stage.name || waitingStages.includes(stage.name),
      );
      if (evidence !== undefined) hints.set(position, evidence.limitHint);
    });
    return hints;
  }

  #weeks(): WeekRow[] {
    const { firstDay, lastDay, weeks } = this.#settings.window;
    const perDay = this.#days.perDay(firstDay, lastDay);
    const sumOf = (values: readonly number[], week: number): number =>
      values.slice(week * 7, week * 7 + 7).reduce((sum, n) => sum + n, 0);
    return Array.from({ length: weeks }, (_, week) => {
      const arrivals = sumOf(perDay.arrived, week);
      const departures = sumOf(perDay.finished, week);
      const withdrawn = sumOf(perDay.withdrawn, week);
      return {
        week: dayText(firstDay + week * 7),
        arrivals,
        departures,
        withdrawn,
        net: arrivals - departures - withdrawn,
      };
    });
  }

  #charts(sheet: FigureSheet): FlowCharts {
    const { chartFirstDay, asOfDay } = this.#settings.window;
    const cumulative = this.#cumulative.cumulative(chartFirstDay, asOfDay);
    return {
      days: Array.from({ length: asOfDay - chartFirstDay + 1 }, (_, i) => dayText(chartFirstDay + i)),
      cumulative,
      corrected: this.#cumulative.corrected(chartFirstDay, asOfDay),
      wip: this.#days.wip(chartFirstDay, asOfDay).items,
      throughput: this.#days.perDay(chartFirstDay, asOfDay).finished,
      arrivalLine: regressionLine(cumulative[this.#map.commitment] ?? []) ?? null,
      departureLine: regressionLine(cumulative[this.#firstDoneStage()] ?? []) ?? null,
      ...this.#finished.scatter(sheet),
      ...this.#open.charts(),
      timeInStage: this.#table.quantiles(sheet),
    };
  }

  #flowDebt(sheet: FigureSheet): ProjectFlow["flowDebt"] {
    const { asOfDay } = this.#settings.window;
    const first = this.#cumulative.firstDay ?? asOfDay;
    const whole = this.#cumulative.cumulative(first, asOfDay);
    const departed = this.#cumulative.departed(first, asOfDay);
    const approximate = approximateCycleDays(whole[this.#map.commitment] ?? [], departed) ?? null;
    const exact = this.#finished.cycleTime(sheet).mean;
    const n = departed.at(-1) ?? 0;
    const difference = approximate === null || exact.value === null ? null : approximate - exact.value;
    return {
      approximate: sheet.figure(approximate, n, "days", "F15"),
      exact: { ...exact, rule: "F15" },
      difference: sheet.figure(difference, n, "days", "F15"),
    };
  }

  #littlesLaw(sheet: FigureSheet): ProjectFlow["littlesLaw"] {
    const { firstDay, lastDay } = this.#settings.window;
    const { arrived, finished, withdrawn } = this.#days.perDay(firstDay, lastDay);
    const { items, meanAgeDays } = this.#days.wip(firstDay, lastDay);
    const sum = (values: readonly number[]): number => values.reduce((total, n) => total + n, 0);
    const result = littlesLaw(
      {
        arrivals: sum(arrived),
        departures: sum(finished) + sum(withdrawn),
        withdrawn: sum(withdrawn),
        wip: items,
        meanAge: meanAgeDays,
        finished: sum(finished),
      },
      this.#settings.littlesLaw,
    );
    const note = result.unmet.length === 0 ? undefined : `conditions not met: ${result.unmet.join("; ")}`;
    return {
      holds: result.unmet.length === 0,
      unmet: result.unmet,
      cycleDays: sheet.figure(result.cycleDays ?? null, sum(finished), "days", "F28", note),
    };
  }

  /** Finishes on each whole day of the forecast's window, from the first start or finish on (F21, E20). */
  #recentFinishes(): readonly number[] {
    const { window, monteCarlo } = this.#settings;
    const first = this.#days.firstDay();
    const known = first === undefined ? 0 : Math.min(monteCarlo.windowDays, window.asOfDay - first);
    return this.#days.perDay(window.asOfDay - known, window.asOfDay - 1).finished;
  }

  #forecast(sheet: FigureSheet, finishedByDay: readonly number[], isBatched: boolean): ProjectFlow["monteCarlo"] {
    const { seed, monteCarlo } = this.#settings;
    const forecast = simulateThroughput({
      finishedByDay,
      remaining: this.#counts.wip,
      horizonDays: monteCarlo.horizonDays,
      trials: monteCarlo.trials,
      seed,
    });
    const common = {
      trials: monteCarlo.trials,
      seed,
      windowDays: finishedByDay.length,
      remaining: this.#counts.wip,
      horizonDays: monteCarlo.horizonDays,
    };
    if (typeof forecast === "string") return { ...common, when: null, howMany: null, refusal: forecast, warning: null };
    const read = (at: (percent: number) => number | undefined, unit: "days" | "items"): Percentiles => {
      const figure = (percent: number): Figure => sheet.figure(at(percent) ?? null, finishedByDay.length, unit, "F21");
      return { p50: figure(50), p85: figure(85), p95: figure(95) };
    };
    return {
      ...common,
      when: read((percent) => whenAt(forecast, percent), "days"),
      howMany: read((percent) => howManyAt(forecast, percent), "items"),
      refusal: null,
      warning: isBatched
        ? "items close in batches: half of them on a tenth of the days, so single dates are less sure than they look"
        : null,
    };
  }

  #firstDoneStage(): StagePosition {
    return this.#map.stages.findIndex((stage) => stage.kind === "done");
  }
}
