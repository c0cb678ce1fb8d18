import { hoursView, reportWindow, spansEndedBy } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { buildReport } from "../../../apps/ledger/src/report/build-report.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { aZone, utc } from "../../support/moments.ts";

type ReportFacts = Parameters<typeof buildReport>[0];

function hoursAt(
  asOf: string,
  zone: string,
  facts: Partial<ReportFacts> = {},
  settlingDays = 3,
): ReturnType<typeof buildReport>["hours"] {
  const reportZone = aZone(zone);
  const tenant = { tenantId: "", name: "Made up", zone: reportZone, settlingDays, isDemo: false };
  return buildReport(
    {
      tenant,
      window: reportWindow(reportZone, utc(asOf), 8),
      map: aStageMap(),
      statuses: new Map(),
      items: [],
      subtaskActivityByParent: new Map(),
      atoms: [],
      releasedSpans: [],
      isPending: false,
      ...facts,
    },
    { seed: 1 },
  ).hours;
}

describe("the day of the next hours", () => {
  test.each([
    // The week of 7 Sep closes on Thursday 17 Sep; the last of September, that of 21 Sep, on Thursday 1 Oct.
    ["in the middle of a month", "2026-09-15T12:00", "Europe/Berlin", "2026-09-17", "2026-10-01"],
    ["while a week settles", "2026-09-16T21:59", "Europe/Berlin", "2026-09-17", "2026-10-01"],
    ["at its close", "2026-09-16T22:00", "Europe/Berlin", "2026-09-24", "2026-10-01"],
    // September's last week ends on Sunday 27 Sep; until Thursday 00:00 in Berlin, 22:00 UTC before, it can change.
    ["while the past period settles", "2026-09-30T21:59", "Europe/Berlin", "2026-10-01", "2026-10-01"],
    ["at the period's close", "2026-09-30T22:00", "Europe/Berlin", "2026-10-08", "2026-11-05"],
    // At that instant it is Wednesday evening in New York, and Thursday noon in Auckland.
    ["where it is still Wednesday", "2026-09-30T22:00", "America/New_York", "2026-10-01", "2026-10-01"],
    ["where it is Thursday already", "2026-09-30T12:00", "Pacific/Auckland", "2026-10-08", "2026-11-05"],
    // December 2026 ends with the week of 28 Dec, whose Thursday is the 31st; it closes on 7 Jan.
    ["over a year's end", "2026-12-20T12:00", "Europe/Berlin", "2026-12-24", "2027-01-07"],
    ["in the first days of a year", "2027-01-02T12:00", "America/New_York", "2027-01-07", "2027-01-07"],
  ])("%s", (_, asOf, zone, nextOn, stagesNextOn) => {
    expect(hoursAt(asOf, zone)).toMatchObject({ nextOn, stagesNextOn });
  });

  test("is later where weeks take longer to settle", () => {
    const hours = (settlingDays: number) => hoursAt("2026-09-15T12:00", "Europe/Berlin", {}, settlingDays);
    expect(hours(5)).toMatchObject({ nextOn: "2026-09-19", stagesNextOn: "2026-10-03" });
    // The week of 24 Aug, August's last, ended on the 30th: 15 days after that it closes on 15 Sep, which is over.
    expect(hours(15)).toMatchObject({ nextOn: "2026-09-22", stagesNextOn: "2026-10-13" });
    expect(hours(16)).toMatchObject({ nextOn: "2026-09-16", stagesNextOn: "2026-09-16" });
  });
});

describe("as of an earlier instant", () => {
  const released = { releasedSpans: ["2026-08", "2026-09", "2026-Q3"] };

  test("the period that was over by then is shown, at its last instant not yet", () => {
    // The week of 21 Sep ends on 27 Sep at 22:00 UTC in Berlin.
    expect(hoursAt("2026-09-27T22:00", "Europe/Berlin", released)).toMatchObject({
      period: "2026-09",
      quarter: "2026-Q3",
    });
    expect(hoursAt("2026-09-27T21:59", "Europe/Berlin", released)).toMatchObject({ period: "2026-08", quarter: null });
    expect(hoursAt("2026-08-01T12:00", "Europe/Berlin", released).period).toBe(null);
  });

  test("a week that was over by then is the last one shown, at its last instant not yet", () => {
    const releasedSpans = ["2026-08", "2026-08-31", "2026-09-07"];
    const shown = (asOf: string) => {
      const spans = spansEndedBy(utc(asOf), releasedSpans, aZone("Europe/Berlin"));
      return hoursView([], spans, ["PAY"]).projects[0]?.weeks;
    };
    // The week of 7 Sep ends on 13 Sep at 22:00 UTC in Berlin.
    expect(shown("2026-09-13T22:00")?.at(-1)).toEqual({ week: "2026-09-07", minutes: null });
    expect(shown("2026-09-13T21:59")?.at(-1)).toEqual({ week: "2026-08-31", minutes: null });
  });
});

test("a release that began and has not ended is said to be delayed", () => {
  expect(hoursAt("2026-10-02T12:00", "UTC", { isPending: true }).isDelayed).toBe(true);
  expect(hoursAt("2026-10-02T12:00", "UTC").isDelayed).toBe(false);
});
