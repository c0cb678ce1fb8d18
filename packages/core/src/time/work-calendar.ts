/** Working hours (F6): the second, labelled view of elapsed time, and the hours at which B1 samples. */
import { type EpochDay, HOUR_MILLISECONDS, type ReportZone, weekday } from "./report-zone.ts";

export interface WorkCalendarInput {
  /** ISO weekdays, 1 = Monday. */
  readonly days: readonly number[];
  /** Minutes after midnight, half-open, ascending, not overlapping; breaks are the holes between them. */
  readonly shifts: readonly { readonly from: number; readonly to: number }[];
  readonly holidays: ReadonlySet<EpochDay>;
}

/** Monday to Friday, 09:00–17:00, no holidays: used for sampling when no calendar is given. */
export const OFFICE_HOURS: WorkCalendarInput = {
  days: [1, 2, 3, 4, 5],
  shifts: [{ from: 540, to: 1020 }],
  holidays: new Set(),
};

const MINUTE_MILLISECONDS = 60_000;

export class WorkCalendar {
  readonly zone: ReportZone;
  readonly #input: WorkCalendarInput;
  readonly #days: ReadonlySet<number>;
  readonly #shiftsByDay = new Map<EpochDay, readonly (readonly [number, number])[]>();

  constructor(zone: ReportZone, input: WorkCalendarInput) {
    this.zone = zone;
    this.#input = input;
    this.#days = new Set(input.days);
  }

  get hoursPerDay(): number {
    return this.#input.shifts.reduce((sum, { from, to }) => sum + to - from, 0) / 60;
  }

  isWorkingDay(day: EpochDay): boolean {
    return this.#days.has(weekday(day)) && !this.#input.holidays.has(day);
  }

  /** Instants of the full working hours of a day: each hour at which a shift is running. */
  sampleInstants(day: EpochDay): number[] {
    const instants: number[] = [];
    for (const [start, end] of this.#shiftsOn(day)) {
      for (let instant = start; instant < end; instant += HOUR_MILLISECONDS) instants.push(instant);
    }
    return instants;
  }

  /** Working milliseconds between two instants; 0 when they are in the wrong order. */
  workingMilliseconds(start: number, end: number): number {
    let sum = 0;
    const lastDay = this.zone.dayOf(end);
    for (let day = this.zone.dayOf(start); day <= lastDay; day += 1) {
      for (const [from, to] of this.#shiftsOn(day)) sum += Math.max(0, Math.min(end, to) - Math.max(start, from));
    }
    return sum;
  }

  #shiftsOn(day: EpochDay): readonly (readonly [number, number])[] {
    let shifts = this.#shiftsByDay.get(day);
    if (shifts === undefined) {
      shifts = this.isWorkingDay(day)
        ? this.#input.shifts.map(({ from, to }) => [this.#instantOf(day, from), this.#instantOf(day, to)] as const)
        : [];
      this.#shiftsByDay.set(day, shifts);
    }
    return shifts;
  }

  #instantOf(day: EpochDay, minutes: number): number {
    if (minutes === 1440) return this.zone.startOfDay(day + 1);
    return this.zone.hourOfDay(day, Math.floor(minutes / 60)) + (minutes % 60) * MINUTE_MILLISECONDS;
  }
}
