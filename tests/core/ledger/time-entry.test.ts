import { parseEntryDate, refuseImpossibleEntry, refuseOverfullDay } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { anEntry, anEntryFrom } from "../../support/an-entry.ts";
import { day } from "../../support/moments.ts";

const refusedWith = (code: string): unknown => expect.objectContaining({ code });

describe("a time entry", () => {
  test("has 1 minute to 24 hours", () => {
    for (const minutes of [1, 120, 1440]) expect(() => refuseImpossibleEntry(anEntry({ minutes }))).not.toThrow();
  });

  test.each([-5, 0, 1441, 1500, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("of %d minutes is refused", (minutes) => {
    expect(() => refuseImpossibleEntry(anEntry({ minutes }))).toThrow(refusedWith("ENTRY_MINUTES_OUT_OF_RANGE"));
  });

  test("of no minutes is answered with how to take it away", () => {
    expect(() => refuseImpossibleEntry(anEntry({ minutes: 0 }))).toThrow(
      expect.objectContaining({ next: "Delete the entry instead." }),
    );
  });

  test("that ends before or at its start is refused", () => {
    const backward = anEntryFrom("2026-09-08T10:00", "2026-09-08T09:00", { minutes: 60 });
    expect(() => refuseImpossibleEntry(backward)).toThrow(refusedWith("ENTRY_ENDS_BEFORE_START"));
    const empty = anEntryFrom("2026-09-08T10:00", "2026-09-08T10:00", { minutes: 1 });
    expect(() => refuseImpossibleEntry(empty)).toThrow(refusedWith("ENTRY_ENDS_BEFORE_START"));
  });

  test("whose minutes are not those between start and end is refused", () => {
    const nineToTen = (minutes: number): (() => void) => {
      return () => refuseImpossibleEntry(anEntryFrom("2026-09-08T09:00", "2026-09-08T10:00", { minutes }));
    };
    expect(nineToTen(60)).not.toThrow();
    expect(nineToTen(59)).toThrow(refusedWith("ENTRY_TIMES_DISAGREE"));
    expect(nineToTen(61)).toThrow(refusedWith("ENTRY_TIMES_DISAGREE"));
  });

  test("may have its seconds cut or rounded: 45:28 is 45 or 46 minutes", () => {
    const withSeconds = (minutes: number): (() => void) => {
      return () => refuseImpossibleEntry(anEntryFrom("2026-09-08T09:00:12", "2026-09-08T09:45:40", { minutes }));
    };
    expect(withSeconds(45)).not.toThrow();
    expect(withSeconds(46)).not.toThrow();
    expect(withSeconds(44)).toThrow(refusedWith("ENTRY_TIMES_DISAGREE"));
    expect(withSeconds(47)).toThrow(refusedWith("ENTRY_TIMES_DISAGREE"));
  });

  test("keeps the date as entered, whatever its start says (E17)", () => {
    const early = anEntryFrom("2026-09-09T00:30", "2026-09-09T01:30", { date: day("2026-09-08") });
    expect(() => refuseImpossibleEntry(early)).not.toThrow();
  });

  test.each([day("1969-12-31"), day("3000-01-01"), 20_000.5, Number.NaN])("of day number %d is refused", (date) => {
    expect(() => refuseImpossibleEntry(anEntry({ date }))).toThrow(refusedWith("ENTRY_IMPOSSIBLE_DATE"));
  });
});

describe("the day of an entry", () => {
  test("has 24 hours", () => {
    expect(() => refuseOverfullDay(1200, 240)).not.toThrow();
    expect(() => refuseOverfullDay(1200, 241)).toThrow(refusedWith("ENTRY_DAY_OVER_24_HOURS"));
    expect(() => refuseOverfullDay(60, 1440)).toThrow(refusedWith("ENTRY_DAY_OVER_24_HOURS"));
  });

  // 2026-09-07 is day 20,703: 56 years of 365 days, 14 leap days, 249 days of 2026.
  test("is read as it is written, without a zone", () => {
    expect(parseEntryDate("2026-09-07")).toBe(20_703);
    expect(parseEntryDate("2028-02-29")).toBe(day("2028-02-29"));
  });

  test.each([
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-09-31",
    "07.09.2026",
    "2026-9-7",
    "today",
    "",
    "2026-09-07T10:00",
    "0206-09-07",
    "1969-12-31",
    "3000-01-01",
  ])("%j is refused: no possible date", (text) => {
    expect(() => parseEntryDate(text)).toThrow(refusedWith("ENTRY_IMPOSSIBLE_DATE"));
  });
});
