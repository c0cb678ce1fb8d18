import { closesAt } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { aZone, day, utc } from "../../support/moments.ts";

describe("a week closes", () => {
  test("at 00:00 of the Thursday after it, in the tenant's zone", () => {
    expect(closesAt(day("2026-09-07"), aZone())).toBe(utc("2026-09-17"));
    expect(closesAt(day("2026-09-07"), aZone("Europe/Berlin"))).toBe(utc("2026-09-16T22:00"));
    expect(closesAt(day("2026-09-07"), aZone("America/Los_Angeles"))).toBe(utc("2026-09-17T07:00"));
  });

  // The clocks change on the Sundays 2026-03-29 and 2026-10-25, the last days of these weeks.
  test("at local midnight after a clock change too", () => {
    expect(closesAt(day("2026-03-23"), aZone("Europe/Berlin"))).toBe(utc("2026-04-01T22:00"));
    expect(closesAt(day("2026-10-19"), aZone("Europe/Berlin"))).toBe(utc("2026-10-28T23:00"));
  });

  test("later or earlier by the setting, in whole days", () => {
    expect(closesAt(day("2026-09-07"), aZone(), 2)).toBe(utc("2026-09-16"));
    expect(closesAt(day("2026-09-07"), aZone(), 7)).toBe(utc("2026-09-21"));
  });

  // Tehran skipped the hour after midnight on Tuesday 2022-03-22: the week ended on 03-20T20:30Z, Wednesday began 47 h later.
  test("never earlier than 48 hours after its end", () => {
    expect(closesAt(day("2022-03-14"), aZone("Asia/Tehran"), 2)).toBe(utc("2022-03-22T20:30"));
    expect(closesAt(day("2022-03-14"), aZone("Asia/Tehran"), 3)).toBe(utc("2022-03-23T19:30"));
  });

  test.each([1, 0, -3, 2.5, Number.NaN])("a settling time of %d days is refused", (days) => {
    expect(() => closesAt(day("2026-09-07"), aZone(), days)).toThrow(
      expect.objectContaining({ code: "SETTING_INVALID" }),
    );
  });
});
