import { buildTimeline, type ItemFacts, StatusCatalogue } from "@stageledger/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measured, reportOn } from "../../support/a-report.ts";
import { AS_OF_INSTANT, disordered, MAP, manyOf, untidyItem } from "../../support/arbitrary-items.ts";

/** The item with its changes and blocks in another order, some of them twice. */
function disorderedFacts(facts: ItemFacts): fc.Arbitrary<ItemFacts> {
  return fc
    .record({ changes: disordered(facts.changes), blocks: disordered(facts.blocks) })
    .map((arrays) => ({ ...facts, ...arrays }));
}

describe("the order in which changes come does not matter", () => {
  test("any order and duplication of the same changes gives the same timeline and flow", () => {
    return fc.assert(
      fc.property(
        untidyItem.chain((facts) => fc.tuple(fc.constant(facts), disorderedFacts(facts))),
        ([facts, other]) => {
          fc.pre(facts.createdAt <= AS_OF_INSTANT);
          expect(measured(other, { map: MAP })).toEqual(measured(facts, { map: MAP }));
        },
      ),
      { numRuns: 300 },
    );
  });

  test("nor into how many parts they were split", () => {
    return fc.assert(
      fc.property(untidyItem, fc.nat(8), fc.nat(8), (facts, a, b) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)];
        const parts = [facts.changes.slice(0, first), facts.changes.slice(first, second), facts.changes.slice(second)];
        const changes = [...(parts[2] ?? []), ...(parts[0] ?? []), ...(parts[1] ?? []), ...(parts[0] ?? [])];
        expect(buildTimeline({ ...facts, changes }, AS_OF_INSTANT)).toEqual(buildTimeline(facts, AS_OF_INSTANT));
      }),
      { numRuns: 300 },
    );
  });

  test("any order of items and changes gives the same report, byte for byte", () => {
    const sketch = {
      map: MAP,
      zone: "Europe/Berlin",
      settings: { monteCarlo: { windowDays: 60, trials: 100, horizonDays: 28 } },
    };
    const twoOrders = manyOf(untidyItem, 30).chain((items) =>
      fc.tuple(
        fc.constant(items),
        fc
          .tuple(...items.map(disorderedFacts))
          .chain((others) => fc.shuffledSubarray(others, { minLength: others.length })),
      ),
    );
    return fc.assert(
      fc.property(twoOrders, ([items, others]) => {
        expect(JSON.stringify(reportOn(others, sketch))).toBe(JSON.stringify(reportOn(items, sketch)));
      }),
      { numRuns: 60 },
    );
  });

  test("any order of sightings settles a status in the same way", () => {
    const sighting = fc.record({
      name: fc.constantFrom("Open", "Resolved", "Zugestellt"),
      at: fc.nat(3),
      entered: fc.boolean(),
      withResolution: fc.boolean(),
      category: fc.constantFrom(undefined, "new" as const, "done" as const),
      isCurrent: fc.boolean(),
    });
    return fc.assert(
      fc.property(
        fc
          .array(sighting, { maxLength: 6 })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        (orders) => {
          const [first, second] = orders.map((sightings) => {
            const catalogue = new StatusCatalogue();
            for (const { name, at, entered, withResolution, category, isCurrent } of sightings) {
              if (isCurrent) catalogue.sawCurrent("5", name, category);
              else catalogue.sawInHistory("5", name, at, entered, withResolution);
            }
            return [...catalogue.settle()];
          });
          expect(second).toEqual(first);
        },
      ),
      { numRuns: 300 },
    );
  });
});
