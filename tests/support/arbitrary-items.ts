/** Arbitrary lives of work items, tidy and untidy, for properties. */
import type { BlockChange, ItemFacts, StageChange } from "@stageledger/core";
import * as fc from "fast-check";
import { aStage, aStageMapWith } from "./a-stage-map.ts";
import { anItem } from "./an-item.ts";
import { HOUR, utc } from "./moments.ts";

/** The golden board with a withdrawn stage; the status "Elsewhere" is Unmapped. */
export const MAP = aStageMapWith(aStage("Dropped", "withdrawn"));

export const AS_OF_INSTANT = utc("2026-11-02");

const STATUSES = ["Backlog", "Build", "Review", "Test", "Done", "Dropped", "Elsewhere"] as const;
const FIRST_INSTANT = utc("2026-08-20");
const LONGEST_HOURS = 24 * 70;

const status = fc.constantFrom(...STATUSES);
const hours = fc.integer({ min: 0, max: LONGEST_HOURS });
/** Now and then several changes share an instant. */
const stepHours = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 200 }));

interface Step {
  readonly hoursLater: number;
  readonly to: string;
}

const steps = fc.array(fc.record({ hoursLater: stepHours, to: status }), { maxLength: 8 });

function changesOf(createdAt: number, first: string, taken: readonly Step[]): StageChange[] {
  let [at, from] = [createdAt, first];
  return taken.map(({ hoursLater, to }, i) => {
    at += hoursLater * HOUR;
    const change = { at, sequence: i + 1, index: 0, from, to };
    from = to;
    return change;
  });
}

const blocks: fc.Arbitrary<BlockChange[]> = fc.array(
  fc.record({
    at: hours.map((later) => FIRST_INSTANT + later * HOUR),
    sequence: fc.integer({ min: 1, max: 1_000_000 }),
    index: fc.constant(0),
    reason: fc.constantFrom("flag" as const, "link" as const),
    source: fc.constantFrom("", "OPS-1"),
    begins: fc.boolean(),
  }),
  { maxLength: 5 },
);

/** A whole chain of changes in order, as a faultless source gives it. */
export const tidyItem: fc.Arbitrary<ItemFacts> = fc
  .record({
    createdAt: hours.map((later) => FIRST_INSTANT + later * HOUR),
    first: status,
    taken: steps,
    blocks,
    project: fc.constantFrom("PAY", "WEB"),
    isSubtask: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    resolution: fc.constantFrom(undefined, "Done", "Duplicate"),
  })
  .map(({ first, taken, ...facts }) => {
    const changes = changesOf(facts.createdAt, first, taken);
    return anItem({ ...facts, changes, currentStatus: changes.at(-1)?.to ?? first });
  });

/** A tidy item whose clock jumps, whose chain may be broken, and whose changes may lie before its creation. */
export const untidyItem: fc.Arbitrary<ItemFacts> = fc
  .tuple(
    tidyItem,
    fc.array(fc.record({ shiftHours: fc.integer({ min: -100, max: 100 }), from: status, keep: fc.boolean() }), {
      minLength: 8,
      maxLength: 8,
    }),
  )
  .map(([facts, faults]) => ({
    ...facts,
    changes: facts.changes.map((change, i) => {
      const fault = faults[i];
      if (fault === undefined || fault.keep) return change;
      return { ...change, at: change.at + fault.shiftHours * HOUR, from: i % 3 === 2 ? fault.from : change.from };
    }),
  }));

/** Several items with ids and keys of their own. */
export function manyOf(item: fc.Arbitrary<ItemFacts>, maxLength: number): fc.Arbitrary<ItemFacts[]> {
  return fc
    .array(item, { minLength: 1, maxLength })
    .map((items) => items.map((facts, i) => ({ ...facts, id: String(i + 1), key: `${facts.project}-${i + 1}` })));
}

/** The same values in another order, some of them twice. */
export function disordered<T>(values: readonly T[]): fc.Arbitrary<T[]> {
  return fc
    .tuple(fc.shuffledSubarray([...values], { minLength: values.length }), fc.subarray([...values]))
    .map(([shuffled, again]) => [...shuffled, ...again]);
}
