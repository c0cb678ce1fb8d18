import { type ClockInterval, clockInterval } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { aZone, day, MINUTE, utc } from "../../support/moments.ts";

const refusedWith = (code: string): unknown => expect.objectContaining({ code });

/** `"22:30"` to minutes after midnight. */
function at(text: string): number {
  const [hour = "", minute = ""] = text.split(":");
  return Number(hour) * 60 + Number(minute);
}

function interval(date: string, start: string, end: string, rest: Partial<ClockInterval> = {}, zone = "Europe/Berlin") {
  const clock = { date: day(date), startMinute: at(start), endMinute: at(end), endDate: undefined, minutes: undefined };
  return clockInterval({ ...clock, ...rest }, aZone(zone));
}

describe("start and end off a clock", () => {
  test("are instants in the author's zone, with its offset", () => {
    expect(interval("2026-09-08", "09:00", "10:30")).toEqual({
      start: utc("2026-09-08T07:00"),
      end: utc("2026-09-08T08:30"),
      offsetMinutes: 120,
    });
    expect(interval("2026-09-08", "09:00", "10:30", {}, "America/New_York")).toEqual({
      start: utc("2026-09-08T13:00"),
      end: utc("2026-09-08T14:30"),
      offsetMinutes: -240,
    });
  });

  test("go over midnight when the end shows an earlier time", () => {
    expect(interval("2026-09-08", "22:00", "01:00")).toMatchObject({
      start: utc("2026-09-08T20:00"),
      end: utc("2026-09-08T23:00"),
    });
    expect(interval("2026-09-08", "22:00", "00:00").end).toBe(utc("2026-09-08T22:00"));
  });

  test("the end may have a date of its own", () => {
    expect(interval("2026-09-08", "22:00", "23:00", { endDate: day("2026-09-09") }).end).toBe(utc("2026-09-09T21:00"));
    expect(() => interval("2026-09-08", "22:00", "21:00", { endDate: day("2026-09-08") })).toThrow(
      refusedWith("ENTRY_ENDS_BEFORE_START"),
    );
    expect(() => interval("2026-09-08", "22:00", "23:00", { endDate: day("2026-09-07") })).toThrow(
      refusedWith("ENTRY_ENDS_BEFORE_START"),
    );
  });

  test("at the same time are refused: nothing, or a day?", () => {
    expect(() => interval("2026-09-08", "09:00", "09:00")).toThrow(refusedWith("ENTRY_ENDS_BEFORE_START"));
    expect(interval("2026-09-08", "09:00", "09:00", { endDate: day("2026-09-09") }).end).toBe(utc("2026-09-09T07:00"));
  });

  test.each([
    [-1, 60],
    [1440, 60],
    [600, 1440],
    [600, 630.5],
    [Number.NaN, 60],
  ])("minutes %d to %d are on no clock", (startMinute, endMinute) => {
    expect(() => interval("2026-09-08", "00:00", "00:00", { startMinute, endMinute })).toThrow(
      refusedWith("ENTRY_IMPOSSIBLE_TIME"),
    );
  });
});

describe("in the night of 2026-03-29, when Berlin's clocks go from 02:00 to 03:00", () => {
  test("from 01:00 to 04:00 are two hours", () => {
    expect(interval("2026-03-29", "01:00", "04:00")).toMatchObject({
      start: utc("2026-03-29T00:00"),
      end: utc("2026-03-29T02:00"),
    });
  });

  test("from 22:00 of the day before to 06:00 are seven", () => {
    const { start, end } = interval("2026-03-28", "22:00", "06:00");
    expect((end - start) / MINUTE).toBe(420);
  });

  test("the skipped hour is refused as a start and as an end, on the same date or the next", () => {
    expect(() => interval("2026-03-29", "02:30", "04:00")).toThrow(refusedWith("ENTRY_IMPOSSIBLE_TIME"));
    expect(() => interval("2026-03-29", "01:00", "02:30")).toThrow(refusedWith("ENTRY_IMPOSSIBLE_TIME"));
    expect(() => interval("2026-03-28", "22:00", "02:30")).toThrow(refusedWith("ENTRY_IMPOSSIBLE_TIME"));
    expect(interval("2026-03-29", "01:00", "03:00").end).toBe(utc("2026-03-29T01:00"));
  });
});

// 00:00Z is 02:00 CEST, 01:00Z is 02:00 CET.
describe("in the night of 2026-10-25, when Berlin's clocks go from 03:00 back to 02:00", () => {
  test("from 01:00 to 04:00 are four hours", () => {
    const { start, end } = interval("2026-10-25", "01:00", "04:00");
    expect((end - start) / MINUTE).toBe(240);
  });

  test("an end in the repeated hour is the first after the start, unless the minutes say the second", () => {
    expect(interval("2026-10-25", "01:30", "02:30").end).toBe(utc("2026-10-25T00:30"));
    expect(interval("2026-10-25", "01:30", "02:30", { minutes: 120 }).end).toBe(utc("2026-10-25T01:30"));
    expect(interval("2026-10-25", "01:30", "02:30", { minutes: 77 }).end).toBe(utc("2026-10-25T00:30"));
  });

  test("a start in the repeated hour is the first, unless the minutes say the second", () => {
    expect(interval("2026-10-25", "02:30", "04:00")).toMatchObject({
      start: utc("2026-10-25T00:30"),
      offsetMinutes: 120,
    });
    expect(interval("2026-10-25", "02:30", "04:00", { minutes: 90 })).toMatchObject({
      start: utc("2026-10-25T01:30"),
      offsetMinutes: 60,
    });
  });

  test("from 02:50 to 02:10 are twenty minutes, from 02:30 to 02:30 an hour", () => {
    expect(interval("2026-10-25", "02:50", "02:10")).toMatchObject({
      start: utc("2026-10-25T00:50"),
      end: utc("2026-10-25T01:10"),
    });
    expect(interval("2026-10-25", "02:30", "02:30")).toMatchObject({
      start: utc("2026-10-25T00:30"),
      end: utc("2026-10-25T01:30"),
    });
  });
});
