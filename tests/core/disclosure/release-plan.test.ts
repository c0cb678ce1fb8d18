import { planRelease, type ReleaseState } from "@stageledger/core";
import { expect, test } from "vitest";
import { aZone, day, utc } from "../../support/moments.ts";

/** Cells in the week of 7 September 2026 only; weeks close three days after their end, on Thursdays 00:00 UTC. */
function plan(now: string, overrides: Partial<ReleaseState> = {}): ReturnType<typeof planRelease> {
  return planRelease({
    zone: aZone(),
    settlingDays: 3,
    now: utc(now),
    weeksWithCells: [day("2026-09-07")],
    closedWeeks: new Set(),
    releasedSpans: new Set(),
    ...overrides,
  });
}

const SEPTEMBER = ["2026-08-31", "2026-09-07", "2026-09-14", "2026-09-21"].map(day);

test("a ledger without hours has nothing to release", () => {
  expect(plan("2026-12-01", { weeksWithCells: [] })).toEqual({ weeksToClose: [], periods: [], quarters: [] });
});

test("weeks close from the beginning of the first period, those without hours too", () => {
  expect(plan("2026-09-09T23:59").weeksToClose).toEqual([]);
  expect(plan("2026-09-10").weeksToClose).toEqual([day("2026-08-31")]);
  expect(plan("2026-09-17").weeksToClose).toEqual(SEPTEMBER.slice(0, 2));
});

test("a period is due with its last week, once", () => {
  expect(plan("2026-09-30T23:59").periods).toEqual([]);
  expect(plan("2026-10-01")).toEqual({ weeksToClose: SEPTEMBER, periods: ["2026-09"], quarters: [] });
  expect(plan("2026-10-01", { closedWeeks: new Set(SEPTEMBER), releasedSpans: new Set(["2026-09"]) })).toEqual({
    weeksToClose: [],
    periods: [],
    quarters: [],
  });
});

test("a closed week is not closed again, and an older import closes from its own period on", () => {
  const closedWeeks = new Set(SEPTEMBER);
  const weeksWithCells = [day("2026-09-07"), day("2026-08-12")];
  const later = plan("2026-10-01", { closedWeeks, weeksWithCells, releasedSpans: new Set(["2026-09"]) });
  // August 2026: Thursdays 6, 13, 20 and 27, so the weeks of 3, 10, 17 and 24 August.
  expect(later.weeksToClose).toEqual(["2026-08-03", "2026-08-10", "2026-08-17", "2026-08-24"].map(day));
  expect(later.periods).toEqual(["2026-08"]);
});

test("a quarter comes with the first period after it, also when the ledger began in its middle", () => {
  // October 2026 has the weeks of 28 September to 26 October; the last closes on 5 November.
  expect(plan("2026-11-04T23:59").quarters).toEqual([]);
  expect(plan("2026-11-05").quarters).toEqual(["2026-Q3"]);
  expect(plan("2026-11-05").periods).toEqual(["2026-09", "2026-10"]);
  expect(plan("2026-11-05", { releasedSpans: new Set(["2026-Q3"]) }).quarters).toEqual([]);
});
