import { OFFICE_HOURS, WorkCalendar, type WorkCalendarInput } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { flowOn } from "../../support/a-report.ts";
import { anItemStarted, copies } from "../../support/an-item.ts";
import { aZone, day, HOUR, MINUTE, utc } from "../../support/moments.ts";

/** Monday to Friday, 09:00–12:00 and 13:00–17:00; Thursday 2026-09-10 is a holiday. */
const WITH_LUNCH: WorkCalendarInput = {
  days: [1, 2, 3, 4, 5],
  shifts: [
    { from: 9 * 60, to: 12 * 60 },
    { from: 13 * 60, to: 17 * 60 },
  ],
  holidays: new Set([day("2026-09-10")]),
};

const EVERY_NIGHT: WorkCalendarInput = {
  days: [1, 2, 3, 4, 5, 6, 7],
  shifts: [{ from: 0, to: 4 * 60 }],
  holidays: new Set(),
};

function calendar(input: WorkCalendarInput, zone = "UTC"): WorkCalendar {
  return new WorkCalendar(aZone(zone), input);
}

function worked(input: WorkCalendarInput, start: string, end: string, zone?: string): number {
  return calendar(input, zone).workingMilliseconds(utc(start), utc(end));
}

describe("business time (F6)", () => {
  // Wed 11–12 and 13–17: 5 h; Thu holiday; Fri 7 h; weekend; Mon 9–12 and 13–14: 4 h.
  test("leaves out breaks, nights, holidays and weekends: 16 of 123 hours", () => {
    expect(worked(WITH_LUNCH, "2026-09-09T11:00", "2026-09-14T14:00")).toBe(16 * HOUR);
  });

  test("has a zone of its own: the same instants in Berlin, two hours later on the clock", () => {
    // Wed 13–17: 4 h; Fri 7 h; Mon 9–12 and 13–16: 6 h.
    expect(worked(WITH_LUNCH, "2026-09-09T11:00", "2026-09-14T14:00", "Europe/Berlin")).toBe(17 * HOUR);
  });

  test("is 0 inside a break, and 0 when the end lies before the start", () => {
    expect(worked(WITH_LUNCH, "2026-09-09T12:00", "2026-09-09T13:00")).toBe(0);
    expect(worked(WITH_LUNCH, "2026-09-14T14:00", "2026-09-09T11:00")).toBe(0);
    expect(worked(WITH_LUNCH, "2026-09-09T14:00", "2026-09-09T13:30")).toBe(0);
  });

  test("is exact to the millisecond", () => {
    expect(
      calendar(WITH_LUNCH).workingMilliseconds(utc("2026-09-09T16:59") + 59_999, utc("2026-09-11T09:00") + 1),
    ).toBe(2);
  });

  test.each([
    // Shifts 00:00–04:00. In Berlin 02:00–03:00 is missing on 03-29 and comes twice on 10-25.
    ["4 h on an ordinary night", "2026-03-27T23:00", "2026-03-28T23:00", 4 * HOUR],
    ["3 h on the night that loses one", "2026-03-28T23:00", "2026-03-29T22:00", 3 * HOUR],
    ["5 h on the night that gains one", "2026-10-24T22:00", "2026-10-25T23:00", 5 * HOUR],
  ])("a shift across a clock change lasts as long as it lasted: %s", (_name, start, end, expected) => {
    expect(worked(EVERY_NIGHT, start, end, "Europe/Berlin")).toBe(expected);
  });

  test("opens at the same local hour before and after a clock change", () => {
    // 09:00 in Berlin is 08:00Z on Friday 03-27 and 07:00Z on Monday 03-30.
    const berlin = calendar(OFFICE_HOURS, "Europe/Berlin");
    expect(berlin.sampleInstants(day("2026-03-27"))[0]).toBe(utc("2026-03-27T08:00"));
    expect(berlin.sampleInstants(day("2026-03-30"))[0]).toBe(utc("2026-03-30T07:00"));
  });

  test("knows shifts that end at midnight and shifts at half hours", () => {
    const late = { ...EVERY_NIGHT, shifts: [{ from: 21 * 60 + 30, to: 24 * 60 }] };
    expect(worked(late, "2026-09-09T12:00", "2026-09-10T12:00")).toBe(150 * MINUTE);
    expect(worked(late, "2026-09-09T12:00", "2026-09-09T22:00", "Asia/Kolkata")).toBe(150 * MINUTE);
  });

  test("says how long its day is", () => {
    expect(calendar(WITH_LUNCH).hoursPerDay).toBe(7);
    expect(calendar(OFFICE_HOURS).hoursPerDay).toBe(8);
  });
});

describe("working hours at which the verdict samples (B1)", () => {
  test("each full hour at which a shift is running", () => {
    const hours = calendar(WITH_LUNCH)
      .sampleInstants(day("2026-09-09"))
      .map((instant) => new Date(instant).getUTCHours());
    expect(hours).toEqual([9, 10, 11, 13, 14, 15, 16]);
  });

  test("none on holidays and weekends", () => {
    const own = calendar(WITH_LUNCH);
    const free = ["2026-09-10", "2026-09-12", "2026-09-13"].map(day);
    expect(free.map((date) => own.isWorkingDay(date))).toEqual([false, false, false]);
    expect(free.flatMap((date) => own.sampleInstants(date))).toEqual([]);
    expect(own.isWorkingDay(day("2026-09-11"))).toBe(true);
  });
});

describe("business time in a report (F6)", () => {
  const facts = anItemStarted(["2026-09-09T11:00", "Build"], ["2026-09-14T14:00", "Done"]);

  test("is a second view: labelled, with its own unit and day length, beside the elapsed time", () => {
    const report = flowOn(copies(10, facts), { settings: { businessCalendar: calendar(WITH_LUNCH) } });
    expect(report.businessTime?.p85).toMatchObject({
      value: 16 * HOUR,
      n: 10,
      unit: "milliseconds",
      rule: "F6",
    });
    expect(report.businessTime?.hoursPerDay).toBe(7);
    expect(report.cycleTime.p85.value).toBe(6);
  });

  test("is not there without a calendar", () => {
    expect(flowOn(copies(10, facts)).businessTime).toBeNull();
  });
});
