import { dayText, ReportZone } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { mondayOf, weekday } from "../../../packages/core/src/time/report-zone.ts";
import { aZone, day, HOUR, utc } from "../../support/moments.ts";

describe("report zone (F5, E17)", () => {
  test.each([
    ["Europe/Berlin", "2026-03-28T22:59", "2026-03-28"],
    ["Europe/Berlin", "2026-03-28T23:00", "2026-03-29"],
    ["Europe/Berlin", "2026-03-29T21:59", "2026-03-29"],
    ["Europe/Berlin", "2026-03-29T22:00", "2026-03-30"],
    ["Europe/Berlin", "2026-10-24T22:00", "2026-10-25"],
    ["Europe/Berlin", "2026-10-25T22:59", "2026-10-25"],
    ["Europe/Berlin", "2026-10-25T23:00", "2026-10-26"],
    ["Asia/Kolkata", "2026-09-07T18:29", "2026-09-07"],
    ["Asia/Kolkata", "2026-09-07T18:30", "2026-09-08"],
    ["Asia/Kathmandu", "2026-09-07T18:15", "2026-09-08"],
    ["America/Los_Angeles", "2026-09-08T06:59", "2026-09-07"],
    ["Pacific/Kiritimati", "2026-09-07T10:00", "2026-09-08"],
    ["UTC", "1969-12-31T23:59", "1969-12-31"],
  ])("in %s the instant %sZ lies on %s", (zone, instant, expected) => {
    expect(dayText(aZone(zone).dayOf(utc(instant)))).toBe(expected);
  });

  test("gives the same day in whatever order instants are asked for", () => {
    const berlin = aZone("Europe/Berlin");
    const asked = ["2026-11-01T00:00", "2026-07-01T22:30", "2026-01-01T22:30", "2026-07-01T22:30"];
    expect(asked.map((instant) => dayText(berlin.dayOf(utc(instant))))).toEqual([
      "2026-11-01",
      "2026-07-02",
      "2026-01-01",
      "2026-07-02",
    ]);
  });

  test.each([
    ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00"],
    ["Europe/Berlin", "2026-03-30", "2026-03-29T22:00"],
    ["Europe/Berlin", "2026-10-26", "2026-10-25T23:00"],
    // Chile sprang from midnight to 01:00 on 2026-09-06: the day began at 04:00Z.
    ["America/Santiago", "2026-09-06", "2026-09-06T04:00"],
  ])("in %s the day %s begins at %sZ", (zone, date, expected) => {
    expect(aZone(zone).startOfDay(day(date))).toBe(utc(expected));
  });

  test("finds the hours of a day, in a gap of the clock the instant after it", () => {
    const berlin = aZone("Europe/Berlin");
    expect(berlin.hourOfDay(day("2026-03-29"), 1)).toBe(utc("2026-03-29T00:00"));
    expect(berlin.hourOfDay(day("2026-03-29"), 2)).toBe(utc("2026-03-29T01:00"));
    expect(berlin.hourOfDay(day("2026-03-29"), 9)).toBe(utc("2026-03-29T07:00"));
  });

  test("changes its offset at the very instant of the clock change", () => {
    const berlin = aZone("Europe/Berlin");
    const change = utc("2026-03-29T01:00");
    expect([change - 1, change].map((instant) => berlin.offsetAt(instant) / HOUR)).toEqual([1, 2]);
    const askedBackwards = aZone("Europe/Berlin");
    expect([change, change - 1].map((instant) => askedBackwards.offsetAt(instant) / HOUR)).toEqual([2, 1]);
  });

  test("takes fixed offsets and refuses names that are no zone", () => {
    expect(aZone("+05:30").dayOf(utc("2026-09-07T18:30"))).toBe(day("2026-09-08"));
    expect(ReportZone.find("Europe/Atlantis")).toBeUndefined();
    expect(ReportZone.find("")).toBeUndefined();
  });
});

describe("days", () => {
  test("weeks begin on Monday, before 1970 as well", () => {
    expect(weekday(day("2026-09-07"))).toBe(1);
    expect(weekday(day("2026-09-13"))).toBe(7);
    expect(weekday(day("1969-12-28"))).toBe(7);
    expect(dayText(mondayOf(day("2026-09-13")))).toBe("2026-09-07");
    expect(dayText(mondayOf(day("2026-09-07")))).toBe("2026-09-07");
    expect(dayText(mondayOf(day("1970-01-01")))).toBe("1969-12-29");
  });
});
