import { attributeStage, buildTimeline, type ItemFacts, type TimeEntry } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { aStage, aStageMap, aStageMapWith, FIVE_STAGES } from "../../support/a-stage-map.ts";
import { anEntry, anEntryFrom } from "../../support/an-entry.ts";
import { anItem, anItemThatWent } from "../../support/an-item.ts";
import { aZone, day, utc } from "../../support/moments.ts";

const GOLDEN = aStageMap();

interface Asked {
  readonly map?: typeof GOLDEN;
  readonly zone?: string;
  readonly asOf?: string;
}

/** `"Build 120"`, or several joined by a comma. */
function stagesOf(entry: TimeEntry, facts: ItemFacts, { map = GOLDEN, zone, asOf = "2026-12-01" }: Asked = {}): string {
  const shares = attributeStage(entry, buildTimeline(facts, utc(asOf)), map, aZone(zone));
  return shares.map(({ stage, minutes }) => `${stage} ${minutes}`).join(", ");
}

const on = (date: string, overrides: Partial<TimeEntry> = {}): TimeEntry => anEntry({ date: day(date), ...overrides });

const straight = anItemThatWent([
  ["2026-09-07T09:00", "Backlog"],
  ["2026-09-08T09:00", "Build"],
  ["2026-09-10T09:00", "Review"],
  ["2026-09-11T09:00", "Done"],
]);

describe("1: the stage that the author chose", () => {
  test("has the minutes, whatever the history says", () => {
    expect(stagesOf(on("2026-09-09", { chosenStatus: "Test" }), straight)).toBe("Test 120");
    expect(stagesOf(on("2026-09-09", { chosenStatus: "Done" }), straight)).toBe("Done 120");
  });

  test("goes before start and end", () => {
    const timed = anEntryFrom("2026-09-09T09:00", "2026-09-09T10:00", { chosenStatus: "Test" });
    expect(stagesOf(timed, straight)).toBe("Test 60");
  });

  test("goes where later map versions put its status", () => {
    const check = { ...aStage("Check"), statuses: ["Review", "Test"] };
    const joined = aStageMap({ version: 2, stages: [...FIVE_STAGES.slice(0, 2), check, aStage("Done", "done")] });
    expect(stagesOf(on("2026-09-09", { chosenStatus: "Test" }), straight, { map: joined })).toBe("Check 120");
    expect(stagesOf(on("2026-09-09", { chosenStatus: "Dropped" }), straight)).toBe("Unmapped 120");
  });
});

describe("2: an entry with start and end", () => {
  test("is split over the stays that it overlaps, of whatever kind", () => {
    expect(stagesOf(anEntryFrom("2026-09-10T08:00", "2026-09-10T11:00"), straight)).toBe("Build 60, Review 120");
    expect(stagesOf(anEntryFrom("2026-09-11T08:30", "2026-09-11T10:00"), straight)).toBe("Review 30, Done 60");
    expect(stagesOf(anEntryFrom("2026-09-08T08:00", "2026-09-08T09:00"), straight)).toBe("Backlog 60");
  });

  test("does not look at its date", () => {
    const timed = anEntryFrom("2026-09-10T10:00", "2026-09-10T11:00", { date: day("2026-09-08") });
    expect(stagesOf(timed, straight)).toBe("Review 60");
  });

  // Ten minutes: 2.4 Build, 3.7 Review, 3.9 Test. Rounded down 2 + 3 + 3; the two left go to .9 and .7.
  test("gives what rounding leaves to the largest remainders", () => {
    const quick = anItemThatWent([
      ["2026-09-08T08:00", "Build"],
      ["2026-09-08T09:02:24", "Review"],
      ["2026-09-08T09:06:06", "Test"],
    ]);
    expect(stagesOf(anEntryFrom("2026-09-08T09:00", "2026-09-08T09:10"), quick)).toBe("Build 2, Review 4, Test 4");
  });

  // 3⅓ minutes each.
  test("gives it to the earlier of equal remainders", () => {
    const even = anItemThatWent([
      ["2026-09-08T08:00", "Build"],
      ["2026-09-08T09:03:20", "Review"],
      ["2026-09-08T09:06:40", "Test"],
    ]);
    expect(stagesOf(anEntryFrom("2026-09-08T09:00", "2026-09-08T09:10"), even)).toBe("Build 4, Review 3, Test 3");
  });

  test("gives time before the item's creation to its first stay", () => {
    const late = anItemThatWent([
      ["2026-09-08T09:00", "Backlog"],
      ["2026-09-08T09:30", "Build"],
    ]);
    expect(stagesOf(anEntryFrom("2026-09-08T08:00", "2026-09-08T10:00"), late)).toBe("Backlog 90, Build 30");
    expect(stagesOf(anEntryFrom("2026-09-01T08:00", "2026-09-01T10:00"), late)).toBe("Backlog 120");
  });

  test("counts an open stay as lasting on: time after the as-of instant belongs to it", () => {
    const timed = anEntryFrom("2026-09-10T08:30", "2026-09-10T10:30");
    expect(stagesOf(timed, straight, { asOf: "2026-09-10T09:30" })).toBe("Build 30, Review 90");
  });

  test("leaves out a stay that it hardly touches, and adds up two stays in one stage", () => {
    const backAndForth = anItemThatWent([
      ["2026-09-08T08:00", "Build"],
      ["2026-09-08T09:30", "Review"],
      ["2026-09-08T09:30:20", "Build"],
    ]);
    expect(stagesOf(anEntryFrom("2026-09-08T09:00", "2026-09-08T10:00"), backAndForth)).toBe("Build 60");
  });

  // Berlin: 23:00 CET to 04:00 CEST are four hours, and the item moved at 03:00 CEST.
  test("over midnight and a clock change is split by what elapsed", () => {
    const night = anItemThatWent([
      ["2026-03-20T08:00", "Build"],
      ["2026-03-29T01:00", "Review"],
    ]);
    const timed = anEntryFrom("2026-03-28T22:00", "2026-03-29T02:00");
    expect(stagesOf(timed, night, { zone: "Europe/Berlin" })).toBe("Build 180, Review 60");
  });
});

describe("3: else the stay in work that has most of the entry's day", () => {
  test.each([
    // Backlog has 9 hours of the 8th and Done 15 of the 11th: neither is in work.
    ["2026-09-08", "Build 120"],
    ["2026-09-09", "Build 120"],
    // Build has 9 hours of the 10th, Review 15.
    ["2026-09-10", "Review 120"],
    ["2026-09-11", "Review 120"],
  ])("on %s: %s", (date, expected) => {
    expect(stagesOf(on(date), straight)).toBe(expected);
  });

  test("of two that have the same, the later", () => {
    const noon = anItemThatWent([
      ["2026-09-07T09:00", "Build"],
      ["2026-09-08T12:00", "Review"],
    ]);
    expect(stagesOf(on("2026-09-08"), noon)).toBe("Review 120");
  });

  test("of a stay that came in two parts, only the longer part counts", () => {
    const threeParts = anItemThatWent([
      ["2026-09-07T09:00", "Backlog"],
      ["2026-09-08T08:00", "Build"],
      ["2026-09-08T12:00", "Review"],
      ["2026-09-08T17:00", "Build"],
      ["2026-09-08T21:00", "Done"],
    ]);
    expect(stagesOf(on("2026-09-08"), threeParts)).toBe("Review 120");
  });

  test("neighbouring statuses of one stage are one stay", () => {
    const build = { ...aStage("Build"), statuses: ["Coding", "Polishing"] };
    const map = aStageMap({ stages: [build, aStage("Review"), aStage("Done", "done")] });
    const item = anItemThatWent([
      ["2026-09-08T00:00", "Coding"],
      ["2026-09-08T06:00", "Polishing"],
      ["2026-09-08T12:30", "Review"],
    ]);
    expect(stagesOf(on("2026-09-08"), item, { map })).toBe("Build 120");
  });

  test("a waiting stage after the commitment is in work too; withdrawn and Unmapped are not", () => {
    const queue = { ...aStage("Queue", "waiting") };
    const stages = [aStage("Build"), queue, aStage("Done", "done"), aStage("Dropped", "withdrawn")];
    const map = aStageMap({ stages });
    const waits = anItemThatWent([
      ["2026-09-08T00:00", "Build"],
      ["2026-09-08T02:00", "Queue"],
      ["2026-09-08T06:00", "Elsewhere"],
      ["2026-09-08T14:00", "Dropped"],
    ]);
    expect(stagesOf(on("2026-09-08"), waits, { map })).toBe("Queue 120");
  });

  // Berlin's 8th runs from 22:00Z to 22:00Z: Build has 14 hours of it and Review 10. Of UTC's 8th both have 12.
  test("the day is that of the report zone", () => {
    const item = anItemThatWent([
      ["2026-09-07T22:00", "Build"],
      ["2026-09-08T12:00", "Review"],
    ]);
    expect(stagesOf(on("2026-09-08"), item)).toBe("Review 120");
    expect(stagesOf(on("2026-09-08"), item, { zone: "Europe/Berlin" })).toBe("Build 120");
  });

  // 2026-03-29 has 23 hours in Berlin (23:00Z to 22:00Z), 2026-10-25 has 25 (22:00Z to 23:00Z).
  test.each([
    ["2026-03-29", "2026-03-29T10:30", "Review 120"],
    ["2026-03-29", "2026-03-29T10:31", "Build 120"],
    ["2026-10-25", "2026-10-25T10:30", "Review 120"],
    ["2026-10-25", "2026-10-25T10:31", "Build 120"],
  ])("on %s, moved at %sZ: %s", (date, movedAt, expected) => {
    const item = anItemThatWent([
      ["2026-03-01T09:00", "Build"],
      [movedAt, "Review"],
    ]);
    expect(stagesOf(on(date), item, { zone: "Europe/Berlin" })).toBe(expected);
  });

  test("does not depend on the hour at which it is asked", () => {
    const moved = anItemThatWent([
      ["2026-09-07T09:00", "Build"],
      ["2026-09-08T09:00", "Review"],
    ]);
    expect(stagesOf(on("2026-09-08"), moved, { asOf: "2026-09-08T10:00" })).toBe("Review 120");
    expect(stagesOf(on("2026-09-08"), moved, { asOf: "2026-09-30T10:00" })).toBe("Review 120");
  });
});

describe("4: else the nearest stay in work", () => {
  test.each([
    ["2026-08-31", "Build 120"],
    ["2026-09-07", "Build 120"],
    ["2026-09-12", "Review 120"],
    ["2026-11-01", "Review 120"],
  ])("on %s: %s", (date, expected) => {
    expect(stagesOf(on(date), straight)).toBe(expected);
  });

  const backlogBetween = (leftAt: string, backAt: string): ItemFacts =>
    anItemThatWent([
      ["2026-09-01T09:00", "Build"],
      [leftAt, "Backlog"],
      [backAt, "Review"],
    ]);

  test("by its distance to the day, not by its length", () => {
    expect(stagesOf(on("2026-09-09"), backlogBetween("2026-09-08T13:00", "2026-09-10T12:00"))).toBe("Build 120");
    expect(stagesOf(on("2026-09-09"), backlogBetween("2026-09-08T11:00", "2026-09-10T12:00"))).toBe("Review 120");
  });

  test("of two equally near ones, the earlier", () => {
    expect(stagesOf(on("2026-09-09"), backlogBetween("2026-09-08T12:00", "2026-09-10T12:00"))).toBe("Build 120");
  });

  test("a stay that only touches the day does not overlap it", () => {
    expect(stagesOf(on("2026-09-09"), backlogBetween("2026-09-09T00:00", "2026-09-10T12:00"))).toBe("Build 120");
    expect(stagesOf(on("2026-09-09"), backlogBetween("2026-09-08T12:00", "2026-09-10T00:00"))).toBe("Review 120");
    expect(stagesOf(on("2026-09-09"), backlogBetween("2026-09-09T00:00", "2026-09-10T00:00"))).toBe("Build 120");
  });

  test("a stay of no length on the day is nearer than one of another day", () => {
    const passed = anItemThatWent([
      ["2026-09-01T09:00", "Build"],
      ["2026-09-07T12:00", "Backlog"],
      ["2026-09-09T12:00", "Test"],
      ["2026-09-09T12:00", "Done"],
    ]);
    expect(stagesOf(on("2026-09-09"), passed)).toBe("Test 120");
  });
});

describe("5: else the nearest stay of any kind", () => {
  const neverInWork = anItemThatWent([
    ["2026-09-07T09:00", "Backlog"],
    ["2026-09-09T09:00", "Done"],
  ]);

  test.each([
    ["2026-09-01", "Backlog 120"],
    ["2026-09-08", "Backlog 120"],
    ["2026-09-20", "Done 120"],
    // Both lie in the day: as in 4, the earlier.
    ["2026-09-09", "Backlog 120"],
  ])("on %s: %s", (date, expected) => {
    expect(stagesOf(on(date), neverInWork)).toBe(expected);
  });

  test("withdrawn and Unmapped among them", () => {
    const map = aStageMapWith(aStage("Dropped", "withdrawn"));
    const dropped = anItemThatWent([
      ["2026-09-07T09:00", "Elsewhere"],
      ["2026-09-09T09:00", "Dropped"],
    ]);
    expect(stagesOf(on("2026-09-08"), dropped, { map })).toBe("Unmapped 120");
    expect(stagesOf(on("2026-09-10"), dropped, { map })).toBe("Dropped 120");
  });

  test("an item of which nothing is known has its hours in Unmapped, never nowhere", () => {
    const unknown = anItem({ currentStatus: undefined });
    expect(stagesOf(on("2026-09-08"), unknown)).toBe("Unmapped 120");
    expect(stagesOf(anEntryFrom("2026-09-08T09:00", "2026-09-08T10:00"), unknown)).toBe("Unmapped 60");
  });
});
