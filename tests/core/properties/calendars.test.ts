import { dayText, WorkCalendar } from "@stageledger/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aZone, DAY, day, localDayText, localMinute, MINUTE, utc } from "../../support/moments.ts";

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "Asia/Kolkata",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Pacific/Apia",
  "Africa/Casablanca",
];
const QUARTER = 15 * MINUTE;

describe("report zone (F5, E17)", () => {
  test("gives the calendar's day, in whatever order instants are asked for", () => {
    const zones = new Map(ZONES.map((id) => [id, aZone(id)]));
    const instant = fc.integer({ min: utc("1971-01-01") / MINUTE, max: utc("2035-01-01") / MINUTE });
    return fc.assert(
      fc.property(fc.constantFrom(...ZONES), instant, (id, minutes) => {
        const asked = zones.get(id)?.dayOf(minutes * MINUTE) ?? Number.NaN;
        expect(dayText(asked)).toBe(localDayText(minutes * MINUTE, id));
      }),
      { numRuns: 1_500 },
    );
  });

  test("begins each day at its first instant", () => {
    return fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: day("2012-01-01"), max: day("2030-01-01") }),
        (id, date) => {
          const start = aZone(id).startOfDay(date);
          expect(localDayText(start, id)).toBe(dayText(date));
          expect(localDayText(start - 1, id) < dayText(date)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("business time (F6)", () => {
  /** Edges at quarters of an hour, none of them inside the hours that a clock change drops or repeats. */
  const shifts = fc
    .uniqueArray(
      fc.integer({ min: 0, max: 96 }).filter((quarter) => quarter <= 4 || quarter >= 12),
      { minLength: 2, maxLength: 6 },
    )
    .map((quarters) => quarters.sort((a, b) => a - b).map((quarter) => quarter * 15))
    .map((edges) =>
      Array.from({ length: Math.floor(edges.length / 2) }, (_, i) => ({
        from: edges[2 * i] ?? 0,
        to: edges[2 * i + 1] ?? 0,
      })),
    );
  /** Days on and around the clock changes of Berlin and New York. */
  const date = fc.constantFrom(
    "2026-03-07",
    "2026-03-08",
    "2026-03-28",
    "2026-03-29",
    "2026-09-09",
    "2026-10-24",
    "2026-11-01",
  );

  test("is the number of minutes at which the local clock shows a working hour", () => {
    return fc.assert(
      fc.property(
        fc.record({
          id: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York"),
          shifts,
          days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
          holiday: date,
          first: date,
          startQuarter: fc.integer({ min: 0, max: 95 }),
          quarters: fc.integer({ min: 0, max: 300 }),
        }),
        ({ id, shifts: worked, days, holiday, first, startQuarter, quarters }) => {
          const calendar = new WorkCalendar(aZone(id), { days, shifts: worked, holidays: new Set([day(holiday)]) });
          const start = utc(first) + startQuarter * QUARTER;
          let expected = 0;
          for (let at = start; at < start + quarters * QUARTER; at += QUARTER) {
            const today = localDayText(at, id);
            const isoWeekday = new Date(utc(today)).getUTCDay() || 7;
            const minute = localMinute(at, id);
            const isWorked = worked.some(({ from, to }) => from <= minute && minute < to);
            if (isWorked && days.includes(isoWeekday) && today !== holiday) expected += QUARTER;
          }
          expect(calendar.workingMilliseconds(start, start + quarters * QUARTER)).toBe(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("of two spans that meet is that of the whole", () => {
    const calendar = new WorkCalendar(aZone("Europe/Berlin"), {
      days: [1, 2, 3, 4, 5],
      shifts: [{ from: 540, to: 1020 }],
      holidays: new Set([day("2026-10-26")]),
    });
    const instant = fc.integer({ min: utc("2026-10-20"), max: utc("2026-10-31") });
    return fc.assert(
      fc.property(instant, instant, instant, (a, b, c) => {
        const [start = 0, middle = 0, end = 0] = [a, b, c].sort((left, right) => left - right);
        expect(calendar.workingMilliseconds(start, middle) + calendar.workingMilliseconds(middle, end)).toBe(
          calendar.workingMilliseconds(start, end),
        );
        expect(calendar.workingMilliseconds(start, end)).toBeLessThanOrEqual(
          8 * (Math.ceil((end - start) / DAY) + 1) * 3_600_000,
        );
      }),
      { numRuns: 200 },
    );
  });
});
