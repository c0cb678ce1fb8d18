import { cycleDays, leadMilliseconds } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { cycleMilliseconds } from "../../../packages/core/src/flow/cycle-time.ts";
import { flowOn, measured } from "../../support/a-report.ts";
import { anItemStarted, copies } from "../../support/an-item.ts";
import { GOLDEN_ITEM } from "../../support/golden-item.ts";
import { aZone, DAY, HOUR, MINUTE } from "../../support/moments.ts";

describe("cycle time in days of the report zone, and exact (F5)", () => {
  test.each([
    // Berlin sprang from 02:00 to 03:00 on 2026-03-29: 23:30 CET is 22:30Z, 00:30 CEST is 22:30Z.
    ["over the night that lost an hour", "Europe/Berlin", "2026-03-28T22:30", "2026-03-29T22:30", 3, 24 * HOUR],
    ["the same item in UTC", "UTC", "2026-03-28T22:30", "2026-03-29T22:30", 2, 24 * HOUR],
    // 00:15 CET to 23:45 CEST of one day that lasts 23 hours.
    ["all of the short day", "Europe/Berlin", "2026-03-28T23:15", "2026-03-29T21:45", 1, 22.5 * HOUR],
    // Back from 03:00 to 02:00 on 2026-10-25: 23:30 CEST is 21:30Z, 23:30 CET is 22:30Z.
    ["over the night that gained an hour", "Europe/Berlin", "2026-10-24T21:30", "2026-10-25T22:30", 2, 25 * HOUR],
    ["all of the long day", "Europe/Berlin", "2026-10-24T22:15", "2026-10-25T22:45", 1, 24.5 * HOUR],
    // 23:59 and 00:01 at +05:30.
    ["around midnight in Kolkata", "Asia/Kolkata", "2026-09-07T18:29", "2026-09-07T18:31", 2, 2 * MINUTE],
    ["the same two minutes in UTC", "UTC", "2026-09-07T18:29", "2026-09-07T18:31", 1, 2 * MINUTE],
    // Friday 17:00 to Monday 09:00: the weekend is not subtracted (E18).
    ["over a weekend", "UTC", "2026-09-11T17:00", "2026-09-14T09:00", 4, 64 * HOUR],
    ["over New Year", "UTC", "2025-12-31T12:00", "2026-01-01T12:00", 2, 24 * HOUR],
    ["over the end of February in a leap year", "UTC", "2028-02-28T12:00", "2028-03-01T12:00", 3, 48 * HOUR],
  ])("%s (%s)", (_name, zone, start, finish, days, elapsed) => {
    const item = measured(anItemStarted([start, "Build"], [finish, "Done"]), { zone, asOf: "2028-12-01" });
    expect(cycleDays(item.flow, aZone(zone))).toBe(days);
    expect(cycleMilliseconds(item.flow)).toBe(elapsed);
    expect(item).toMatchObject({ finishDay: (item.startDay ?? 0) + days - 1 });
  });

  test("does not exist while the item is open", () => {
    const { flow } = measured(anItemStarted(["2026-09-08T09:00", "Build"]));
    expect(cycleDays(flow, aZone())).toBeUndefined();
    expect(cycleMilliseconds(flow)).toBeUndefined();
    expect(leadMilliseconds(flow)).toBeUndefined();
  });
});

describe("in a report", () => {
  test("cycle and lead time print their units, n and rule (F5, F7)", () => {
    // Created 09-08 09:00, started then, finished 09-11 09:00: 4 d, 72 h.
    const facts = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-11T09:00", "Done"]);
    const { cycleTime, leadTime } = flowOn(copies(20, facts));
    expect(cycleTime.p50).toMatchObject({ value: 4, n: 20, unit: "days", rule: "F5" });
    expect(cycleTime.mean).toMatchObject({ value: 4, n: 20, unit: "days", rule: "F5" });
    expect(leadTime.p50).toMatchObject({ value: 3 * DAY, n: 20, unit: "milliseconds", rule: "F7" });
  });

  test("covers the items that finished in the verdict's whole weeks", () => {
    // The window is 2026-09-07 to 2026-11-01.
    const finishedOn = (finish: string): ReturnType<typeof anItemStarted> =>
      anItemStarted(["2026-09-01T09:00", "Build"], [finish, "Done"]);
    const items = ["2026-09-06T23:59", "2026-09-07T00:00", "2026-11-01T23:59", "2026-11-02T00:00"].map(finishedOn);
    expect(flowOn(items).cycleTime.mean).toMatchObject({
      // 7 d and 62 d; September has 30 days, October 31.
      value: (7 + 62) / 2,
      n: 2,
    });
  });

  test("says which range the other re-entry policies would give (B5)", () => {
    // Ten items of 2 d and ten golden ones: 11 d as they are, 9 d by their first time in done, and left out 2 d.
    const short = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-09T09:00", "Done"]);
    const { cycleTime, cycleTimeRange } = flowOn([...copies(10, short), ...copies(10, GOLDEN_ITEM)]);
    expect(cycleTime.p85.value).toBe(11);
    expect(cycleTimeRange).toMatchObject({ low: 2, high: 11, items: 10 });
  });

  test("shows no range when nothing was re-opened", () => {
    const short = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-09T09:00", "Done"]);
    expect(flowOn(copies(10, short)).cycleTimeRange).toBeNull();
  });

  // Both readings of the 20 finished items give p85 = 2 d; the withdrawn ones (20 d) belong to none of them.
  test("keeps withdrawn items out of every reading of the range (B5, E12)", () => {
    const short = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-09T09:00", "Done"]);
    const reopened = anItemStarted(
      ["2026-09-08T09:00", "Build"],
      ["2026-09-09T09:00", "Done"],
      ["2026-09-09T10:00", "Build"],
      ["2026-09-09T11:00", "Done"],
    );
    const duplicate = {
      ...anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-27T09:00", "Done"]),
      resolution: "Duplicate",
    };
    const settings = { flow: { backToBacklog: "keep" as const, withdrawnResolutions: new Set(["Duplicate"]) } };
    const items = [...copies(19, short), reopened, ...copies(10, duplicate)];
    expect(flowOn(items, { settings }).cycleTimeRange).toBeNull();
  });

  // The item was done first on 09-05, before the window, re-opened, and finished in it after 62 d: 15 of 16 items take 2 d.
  test("shows a range for an item whose first time in done lies before the window (B5)", () => {
    const short = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-09T09:00", "Done"]);
    const long = anItemStarted(
      ["2026-08-01T09:00", "Build"],
      ["2026-09-05T09:00", "Done"],
      ["2026-09-06T09:00", "Build"],
      ["2026-10-01T09:00", "Done"],
    );
    // Of 12 items the 85th percentile is the 11th value: 62 d with two long ones, 2 d when they are left out.
    const { cycleTime, cycleTimeRange } = flowOn([...copies(10, short), long, { ...long, id: "30001", key: "PAY-99" }]);
    expect(cycleTime.p85.value).toBe(62);
    expect(cycleTimeRange).toMatchObject({ low: 2, high: 62, items: 2 });
  });
});
