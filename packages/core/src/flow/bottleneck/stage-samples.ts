/** B1: how many items stood in each logical stage at every working hour of the window, and who is parked. */
import type { StagePosition } from "../../stages/stage.ts";
import type { StageMap } from "../../stages/stage-map.ts";
import type { ReportWindow } from "../../time/report-window.ts";
import { DAY_MILLISECONDS, type EpochDay } from "../../time/report-zone.ts";
import type { WorkCalendar } from "../../time/work-calendar.ts";
import { KeySample } from "../data-quality.ts";
import type { ItemFlow } from "../item-flow.ts";
import { type LogicalBoard, logicalBoard, usedBoard } from "./logical-stages.ts";

/** Both settings of the parked rule. */
export interface ParkedGates {
  readonly olderThanDays: number;
  /** At least this many items that came later have left. */
  readonly overtakenBy: number;
}

export const DEFAULT_PARKED_GATES: ParkedGates = { olderThanDays: 10, overtakenBy: 5 };

/** Sums over the sampled hours of one week, for one logical stage. */
export interface WeekSums {
  readonly hours: number;
  readonly items: number;
  readonly itemsSquared: number;
  /** Hours with at least one item. */
  readonly fullHours: number;
  readonly waitingItems: number;
  /** Hours with at least one waiting item. */
  readonly queueHours: number;
}

/** Everything that B2 and B3 look at. */
export interface StageSamples {
  readonly board: LogicalBoard;
  /** [logical stage][week] */
  readonly sums: readonly (readonly WeekSums[])[];
  /** [logical stage]: items at each sampled hour (F27). */
  readonly itemsByHour: readonly Int32Array[];
  /** [week][day]: finishes. */
  readonly finishesByWeek: readonly (readonly number[])[];
  readonly workingDays: number;
  readonly finishes: number;
  readonly parked: KeySample;
  /** [logical stage]: how many of the parked stand there. */
  readonly parkedByStage: readonly number[];
}

const NO_HOURS = new Int32Array(1);

/** A stay in one logical stage: what of it was waiting. */
interface LogicalVisit {
  readonly stage: number;
  readonly start: number;
  readonly end: number;
  readonly open: boolean;
  readonly waits: readonly (readonly [number, number])[];
}

export class StageSampler {
  readonly #window: ReportWindow;
  readonly #calendar: WorkCalendar;
  readonly #board: LogicalBoard;
  readonly #gates: ParkedGates;
  readonly #hours: Float64Array;
  readonly #items: Int32Array[];
  readonly #waiting: Int32Array[];
  /**
   * Per project and logical stage: the latest entries of items that have left it, newest first, at
   * most `overtakenBy`. Apart by project: an item is not overtaken by another team's items.
   */
  readonly #latestLeavers = new Map<string, number[][]>();
  readonly #oldOpenVisits: { readonly key: string; readonly project: string; readonly visit: LogicalVisit }[] = [];
  readonly #finishesByDay: number[];
  readonly #parked = new KeySample();
  readonly #usedPositions = new Set<StagePosition>();

  constructor(map: StageMap, window: ReportWindow, calendar: WorkCalendar, gates: ParkedGates = DEFAULT_PARKED_GATES) {
    this.#window = window;
    this.#calendar = calendar;
    this.#gates = gates;
    this.#board = logicalBoard(map);
    this.#hours = Float64Array.from(daysOf(window).flatMap((day) => calendar.sampleInstants(day)));
    const series = (): Int32Array[] => this.#board.stages.map(() => new Int32Array(this.#hours.length + 1));
    this.#items = series();
    this.#waiting = series();
    this.#finishesByDay = daysOf(window).map(() => 0);
  }

  add(key: string, project: string, flow: ItemFlow): void {
    const { start, end, firstDay, zone } = this.#window;
    if (flow.finishedAt !== undefined && flow.finishedAt >= start && flow.finishedAt < end) {
      const day = zone.dayOf(flow.finishedAt) - firstDay;
      this.#finishesByDay[day] = (this.#finishesByDay[day] ?? 0) + 1;
    }
    for (const { stage } of flow.visits) this.#usedPositions.add(stage);
    const isBeforeWindow = flow.finishedAt !== undefined && flow.finishedAt < start;
    const latestLeavers = this.#leaversOf(project);
    if (isBeforeWindow && this.#isOldNews(flow, latestLeavers)) return;
    const latestEntry = new Map<number, number>();
    for (const visit of this.#logicalVisits(flow)) {
      if (visit.start >= end) continue;
      const isOpen = visit.open || visit.end > end;
      if (!isOpen) latestEntry.set(visit.stage, visit.start);
      if (visit.end <= start) continue;
      if (isOpen && end - visit.start > this.#gates.olderThanDays * DAY_MILLISECONDS)
        this.#oldOpenVisits.push({ key, project, visit });
      else this.#count(visit);
    }
    for (const [stage, entry] of latestEntry) this.#left(latestLeavers[stage], entry);
  }

  /** True when an item that is gone cannot be among the latest leavers of any stage: most of a long log. */
  #isOldNews(flow: ItemFlow, latestLeavers: readonly (readonly number[])[]): boolean {
    return flow.visits.every(({ stage, start }) => {
      const latest = latestLeavers[this.#board.indexByPosition[stage] ?? -1];
      return latest === undefined || (latest.length === this.#gates.overtakenBy && start <= (latest.at(-1) ?? start));
    });
  }

  /** Settles who is parked, and adds up the weeks. Call once, after the last item. */
  finish(): StageSamples {
    const parked = this.#board.stages.map(() => 0);
    for (const { key, project, visit } of this.#oldOpenVisits) {
      if (this.#isParked(visit, this.#leaversOf(project))) {
        this.#parked.add(key);
        parked[visit.stage] = (parked[visit.stage] ?? 0) + 1;
      } else this.#count(visit);
    }
    const { firstDay, weeks } = this.#window;
    const { board, kept } = usedBoard(this.#board, (position) => this.#usedPositions.has(position));
    const byHour = (deltas: readonly Int32Array[]): Int32Array[] =>
      kept.map((stage) => runningSums(deltas[stage] ?? NO_HOURS));
    const itemsByHour = byHour(this.#items);
    const waitingByHour = byHour(this.#waiting);
    const weekByHour = Array.from(this.#hours, (instant) =>
      Math.floor((this.#window.zone.dayOf(instant) - firstDay) / 7),
    );
    return {
      board,
      sums: itemsByHour.map((items, stage) => sumWeeks(items, waitingByHour[stage] ?? items, weekByHour, weeks)),
      itemsByHour,
      finishesByWeek: Array.from({ length: weeks }, (_, week) => this.#finishesByDay.slice(week * 7, week * 7 + 7)),
      workingDays: daysOf(this.#window).filter((day) => this.#calendar.isWorkingDay(day)).length,
      finishes: this.#finishesByDay.reduce((sum, n) => sum + n, 0),
      parked: this.#parked,
      parkedByStage: kept.map((stage) => parked[stage] ?? 0),
    };
  }

  /** Stage visits joined to logical ones; stays outside the compared range separate them. */
  #logicalVisits(flow: ItemFlow): LogicalVisit[] {
    const visits: LogicalVisit[] = [];
    for (const { stage: position, start, end, open } of flow.visits) {
      const stage = this.#board.indexByPosition[position] ?? -1;
      if (stage === -1) continue;
      const isWaiting = this.#board.stages[stage]?.waiting.includes(position) === true;
      const waits = isWaiting ? [[start, end] as const] : [];
      const last = visits.at(-1);
      if (last?.stage === stage && last.end === start) {
        visits[visits.length - 1] = { stage, start: last.start, end, open, waits: [...last.waits, ...waits] };
      } else visits.push({ stage, start, end, open, waits });
    }
    return visits;
  }

  /** Overtaken: enough items that entered later have left. */
  #isParked(visit: LogicalVisit, latestLeavers: readonly (readonly number[])[]): boolean {
    const entry = latestLeavers[visit.stage]?.[this.#gates.overtakenBy - 1];
    return entry !== undefined && entry > visit.start;
  }

  #leaversOf(project: string): number[][] {
    let leavers = this.#latestLeavers.get(project);
    if (leavers === undefined) {
      leavers = this.#board.stages.map(() => []);
      this.#latestLeavers.set(project, leavers);
    }
    return leavers;
  }

  #left(latest: number[] | undefined, entry: number): void {
    if (latest === undefined) return;
    const at = latest.findIndex((known) => entry > known);
    latest.splice(at === -1 ? latest.length : at, 0, entry);
    if (latest.length > this.#gates.overtakenBy) latest.pop();
  }

  #count(visit: LogicalVisit): void {
    const end = visit.open ? Number.POSITIVE_INFINITY : visit.end;
    addSpan(this.#items[visit.stage], this.#hours, visit.start, end);
    for (const [from, to] of visit.waits) {
      addSpan(
        this.#waiting[visit.stage],
        this.#hours,
        from,
        visit.open && to === visit.end ? Number.POSITIVE_INFINITY : to,
      );
    }
  }
}

function daysOf(window: ReportWindow): EpochDay[] {
  return Array.from({ length: window.weeks * 7 }, (_, i) => window.firstDay + i);
}

/** Adds one item to the hours in [start, end). */
function addSpan(series: Int32Array | undefined, hours: Float64Array, start: number, end: number): void {
  if (series === undefined) return;
  const first = firstAtOrAfter(hours, start);
  const last = firstAtOrAfter(hours, end);
  series[first] = (series[first] ?? 0) + 1;
  series[last] = (series[last] ?? 0) - 1;
}

function firstAtOrAfter(sorted: Float64Array, instant: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

function runningSums(deltas: Int32Array): Int32Array {
  const sums = new Int32Array(deltas.length - 1);
  let sum = 0;
  for (let i = 0; i < sums.length; i += 1) {
    sum += deltas[i] ?? 0;
    sums[i] = sum;
  }
  return sums;
}

function sumWeeks(items: Int32Array, waiting: Int32Array, weekByHour: readonly number[], weeks: number): WeekSums[] {
  const sums = Array.from({ length: weeks }, () => ({
    hours: 0,
    items: 0,
    itemsSquared: 0,
    fullHours: 0,
    waitingItems: 0,
    queueHours: 0,
  }));
  items.forEach((n, hour) => {
    const week = sums[weekByHour[hour] ?? 0];
    if (week === undefined) return;
    const w = waiting[hour] ?? 0;
    week.hours += 1;
    week.items += n;
    week.itemsSquared += n * n;
    week.fullHours += n >= 1 ? 1 : 0;
    week.waitingItems += w;
    week.queueHours += w >= 1 ? 1 : 0;
  });
  return sums;
}
