import { dayText, weeksOf, weekText } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { day } from "../../support/moments.ts";

const mondaysOf = (period: string): string[] => weeksOf(period).map(dayText);

describe("ISO weeks", () => {
  // As printed in ISO 8601 calendars.
  test.each([
    ["2026-09-07", "2026-W37"],
    ["2025-12-29", "2026-W01"],
    ["2026-12-28", "2026-W53"],
    ["2027-01-04", "2027-W01"],
    ["2024-12-30", "2025-W01"],
    ["2020-12-28", "2020-W53"],
    ["2021-01-04", "2021-W01"],
  ])("the week of Monday %s is %s", (monday, text) => {
    expect(weekText(day(monday))).toBe(text);
  });
});

describe("a period", () => {
  test("is the weeks whose Thursday lies in the month: four in September 2026, the first begun in August", () => {
    expect(mondaysOf("2026-09")).toEqual(["2026-08-31", "2026-09-07", "2026-09-14", "2026-09-21"]);
  });

  test("has five weeks where the month has five Thursdays, its first and last days too", () => {
    expect(mondaysOf("2026-10")).toEqual(["2026-09-28", "2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26"]);
    expect(mondaysOf("2026-12")).toEqual(["2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28"]);
  });

  test("takes a week over New Year to where its Thursday is", () => {
    expect(mondaysOf("2026-01")[0]).toBe("2025-12-29");
    expect(mondaysOf("2027-01")[0]).toBe("2027-01-04");
  });

  test("a quarter is its three periods: 12 to 14 weeks", () => {
    expect(mondaysOf("2026-Q3")).toEqual(["2026-07", "2026-08", "2026-09"].flatMap(mondaysOf));
    expect(mondaysOf("2021-Q1")).toHaveLength(12);
    expect(mondaysOf("2026-Q4")).toHaveLength(14);
    expect(mondaysOf("2026-Q4").at(-1)).toBe("2026-12-28");
  });

  test.each(["2026-13", "2026-00", "2026-Q5", "2026", "2026-9", "", "2026-09-07"])("%j is none", (text) => {
    expect(() => weeksOf(text)).toThrow(expect.objectContaining({ code: "SETTING_INVALID" }));
  });
});
