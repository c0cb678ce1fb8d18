/** Daily arrivals, departures, WIP and age sums of one project (F8, F10, F26, F28). */
import type { EpochDay } from "../time/report-zone.ts";
import { DailyDeltas } from "./daily-deltas.ts";
import type { MeasuredItem } from "./measured-item.ts";

const ARRIVED = 0;
const FINISHED = 1;
const WITHDRAWN = 2;
const WIP = 3;
/** Sum of the start days of the WIP, for its mean age. */
const START_DAYS = 4;

export class DayCounts {
  readonly #deltas = new DailyDeltas(5);

  add({ startDay, finishDay, withdrawnDay }: MeasuredItem): void {
    if (finishDay !== undefined) this.#deltas.add(finishDay, FINISHED, 1);
    if (withdrawnDay !== undefined && startDay !== undefined) this.#deltas.add(withdrawnDay, WITHDRAWN, 1);
    // Started and finished at one instant (F4): it arrives as it leaves, so that both sides add up.
    const arrivalDay = startDay ?? finishDay;
    if (arrivalDay !== undefined) this.#deltas.add(arrivalDay, ARRIVED, 1);
    if (startDay === undefined) return;
    this.#deltas.add(startDay, WIP, 1);
    this.#deltas.add(startDay, START_DAYS, startDay);
    const leftDay = finishDay ?? withdrawnDay;
    if (leftDay === undefined) return;
    this.#deltas.add(leftDay, WIP, -1);
    this.#deltas.add(leftDay, START_DAYS, -startDay);
  }

  /** Items that arrived (started, F26), finished and withdrawn after start on each day; quiet days are 0. */
  perDay(
    firstDay: EpochDay,
    lastDay: EpochDay,
  ): { readonly arrived: number[]; readonly finished: number[]; readonly withdrawn: number[] } {
    const columns = this.#deltas.perDay(firstDay, lastDay);
    return { arrived: columns[ARRIVED] ?? [], finished: columns[FINISHED] ?? [], withdrawn: columns[WITHDRAWN] ?? [] };
  }

  /** F8 at the end of each day, and the mean age (F9) of that WIP, 0 without any. */
  wip(firstDay: EpochDay, lastDay: EpochDay): { readonly items: number[]; readonly meanAgeDays: number[] } {
    const columns = this.#deltas.running(firstDay, lastDay);
    const items = columns[WIP] ?? [];
    const startDays = columns[START_DAYS] ?? [];
    return { items, meanAgeDays: items.map((n, i) => (n === 0 ? 0 : firstDay + i + 1 - (startDays[i] ?? 0) / n)) };
  }

  /** First day with any start or finish. */
  firstDay(): EpochDay | undefined {
    return this.#deltas.firstDay();
  }
}
