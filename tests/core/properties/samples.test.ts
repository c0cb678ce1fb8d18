import {
  type ItemFacts,
  OFFICE_HOURS,
  type ReportWindow,
  reportWindow,
  StageSampler,
  WorkCalendar,
} from "@stageledger/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findMeasured } from "../../support/a-report.ts";
import { aStage, aStageMap } from "../../support/a-stage-map.ts";
import { manyOf, tidyItem } from "../../support/arbitrary-items.ts";
import { aZone, DAY, utc } from "../../support/moments.ts";

/** Two logical stages: Build, and Test with Review as the waiting before it. Low gates, so that parking happens. */
const MAP = aStageMap({
  stages: [
    aStage("Backlog", "waiting"),
    aStage("Build"),
    aStage("Review", "waiting"),
    aStage("Test"),
    aStage("Done", "done"),
  ],
});
const LOGICAL: Readonly<Record<number, string>> = { 1: "Build", 2: "Test", 3: "Test" };
const PARKED = { olderThanDays: 3, overtakenBy: 2 };
const ZONE = aZone("Europe/Berlin");
const WINDOW: ReportWindow = reportWindow(ZONE, utc("2026-10-26"), 2);

interface Stay {
  readonly key: string;
  readonly project: string;
  readonly stage: string;
  readonly start: number;
  readonly end: number;
  readonly isOpen: boolean;
}

/** Stays in a logical stage: neighbours of the same one joined. */
function staysOf(facts: ItemFacts): Stay[] {
  const stays: Stay[] = [];
  for (const { stage, start, end, open } of findMeasured(facts, { map: MAP })?.flow.visits ?? []) {
    const name = LOGICAL[stage];
    const last = stays.at(-1);
    if (name === undefined) continue;
    const isOpen = open || end > WINDOW.end;
    if (last?.stage === name && last.end === start) stays[stays.length - 1] = { ...last, end, isOpen };
    else stays.push({ key: facts.key, project: facts.project, stage: name, start, end, isOpen });
  }
  return stays.filter((stay) => stay.start < WINDOW.end);
}

/** B1 in its own words. */
function isParked(stay: Stay, all: readonly Stay[]): boolean {
  const overtakers = all.filter(
    (other) =>
      other.project === stay.project && other.stage === stay.stage && other.start > stay.start && !other.isOpen,
  );
  return (
    stay.isOpen &&
    WINDOW.end - stay.start > PARKED.olderThanDays * DAY &&
    new Set(overtakers.map(({ key }) => key)).size >= PARKED.overtakenBy
  );
}

describe("samples of the verdict (B1)", () => {
  test("are, at every working hour, the items in the stage that are not parked, in any order of the items", () => {
    return fc.assert(
      fc.property(
        manyOf(tidyItem, 25).chain((items) =>
          fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
        ),
        ([items, shuffled]) => {
          const calendar = new WorkCalendar(ZONE, OFFICE_HOURS);
          const sampler = new StageSampler(MAP, WINDOW, calendar, PARKED);
          for (const facts of shuffled) {
            const item = findMeasured(facts, { map: MAP });
            if (item !== undefined) sampler.add(item.key, item.project, item.flow);
          }
          const samples = sampler.finish();
          const all = items.flatMap(staysOf);
          const parked = all.filter((stay) => isParked(stay, all));
          expect(samples.parked.count).toBe(parked.length);
          const hours = Array.from({ length: 14 }, (_, i) => calendar.sampleInstants(WINDOW.firstDay + i)).flat();
          for (const stage of ["Build", "Test"]) {
            // A stage that no item ever entered is not on the board: nobody stood there.
            const index = samples.board.stages.findIndex(
              ({ name }) => name === stage || (stage === "Test" && name === "Review"),
            );
            const standing = index === -1 ? hours.map(() => 0) : [...(samples.itemsByHour[index] ?? [])];
            const counted = all.filter((stay) => stay.stage === stage && !parked.includes(stay));
            const expected = hours.map(
              (hour) => counted.filter(({ start, end }) => start <= hour && hour < end).length,
            );
            expect(standing).toEqual(expected);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
