import { dayText, type ItemFacts } from "@stageledger/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CumulativeFlow } from "../../../packages/core/src/flow/cumulative-flow.ts";
import { DayCounts } from "../../../packages/core/src/flow/day-counts.ts";
import { findMeasured } from "../../support/a-report.ts";
import { AS_OF_INSTANT, MAP, manyOf, untidyItem } from "../../support/arbitrary-items.ts";
import { isInProgress, markBy, plainFlow } from "../../support/flow-by-definition.ts";
import { aZone, day } from "../../support/moments.ts";

const ZONE = "Europe/Berlin";
const [FIRST, LAST] = [day("2026-08-19"), day("2026-11-02")];
/** Positions that are drawn as bands: all but the withdrawn one. */
const BANDS = [0, 1, 2, 3, 4];
const items = manyOf(untidyItem, 12);
const sketch = { map: MAP, zone: ZONE };

function diagramOf(facts: readonly ItemFacts[]): { cumulative: number[][]; corrected: number[][] } {
  const diagram = new CumulativeFlow(MAP, aZone(ZONE));
  for (const one of facts) {
    const item = findMeasured(one, sketch);
    if (item !== undefined) diagram.add(item.flow);
  }
  return { cumulative: diagram.cumulative(FIRST, LAST), corrected: diagram.corrected(FIRST, LAST) };
}

describe("cumulative flow diagram (F13)", () => {
  test("its lines never fall, and no line lies above the one left of it", () => {
    return fc.assert(
      fc.property(items, (facts) => {
        const { cumulative } = diagramOf(facts);
        for (const column of cumulative)
          for (const [i, count] of column.entries()) expect(count).toBeGreaterThanOrEqual(column[i - 1] ?? 0);
        for (const [i, left] of BANDS.entries()) {
          const right = cumulative[BANDS[i + 1] ?? -1] ?? [];
          for (const [at, count] of right.entries()) expect(cumulative[left]?.[at]).toBeGreaterThanOrEqual(count);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("its lines are the number of items by high-water mark, day by day", () => {
    return fc.assert(
      fc.property(items, (facts) => {
        const { cumulative } = diagramOf(facts);
        const flows = facts.flatMap((one) => plainFlow(one, MAP, AS_OF_INSTANT) ?? []);
        for (let at = 0; at <= LAST - FIRST; at += 7) {
          const marks = flows.map((flow) => markBy(flow, dayText(FIRST + at), ZONE, MAP));
          const expected = BANDS.map((stage) => marks.filter((mark) => mark >= stage).length);
          expect(BANDS.map((stage) => cumulative[stage]?.[at])).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("a correction window is never wider than its band", () => {
    return fc.assert(
      fc.property(items, (facts) => {
        const { cumulative, corrected } = diagramOf(facts);
        for (const stage of BANDS) {
          for (const [at, behind] of (corrected[stage] ?? []).entries()) {
            const band = (cumulative[stage]?.[at] ?? 0) - (stage === 4 ? 0 : (cumulative[stage + 1]?.[at] ?? 0));
            expect(behind).toBeGreaterThanOrEqual(0);
            expect(behind).toBeLessThanOrEqual(band);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("WIP (F8)", () => {
  test("at the end of each day is who had started and was neither finished nor withdrawn by then", () => {
    return fc.assert(
      fc.property(items, (facts) => {
        const counts = new DayCounts();
        for (const one of facts) {
          const item = findMeasured(one, sketch);
          if (item !== undefined) counts.add(item);
        }
        const { items: wip } = counts.wip(FIRST, LAST);
        const flows = facts.flatMap((one) => plainFlow(one, MAP, AS_OF_INSTANT) ?? []);
        for (let at = 0; at <= LAST - FIRST; at += 5) {
          const today = dayText(FIRST + at);
          expect(wip[at]).toBe(flows.filter((flow) => isInProgress(flow, today, ZONE)).length);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("start and finish are those of the rules' own words (F2, F3, F4, E12)", () => {
    return fc.assert(
      fc.property(untidyItem, (facts) => {
        const plain = plainFlow(facts, MAP, AS_OF_INSTANT);
        const flow = findMeasured(facts, sketch)?.flow;
        expect(flow === undefined).toBe(plain === undefined);
        expect([flow?.startedAt, flow?.finishedAt, flow?.withdrawnAt]).toEqual([
          plain?.startedAt,
          plain?.finishedAt,
          plain?.withdrawnAt,
        ]);
      }),
      { numRuns: 500 },
    );
  });
});
