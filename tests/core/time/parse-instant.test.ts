import { parseInstant } from "@stageledger/core";
import { describe, expect, test } from "vitest";

describe("parseInstant", () => {
  test.each([
    // 13:55 at −05:00 is 18:55 UTC; at +05:30 it is 08:25.
    ["2023-12-04T13:55:00.123-0500", Date.UTC(2023, 11, 4, 18, 55, 0, 123)],
    ["2023-12-04T13:55:00.123+05:30", Date.UTC(2023, 11, 4, 8, 25, 0, 123)],
    ["2023-12-04T13:55:00Z", Date.UTC(2023, 11, 4, 13, 55)],
    ["2023-12-04T13:55:00+00", Date.UTC(2023, 11, 4, 13, 55)],
    ["2023-12-04 13:55:00", Date.UTC(2023, 11, 4, 13, 55)],
    ["2023-12-04T13:55", Date.UTC(2023, 11, 4, 13, 55)],
    ["2023-12-04T13:55:09,5Z", Date.UTC(2023, 11, 4, 13, 55, 9, 500)],
    ["2023-12-04T13:55:09.123987Z", Date.UTC(2023, 11, 4, 13, 55, 9, 123)],
    ["2023-12-04", Date.UTC(2023, 11, 4)],
    ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
    ["2000-02-29", Date.UTC(2000, 1, 29)],
    ["1969-12-31T23:59:59.999Z", -1],
    ["2026-03-29T02:30:00+0100", Date.UTC(2026, 2, 29, 1, 30)],
  ])("reads %s", (text, expected) => expect(parseInstant(text)).toBe(expected));

  test.each([
    ["a 30th of February", "2024-02-30"],
    ["a 29th of February in a common year", "2023-02-29T10:00:00Z"],
    ["a 29th of February in a common century", "1900-02-29"],
    ["a 31st of April", "2024-04-31"],
    ["month 13", "2024-13-01"],
    ["month 0", "2024-00-10"],
    ["day 0", "2024-01-00"],
    ["hour 24", "2024-01-01T24:00:00Z"],
    ["minute 60", "2024-01-01T10:60:00Z"],
    ["second 60", "2024-01-01T10:00:60Z"],
    ["the year 0", "0000-01-01"],
    ["an offset of 19 hours", "2024-01-01T10:00:00+1900"],
    ["an offset of 60 minutes", "2024-01-01T10:00:00+0060"],
    ["a broken offset", "2024-01-01T10:00:00+0"],
    ["something after the zone", "2024-01-01T10:00:00Zulu"],
    ["a point without digits", "2024-01-01T10:00:00.Z"],
    ["an American date", "04/12/2023"],
    ["a cut date", "2023-12"],
    ["words", "yesterday"],
    ["nothing", ""],
  ])("refuses %s instead of rolling it over", (_name, text) => expect(parseInstant(text)).toBeUndefined());
});
