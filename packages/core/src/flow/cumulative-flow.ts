/** Cumulative flow (F13), its lines (F14), flow debt (F15) and WIP (F8) from one pass over the items. */
import { UNMAPPED } from "../stages/stage.ts";
import type { StageMap } from "../stages/stage-map.ts";
import type { EpochDay, ReportZone } from "../time/report-zone.ts";
import { DailyDeltas } from "./daily-deltas.ts";
import type { ItemFlow } from "./item-flow.ts";

export class CumulativeFlow {
  readonly #map: StageMap;
  readonly #zone: ReportZone;
  readonly #rises: DailyDeltas;
  readonly #corrections: DailyDeltas;
  readonly #departures = new DailyDeltas(1);
  #firstDay: EpochDay | undefined;

  constructor(map: StageMap, zone: ReportZone) {
    this.#map = map;
    this.#zone = zone;
    this.#rises = new DailyDeltas(map.stages.length);
    this.#corrections = new DailyDeltas(map.stages.length);
  }

  add(flow: ItemFlow): void {
    const createdDay = this.#zone.dayOf(flow.createdAt);
    if (this.#firstDay === undefined || createdDay < this.#firstDay) this.#firstDay = createdDay;
    let reached = UNMAPPED;
    for (const mark of flow.marks) {
      const day = this.#zone.dayOf(mark.at);
      for (let stage = reached + 1; stage <= mark.stage; stage += 1) {
        if (this.#map.stages[stage]?.kind !== "withdrawn") this.#rises.add(day, stage, 1);
      }
      reached = mark.stage;
    }
    this.#addWithdrawal(flow);
    this.#addDeparture(flow);
    if (flow.flags.has("backward-move") || flow.reopenCount > 0) this.#addCorrections(flow);
  }

  /** First creation; undefined without items. */
  get firstDay(): EpochDay | undefined {
    return this.#firstDay;
  }

  /** Per stage: items whose mark is at or right of it by the end of each day. A withdrawn stage counts the items that went there. */
  cumulative(firstDay: EpochDay, lastDay: EpochDay): number[][] {
    return this.#rises.running(firstDay, lastDay);
  }

  /** Items that arrived at the commitment and were done or withdrawn (E12) for the first time by the end of each day. */
  departed(firstDay: EpochDay, lastDay: EpochDay): number[] {
    return this.#departures.running(firstDay, lastDay)[0] ?? [];
  }

  /** Per stage: items with this mark that are somewhere left of it at the end of the day: the open correction windows. */
  corrected(firstDay: EpochDay, lastDay: EpochDay): number[][] {
    return this.#corrections.running(firstDay, lastDay);
  }

  #addWithdrawal(flow: ItemFlow): void {
    const visit = flow.visits.find(({ stage }) => this.#map.stages[stage]?.kind === "withdrawn");
    if (visit !== undefined) this.#rises.add(this.#zone.dayOf(visit.start), visit.stage, 1);
  }

  #addDeparture(flow: ItemFlow): void {
    const arrival = flow.marks.find(({ stage }) => stage >= this.#map.commitment);
    if (arrival === undefined) return;
    const visit = flow.visits.find(
      ({ stage, start }) => stage !== UNMAPPED && !this.#map.isOpen(stage) && start >= arrival.at,
    );
    const departedAt = visit?.start ?? flow.withdrawnAt;
    if (departedAt !== undefined) this.#departures.add(this.#zone.dayOf(departedAt), 0, 1);
  }

  #addCorrections(flow: ItemFlow): void {
    let mark = UNMAPPED;
    for (const { stage, start, end, open } of flow.visits) {
      if (stage === UNMAPPED || this.#map.stages[stage]?.kind === "withdrawn") continue;
      if (stage >= mark) mark = stage;
      else {
        this.#corrections.add(this.#zone.dayOf(start), mark, 1);
        if (!open) this.#corrections.add(this.#zone.dayOf(end), mark, -1);
      }
    }
  }
}

/** F14: least squares over the days of the range; undefined with fewer than three points. */
export function regressionLine(
  values: readonly number[],
): { readonly perDay: number; readonly atFirstDay: number } | undefined {
  return regressionThrough(values.map((value, day) => [day, value]));
}

/** The same through points of days and values, some days perhaps missing. */
export function regressionThrough(
  points: readonly (readonly [day: number, value: number])[],
): { readonly perDay: number; readonly atFirstDay: number } | undefined {
  const n = points.length;
  if (n < 3) return undefined;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  let covariance = 0;
  let variance = 0;
  for (const [x, y] of points) {
    covariance += (x - meanX) * (y - meanY);
    variance += (x - meanX) ** 2;
  }
  const perDay = covariance / variance;
  return { perDay, atFirstDay: meanY - perDay * meanX };
}

/**
 * F15: the average cycle time that the diagram shows, read horizontally at the height that the
 * departures have reached: days from the day on which as many items had arrived to the day on which
 * as many had departed, same day = 1 as in F5. Read where the departures last rose, so that a quiet
 * month after it adds nothing.
 * Undefined while nothing has departed.
 */
export function approximateCycleDays(arrived: readonly number[], departed: readonly number[]): number | undefined {
  const departedNow = departed.at(-1);
  if (departedNow === undefined || departedNow === 0) return undefined;
  const arrivedDay = arrived.findIndex((count) => count >= departedNow);
  const departedDay = departed.findIndex((count) => count >= departedNow);
  return arrivedDay === -1 ? undefined : departedDay - arrivedDay + 1;
}
