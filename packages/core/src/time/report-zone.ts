import { Temporal } from "temporal-polyfill";

/** Days since 1970-01-01 of a calendar date; the unit of every daily series. */
export type EpochDay = number;

export const DAY_MILLISECONDS = 86_400_000;
export const HOUR_MILLISECONDS = 3_600_000;

interface OffsetSpan {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/**
 * The project's report zone (F5, E17): turns instants into local days and back.
 *
 * Temporal answers exactly but takes microseconds; an analysis asks millions of times. Offsets
 * are therefore looked up once per span between two clock changes and kept, and so are the days' first instants, which
 * every time entry asks for.
 */
export class ReportZone {
  readonly id: string;
  #spans: OffsetSpan[] = [];
  readonly #startByDay = new Map<EpochDay, number>();
  #last: OffsetSpan = { from: 1, to: 0, offset: 0 };

  private constructor(id: string) {
    this.id = id;
  }

  /** Returns undefined for a name that is no IANA zone or fixed offset. */
  static find(id: string): ReportZone | undefined {
    try {
      const canonical = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id).timeZoneId;
      return new ReportZone(canonical);
    } catch {
      return undefined;
    }
  }

  /** Local time minus UTC at an instant, milliseconds. */
  offsetAt(instant: number): number {
    const last = this.#last;
    if (instant >= last.from && instant < last.to) return last.offset;
    const known = this.#spans.find((span) => instant >= span.from && instant < span.to);
    const span = known ?? this.#lookUp(instant);
    if (known === undefined) this.#spans.push(span);
    this.#last = span;
    return span.offset;
  }

  dayOf(instant: number): EpochDay {
    return Math.floor((instant + this.offsetAt(instant)) / DAY_MILLISECONDS);
  }

  /** First instant of a day, on days whose midnight is skipped as well. */
  startOfDay(day: EpochDay): number {
    let start = this.#startByDay.get(day);
    if (start === undefined) {
      start = this.#date(day).toZonedDateTime({ timeZone: this.id }).epochMilliseconds;
      this.#startByDay.set(day, start);
    }
    return start;
  }

  /** Instant of a full local hour; in a gap of the clock the instant just after it. */
  hourOfDay(day: EpochDay, hour: number): number {
    return this.#date(day).toZonedDateTime({ timeZone: this.id, plainTime: Temporal.PlainTime.from({ hour }) })
      .epochMilliseconds;
  }

  #date(day: EpochDay): Temporal.PlainDate {
    return Temporal.PlainDate.from(dayText(day));
  }

  #lookUp(instant: number): OffsetSpan {
    const at = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.id);
    const next = at.getTimeZoneTransition("next");
    // "previous" is strictly before: ask from the next millisecond so that a transition is its own span's start.
    const previous = at.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
    return {
      from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
      to: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
      offset: Math.round(at.offsetNanoseconds / 1e6),
    };
  }
}

/** `2026-09-07` for an epoch day. */
export function dayText(day: EpochDay): string {
  return new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

/** 1 = Monday … 7 = Sunday. 1970-01-01 was a Thursday. */
export function weekday(day: EpochDay): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The Monday on or before a day: ISO weeks start there. */
export function mondayOf(day: EpochDay): EpochDay {
  return day - (weekday(day) - 1);
}
