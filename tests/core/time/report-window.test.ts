import { dayText, reportWindow } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { aZone, utc } from "../../support/moments.ts";

function windowOf(asOf: string, zone = "UTC", weeks = 8): string[] {
  const { firstDay, lastDay, start, end } = reportWindow(aZone(zone), utc(asOf), weeks);
  return [dayText(firstDay), dayText(lastDay), new Date(start).toISOString(), new Date(end).toISOString()];
}

describe("report window (B1)", () => {
  test("is the last eight whole weeks, Monday to Sunday", () => {
    expect(windowOf("2026-11-02")).toEqual([
      "2026-09-07",
      "2026-11-01",
      "2026-09-07T00:00:00.000Z",
      "2026-11-02T00:00:00.000Z",
    ]);
  });

  test.each([
    ["on a Friday the running week does not count", "2026-10-30T17:00", "2026-10-25"],
    ["on a Sunday at noon neither", "2026-11-01T12:00", "2026-10-25"],
    ["in Sunday's last hour it does", "2026-11-01T23:00", "2026-11-01"],
  ])("%s", (_name, asOf, lastDay) => expect(windowOf(asOf)[1]).toBe(lastDay));

  test("has local midnights as its ends: 56 days over the end of summer time are 1,345 hours", () => {
    const [firstDay, lastDay, start, end] = windowOf("2026-11-02T12:00", "Europe/Berlin");
    expect([firstDay, lastDay]).toEqual(["2026-09-07", "2026-11-01"]);
    expect([start, end]).toEqual(["2026-09-06T22:00:00.000Z", "2026-11-01T23:00:00.000Z"]);
  });

  test("can be shorter, and the charts show 26 weeks up to the as-of day", () => {
    expect(windowOf("2026-11-02", "UTC", 6)[0]).toBe("2026-09-21");
    const { chartFirstDay, asOfDay } = reportWindow(aZone(), utc("2026-11-02"), 8);
    // 182 days with the as-of day as the last.
    expect([dayText(chartFirstDay), dayText(asOfDay)]).toEqual(["2026-05-05", "2026-11-02"]);
  });
});
