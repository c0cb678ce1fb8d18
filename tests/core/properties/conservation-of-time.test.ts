import { leadMilliseconds } from "@stageledger/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockedTimeByStage } from "../../../packages/core/src/flow/blocking.ts";
import { erasedTimeInStages, timeInStages } from "../../../packages/core/src/flow/time-in-stage.ts";
import { measured } from "../../support/a-report.ts";
import { AS_OF_INSTANT, MAP, tidyItem, untidyItem } from "../../support/arbitrary-items.ts";
import { HOUR } from "../../support/moments.ts";

const existing = untidyItem.filter((facts) => facts.createdAt <= AS_OF_INSTANT);

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

describe("no time is lost or counted twice", () => {
  test("status stays and stage visits tile the time from creation to the as-of instant", () => {
    return fc.assert(
      fc.property(existing, (facts) => {
        const { timeline, flow } = measured(facts, { map: MAP });
        for (const tiles of [timeline.stays, flow.visits]) {
          expect(tiles[0]?.start).toBe(facts.createdAt);
          expect(tiles.at(-1)).toMatchObject({ end: AS_OF_INSTANT, open: true });
          for (const [i, { start, end, open }] of tiles.entries()) {
            expect(end).toBeGreaterThanOrEqual(start);
            expect(open).toBe(i === tiles.length - 1);
            if (i > 0) expect(start).toBe(tiles[i - 1]?.end);
          }
        }
        for (const [i, { stage }] of flow.visits.entries()) expect(stage).not.toBe(flow.visits[i - 1]?.stage);
      }),
      { numRuns: 300 },
    );
  });

  test("time in stages is all the time there was (F11)", () => {
    return fc.assert(
      fc.property(existing, (facts) => {
        const { flow } = measured(facts, { map: MAP });
        const times = timeInStages(flow);
        expect(sum(times.map(({ total }) => total))).toBe(AS_OF_INSTANT - facts.createdAt);
        expect(sum(times.map(({ visits }) => visits))).toBe(flow.visits.length);
        for (const { visits, total, average } of times) expect(average * visits).toBeCloseTo(total, 3);
      }),
      { numRuns: 300 },
    );
  });

  test("time in open stages and the gaps in done add up to the lead time (E2, F7)", () => {
    return fc.assert(
      fc.property(existing, (facts) => {
        const { flow } = measured(facts, { map: MAP });
        const { finishedAt } = flow;
        fc.pre(finishedAt !== undefined);
        const before = timeInStages({ visits: flow.visits.filter(({ start }) => start < (finishedAt ?? 0)) });
        const [inStages, gaps] = [true, false].map((isOpen) =>
          sum(before.filter(({ stage }) => MAP.isOpen(stage) === isOpen).map(({ total }) => total)),
        );
        expect((inStages ?? 0) + (gaps ?? 0)).toBe(leadMilliseconds(flow));
        const wasWithdrawn = flow.visits.some(({ stage }) => MAP.stages[stage]?.kind === "withdrawn");
        if (flow.reopenCount === 0 && !wasWithdrawn) expect(gaps).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test("the erased view adds up to the lead time as well (E1)", () => {
    return fc.assert(
      fc.property(existing, (facts) => {
        const { flow } = measured(facts, { map: MAP });
        const erased = sum(erasedTimeInStages(flow).values());
        expect(erased).toBe(leadMilliseconds(flow) ?? AS_OF_INSTANT - facts.createdAt);
      }),
      { numRuns: 300 },
    );
  });

  test("blocked time is each hour in an active stage, between start and finish, that any block covers (F24)", () => {
    return fc.assert(
      fc.property(tidyItem, (facts) => {
        fc.pre(facts.createdAt <= AS_OF_INSTANT);
        const { flow, blocks } = measured(facts, { map: MAP });
        const { startedAt, finishedAt, withdrawnAt } = flow;
        let expected = 0;
        if (startedAt !== undefined) {
          for (let at = startedAt; at < (finishedAt ?? withdrawnAt ?? AS_OF_INSTANT); at += HOUR) {
            const visit = flow.visits.find(({ start, end }) => start <= at && at < end);
            const isActive = MAP.stages[visit?.stage ?? -1]?.kind === "active";
            if (isActive && blocks.some(({ start, end }) => start <= at && at < end)) expected += HOUR;
          }
        }
        expect(sum(blockedTimeByStage(blocks, flow, MAP).values())).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });
});
