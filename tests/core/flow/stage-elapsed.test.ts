import { buildTimeline, elapsedByStage } from "@stageledger/core";
import { expect, test } from "vitest";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { aZone, day, HOUR, utc } from "../../support/moments.ts";

const timeline = buildTimeline(
  anItemThatWent([
    ["2026-09-05T12:00", "Backlog"],
    ["2026-09-06T12:00", "Build"],
    ["2026-09-08T00:00", "Review"],
    ["2026-09-09T06:00", "Done"],
    ["2026-09-10T00:00", "Review"],
  ]),
  utc("2026-09-11"),
);
const timelines = timeline === undefined ? [] : [timeline];

test("visits count as far as they lie in the weeks, the open one to the end, time that is done not at all", () => {
  const elapsed = elapsedByStage(timelines, aStageMap(), [day("2026-09-07")], aZone());
  // Build: Monday 00:00 to Tuesday 00:00. Review: Tuesday to Wednesday 06:00, and Thursday to Sunday midnight.
  expect(Object.fromEntries(elapsed)).toEqual({ Build: 24 * HOUR, Review: 30 * HOUR + 4 * 24 * HOUR });
});

test("weeks begin at midnight of the zone, and a week with a clock change has 169 hours", () => {
  // In Auckland Monday 7 September begins on Sunday 12:00 UTC, with Build.
  expect(elapsedByStage(timelines, aStageMap(), [day("2026-09-07")], aZone("Pacific/Auckland")).get("Build")).toBe(
    36 * HOUR,
  );
  expect(elapsedByStage(timelines, aStageMap(), [day("2026-10-19")], aZone("Europe/Berlin")).get("Review")).toBe(
    169 * HOUR,
  );
});

test("several weeks and items add up", () => {
  const both = elapsedByStage(
    [...timelines, ...timelines],
    aStageMap(),
    [day("2026-08-31"), day("2026-09-07")],
    aZone(),
  );
  // Build: 6 Sep 12:00 to 8 Sep = 36 h, twice. Backlog: 24 h, twice.
  expect([both.get("Backlog"), both.get("Build")]).toEqual([48 * HOUR, 72 * HOUR]);
});
