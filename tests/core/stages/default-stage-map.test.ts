import {
  buildTimeline,
  defaultStageMap,
  FirstEntryPlaces,
  type ItemFacts,
  type Status,
  type StatusCategory,
} from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { anItemThatWent, type Step } from "../../support/an-item.ts";
import { utc } from "../../support/moments.ts";

/** An item that went through the statuses one day after the other. */
function wentThrough(...statuses: string[]): ItemFacts {
  const [first = "", ...others] = statuses;
  const steps = others.map((status, i): Step => [`2026-09-${String(i + 8).padStart(2, "0")}`, status]);
  return anItemThatWent([["2026-09-07", first], ...steps]);
}

function placesOf(...items: ItemFacts[]): FirstEntryPlaces {
  const places = new FirstEntryPlaces();
  for (const facts of items) {
    const timeline = buildTimeline(facts, utc("2026-11-02"));
    if (timeline !== undefined) places.add(timeline);
  }
  return places;
}

function aStatus(id: string, name: string, category: StatusCategory, overrides: Partial<Status> = {}): Status {
  return { id, name, category, categoryFrom: "source", formerNames: [], deleted: false, inUse: true, ...overrides };
}

function byId(...statuses: Status[]): ReadonlyMap<string, Status> {
  return new Map(statuses.map((status) => [status.id, status]));
}

const TODO = aStatus("1", "To Do", "new");
const BUILD = aStatus("3", "Build", "indeterminate");
const REVIEW = aStatus("2", "Review", "indeterminate");
const DONE = aStatus("4", "Done", "done");

describe("default stage map (F1)", () => {
  test("makes each status a stage, ordered by category, then by mean place of first entry", () => {
    // Build is entered second by both (mean 1); Review third and fourth (mean 2.5); Test third by one (2).
    const places = placesOf(wentThrough("1", "3", "2", "4"), wentThrough("1", "3", "5", "2", "4"));
    const map = defaultStageMap(byId(DONE, REVIEW, BUILD, TODO, aStatus("5", "Test", "indeterminate")), places);
    expect(map?.stages.map(({ name }) => name)).toEqual(["To Do", "Build", "Test", "Review", "Done"]);
    expect(map?.stages.map(({ kind }) => kind)).toEqual(["waiting", "active", "active", "active", "done"]);
    expect(map?.origin).toBe("default");
  });

  test("goes by category before it goes by place, whatever the items did", () => {
    // Entered in the order Done, Build, To Do.
    const map = defaultStageMap(byId(TODO, BUILD, DONE), placesOf(wentThrough("4", "3", "1")));
    expect(map?.stages.map(({ name }) => name)).toEqual(["To Do", "Build", "Done"]);
  });

  test("goes by the mean place, not by how many came through", () => {
    // Build: three times at place 1; Review: once at place 2.
    const places = placesOf(wentThrough("1", "3", "2"), wentThrough("1", "3"), wentThrough("1", "3"));
    const map = defaultStageMap(byId(TODO, BUILD, REVIEW), places);
    expect(map?.stages.map(({ name }) => name)).toEqual(["To Do", "Build", "Review"]);
  });

  test("counts only the first entry of an item into a status", () => {
    // Build 1, Review 2 by the first entries; the second entry into Build would come after Review.
    const places = placesOf(wentThrough("1", "3", "2", "3", "2", "3", "4"));
    expect([places.meanOf("1"), places.meanOf("3"), places.meanOf("2"), places.meanOf("4")]).toEqual([0, 1, 2, 3]);
  });

  test("settles ties by id, in natural order", () => {
    // One item goes 3, 20, the other 20, 3: both have the mean place 1.5.
    const places = placesOf(wentThrough("1", "3", "20", "4"), wentThrough("1", "20", "3", "4"));
    const map = defaultStageMap(byId(aStatus("20", "Alpha", "indeterminate"), BUILD, TODO, DONE), places);
    expect(map?.stages.map(({ name }) => name)).toEqual(["To Do", "Build", "Alpha", "Done"]);
  });

  test("commits at the first in-progress stage", () => {
    const map = defaultStageMap(byId(TODO, BUILD, REVIEW, DONE), placesOf(wentThrough("1", "3", "2", "4")));
    expect(map?.commitment).toBe(1);
  });

  test("commits at the first stage that is not done when none is in progress", () => {
    const map = defaultStageMap(byId(TODO, DONE), placesOf(wentThrough("1", "4")));
    expect(map?.commitment).toBe(0);
  });

  test("does not exist when nothing was ever in a status that is not done", () => {
    expect(defaultStageMap(byId(TODO, BUILD, DONE), placesOf(wentThrough("4")))).toBeUndefined();
  });

  test("leaves out statuses that no item entered", () => {
    const map = defaultStageMap(byId(TODO, BUILD, REVIEW, DONE), placesOf(wentThrough("1", "3", "4")));
    expect(map?.stages.map(({ name }) => name)).toEqual(["To Do", "Build", "Done"]);
  });

  test("leaves a deleted status about which nothing can be guessed Unmapped (E5, E6)", () => {
    const unknown = aStatus("9", "Zugestellt", "indeterminate", { deleted: true, categoryFrom: "unknown" });
    const guessed = aStatus("8", "Resolved", "done", { deleted: true, categoryFrom: "name" });
    const places = placesOf(wentThrough("1", "3", "9", "8"));
    const map = defaultStageMap(byId(TODO, BUILD, unknown, guessed), places);
    expect(map?.stages.map(({ name }) => name)).toEqual(["To Do", "Build", "Resolved"]);
    expect(map?.positionOf("9")).toBe(-1);
  });

  test("keeps waiting columns apart by their names, and knows which one means blocked (F24)", () => {
    const ready = aStatus("6", "Ready for review", "indeterminate");
    const held = aStatus("7", "On hold", "indeterminate");
    const map = defaultStageMap(byId(TODO, BUILD, ready, held, DONE), placesOf(wentThrough("1", "3", "6", "7", "4")));
    expect(map?.stages.map(({ name, kind }) => [name, kind])).toEqual([
      ["To Do", "waiting"],
      ["Build", "active"],
      ["Ready for review", "waiting"],
      ["On hold", "waiting"],
      ["Done", "done"],
    ]);
    expect([...(map?.blockedStatuses ?? [])]).toEqual(["7"]);
  });

  test("tells two statuses of one name apart by their ids", () => {
    const twin = aStatus("33", "Build", "indeterminate");
    const map = defaultStageMap(byId(TODO, BUILD, twin, DONE), placesOf(wentThrough("1", "3", "33", "4")));
    expect(map?.stages.map(({ name }) => name)).toEqual(["To Do", "Build (3)", "Build (33)", "Done"]);
  });
});
