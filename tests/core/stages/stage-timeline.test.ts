import { buildTimeline, type ItemFacts, type StageTimeline } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { aChange, anItem, anItemThatWent, movesFrom } from "../../support/an-item.ts";
import { utc } from "../../support/moments.ts";

function timelineOf(facts: ItemFacts, asOf = "2026-09-30"): StageTimeline {
  const timeline = buildTimeline(facts, utc(asOf));
  if (timeline === undefined) throw new Error("no timeline");
  return timeline;
}

/** `["Build", "09-08T09:00", "09-10T09:00"]`, with "open" for the end of an open stay. */
function staysOf(facts: ItemFacts, asOf?: string): [string, string, string][] {
  const short = (instant: number): string => new Date(instant).toISOString().slice(5, 16);
  return timelineOf(facts, asOf).stays.map(({ status, start, end, open }) => [
    status,
    short(start),
    open ? "open" : short(end),
  ]);
}

const STRAIGHT = [
  ["Backlog", "09-07T09:00", "09-08T09:00"],
  ["Build", "09-08T09:00", "09-10T09:00"],
  ["Done", "09-10T09:00", "open"],
];
const moves = movesFrom("Backlog", ["2026-09-08T09:00", "Build"], ["2026-09-10T09:00", "Done"]);

describe("timeline", () => {
  test("runs from creation to the as-of instant, in whatever order and number the changes come", () => {
    expect(staysOf(anItem({ changes: moves }))).toEqual(STRAIGHT);
    expect(staysOf(anItem({ changes: moves.toReversed() }))).toEqual(STRAIGHT);
    const doubled = anItem({ changes: [...moves, ...moves.toReversed(), ...moves] });
    expect(staysOf(doubled)).toEqual(STRAIGHT);
    expect(timelineOf(doubled).flaws).toEqual([]);
  });

  test("ends an open stay at the as-of instant", () => {
    const timeline = timelineOf(anItem({ changes: moves }), "2026-09-20T15:30");
    expect(timeline.stays.at(-1)).toEqual({
      status: "Done",
      start: utc("2026-09-10T09:00"),
      end: utc("2026-09-20T15:30"),
      open: true,
    });
  });

  test("knows nothing of what happened after the as-of instant", () => {
    const facts = anItem({ changes: moves });
    expect(staysOf(facts, "2026-09-09")).toEqual([
      ["Backlog", "09-07T09:00", "09-08T09:00"],
      ["Build", "09-08T09:00", "open"],
    ]);
    expect(buildTimeline(facts, utc("2026-09-07T08:59"))).toBeUndefined();
  });

  test("takes a change of the as-of instant itself into account", () => {
    expect(staysOf(anItem({ changes: moves }), "2026-09-10T09:00").at(-1)).toEqual(["Done", "09-10T09:00", "open"]);
  });

  test("opens no new stay for a change into the status that the item is in", () => {
    const changes = [...moves, aChange("2026-09-12T09:00", "Done", "Done", 9)];
    expect(staysOf(anItem({ changes }))).toEqual(STRAIGHT);
  });

  test("does not exist for an item with neither status nor change", () => {
    expect(buildTimeline(anItem({ currentStatus: undefined }), utc("2026-09-30"))).toBeUndefined();
  });

  test("begins at the first change when the source does not say where the item was before", () => {
    const changes = [aChange("2026-09-08T09:00", undefined, "Build", 1)];
    expect(staysOf(anItem({ changes }))).toEqual([["Build", "09-08T09:00", "open"]]);
  });
});

describe("one stay without a changelog (E15)", () => {
  test("runs from creation to now in the status that the source shows, and is flagged", () => {
    const facts = anItem({ currentStatus: "Review", changes: [], hasHistory: false });
    expect(staysOf(facts)).toEqual([["Review", "09-07T09:00", "open"]]);
    expect(timelineOf(facts).flaws).toEqual(["no-history"]);
  });

  test("an empty changelog says that the item never moved: no flaw", () => {
    const facts = anItem({ currentStatus: "Review", changes: [] });
    expect(staysOf(facts)).toEqual([["Review", "09-07T09:00", "open"]]);
    expect(timelineOf(facts).flaws).toEqual([]);
  });
});

describe("clock faults (E16)", () => {
  test("equal instants are ordered by the source's sequence, then by place in the history", () => {
    const changes = [
      aChange("2026-09-08T09:00", "Review", "Test", 12),
      aChange("2026-09-08T09:00", "Build", "Review", 11, 1),
      aChange("2026-09-08T09:00", "Backlog", "Build", 11, 0),
    ];
    const facts = anItem({ changes, currentStatus: "Test" });
    expect(staysOf(facts)).toEqual([
      ["Backlog", "09-07T09:00", "09-08T09:00"],
      ["Build", "09-08T09:00", "09-08T09:00"],
      ["Review", "09-08T09:00", "09-08T09:00"],
      ["Test", "09-08T09:00", "open"],
    ]);
    expect(timelineOf(facts).flaws).toEqual([]);
  });

  // By the clock Review would end (09:30) before it began (10:00): the source's order says Build, Review, Test.
  test("an end before its start is a stay of 0 and a flag, never negative", () => {
    const changes = [
      aChange("2026-09-08T09:00", "Backlog", "Build", 1),
      aChange("2026-09-08T10:00", "Build", "Review", 2),
      aChange("2026-09-08T09:30", "Review", "Test", 3),
    ];
    const facts = anItem({ changes, currentStatus: "Test" });
    expect(staysOf(facts)).toEqual([
      ["Backlog", "09-07T09:00", "09-08T09:00"],
      ["Build", "09-08T09:00", "09-08T10:00"],
      ["Review", "09-08T10:00", "09-08T10:00"],
      ["Test", "09-08T10:00", "open"],
    ]);
    expect(timelineOf(facts).flaws).toEqual(["clock-fault"]);
  });

  test("the source's own order says nothing of an item that was gone: time alone puts its changes in order", () => {
    // By what counts them up they would be a chain, with the end in Build.
    const changes = [
      aChange("2026-09-08T09:00", "Backlog", "gone", 1),
      aChange("2026-09-11T09:00", "gone", "Build", 2),
      aChange("2026-09-09T09:00", "Build", "Review", 3),
      aChange("2026-09-10T09:00", "Review", "Build", 4),
    ];
    const facts = anItem({ changes, currentStatus: "Build" });
    expect(staysOf(facts)).toEqual([
      ["Backlog", "09-07T09:00", "09-08T09:00"],
      ["Review", "09-09T09:00", "09-10T09:00"],
      ["Build", "09-10T09:00", "open"],
    ]);
    expect(timelineOf(facts).flaws).toEqual(["history-gap"]);
  });

  test("a change before creation is moved to creation and flagged", () => {
    const facts = anItemThatWent([
      ["2026-09-07T09:00", "Backlog"],
      ["2026-09-06T09:00", "Build"],
      ["2026-09-08T09:00", "Done"],
    ]);
    expect(staysOf(facts)).toEqual([
      ["Backlog", "09-07T09:00", "09-07T09:00"],
      ["Build", "09-07T09:00", "09-08T09:00"],
      ["Done", "09-08T09:00", "open"],
    ]);
    expect(timelineOf(facts).flaws).toEqual(["change-before-creation"]);
  });
});

describe("doubtful histories are flagged and kept", () => {
  test("a change that leaves a status which the item was not in: a gap", () => {
    const changes = [
      aChange("2026-09-08T09:00", "Backlog", "Build", 1),
      aChange("2026-09-10T09:00", "Review", "Done", 2),
    ];
    const facts = anItem({ changes, currentStatus: "Done" });
    expect(staysOf(facts)).toEqual(STRAIGHT);
    expect(timelineOf(facts).flaws).toEqual(["history-gap"]);
  });

  test("a last change that does not lead to the status that the source shows", () => {
    expect(timelineOf(anItem({ changes: moves, currentStatus: "Build" })).flaws).toEqual(["status-mismatch"]);
  });

  test("a source that gave fewer histories than it has", () => {
    expect(timelineOf(anItem({ changes: moves, isTruncated: true })).flaws).toEqual(["history-truncated"]);
  });
});
