import type { BlockChange, ItemFacts } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { blockedTimeByStage } from "../../../packages/core/src/flow/blocking.ts";
import { FlowEfficiency } from "../../../packages/core/src/flow/efficiency.ts";
import { FigureSheet } from "../../../packages/core/src/flow/figure.ts";
import { flowOn, measured, rowOf } from "../../support/a-report.ts";
import { aStage, aStageMap, FIVE_STAGES } from "../../support/a-stage-map.ts";
import { aBlock, anItemStarted, copies } from "../../support/an-item.ts";
import { HOUR } from "../../support/moments.ts";

const [BUILD, REVIEW] = [1, 2];

/** Build 09-08 to 09-10, Review to 09-12, done then: 96 h in active stages. */
const ITEM = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-10T09:00", "Review"], ["2026-09-12T09:00", "Done"]);

function blockedHours(blocks: readonly BlockChange[], facts: ItemFacts = ITEM, map = aStageMap()): [number, number][] {
  const item = measured({ ...facts, blocks }, { map });
  return [...blockedTimeByStage(item.blocks, item.flow, map)].map(([stage, time]) => [stage, time / HOUR]);
}

describe("blocked time (F24)", () => {
  test("of a flag is attributed to the stage held when it began, even when it goes on in the next", () => {
    // 09-09 21:00 to 09-10 15:00: 18 h, of which 6 in Review.
    expect(blockedHours([aBlock("2026-09-09T21:00", true), aBlock("2026-09-10T15:00", false)])).toEqual([[BUILD, 18]]);
  });

  test("of flag and links counts once where they overlap", () => {
    const link = { reason: "link" as const, source: "OPS-1" };
    const other = { reason: "link" as const, source: "OPS-2" };
    // Flag 10–14, OPS-1 12–18, OPS-2 20–22: 8 h and 2 h.
    expect(
      blockedHours([
        aBlock("2026-09-08T10:00", true),
        aBlock("2026-09-08T14:00", false),
        aBlock("2026-09-08T12:00", true, link),
        aBlock("2026-09-08T18:00", false, link),
        aBlock("2026-09-08T20:00", true, other),
        aBlock("2026-09-08T22:00", false, other),
      ]),
    ).toEqual([[BUILD, 10]]);
  });

  test("of two links lasts until the second is gone", () => {
    const [first, second] = ["OPS-1", "OPS-2"].map((source) => ({ reason: "link" as const, source }));
    expect(
      blockedHours([
        aBlock("2026-09-08T10:00", true, first),
        aBlock("2026-09-08T11:00", true, second),
        aBlock("2026-09-08T12:00", false, first),
        aBlock("2026-09-08T16:00", false, second),
      ]),
    ).toEqual([[BUILD, 6]]);
  });

  test("is clipped to start and finish", () => {
    const early = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-12T09:00", "Done"]);
    const item = { ...early, createdAt: Date.UTC(2026, 8, 1) };
    // Flagged in the backlog and never taken off: 96 h from start to finish.
    const hours = blockedHours([aBlock("2026-09-02T09:00", true)], item).map(([, spent]) => spent);
    expect(hours).toEqual([96]);
  });

  test("counts from the start on, also on a board with work before the commitment", () => {
    // In Build from 09-08, started with Review on 09-10: of the block from 09-09 21:00 to 09-10 15:00 six hours count.
    const blocks = [aBlock("2026-09-09T21:00", true), aBlock("2026-09-10T15:00", false)];
    const hours = blockedHours(blocks, ITEM, aStageMap({ commitment: "Review" })).map(([, spent]) => spent);
    expect(hours).toEqual([6]);
  });

  test("of an open block ends at now", () => {
    const open = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-10T09:00", "Review"]);
    const item = measured({ ...open, blocks: [aBlock("2026-09-11T09:00", true)] }, { asOf: "2026-09-11T14:00" });
    expect(item.blocks).toEqual([{ start: Date.UTC(2026, 8, 11, 9), end: Date.UTC(2026, 8, 11, 14), open: true }]);
    expect([...blockedTimeByStage(item.blocks, item.flow, aStageMap())]).toEqual([[REVIEW, 5 * HOUR]]);
  });

  test("is counted in active stages only", () => {
    const stages = [...FIVE_STAGES.slice(0, 2), aStage("Ready for review", "waiting"), ...FIVE_STAGES.slice(2)];
    const item = anItemStarted(
      ["2026-09-08T09:00", "Build"],
      ["2026-09-09T09:00", "Ready for review"],
      ["2026-09-10T09:00", "Review"],
      ["2026-09-11T09:00", "Done"],
    );
    // 09-08 21:00 to 09-10 15:00: 12 h in Build, 24 h waiting, 6 h in Review.
    const blocks = [aBlock("2026-09-08T21:00", true), aBlock("2026-09-10T15:00", false)];
    expect(blockedHours(blocks, item, aStageMap({ stages }))).toEqual([[BUILD, 18]]);
  });

  test("of a status that means blocked is the stay in it", () => {
    const stages = FIVE_STAGES.map((stage) =>
      stage.name === "Build" ? { ...stage, statuses: ["Build", "Impeded"] } : stage,
    );
    const map = aStageMap({ stages, blockedStatuses: ["Impeded"] });
    const item = anItemStarted(
      ["2026-09-08T09:00", "Build"],
      ["2026-09-08T12:00", "Impeded"],
      ["2026-09-08T19:00", "Build"],
      ["2026-09-09T09:00", "Done"],
    );
    expect(blockedHours([], item, map)).toEqual([[BUILD, 7]]);
    // The flag from 18:00 to 20:00 adds one hour to the seven.
    expect(blockedHours([aBlock("2026-09-08T18:00", true), aBlock("2026-09-08T20:00", false)], item, map)).toEqual([
      [BUILD, 8],
    ]);
  });

  test("takes changes in any order, twice, and ignores an end without a beginning", () => {
    const blocks = [
      aBlock("2026-09-08T14:00", false),
      aBlock("2026-09-08T10:00", true),
      aBlock("2026-09-08T10:00", true),
      aBlock("2026-09-08T09:30", false),
    ];
    expect(blockedHours(blocks)).toEqual([[BUILD, 4]]);
    expect(blockedHours(blocks.toReversed())).toEqual([[BUILD, 4]]);
  });

  test("of an item that never started is none", () => {
    const facts = { ...anItemStarted(["2026-09-08T09:00", "Done"]), blocks: [aBlock("2026-09-07T10:00", true)] };
    const item = measured(facts);
    expect(blockedTimeByStage(item.blocks, item.flow, aStageMap()).size).toBe(0);
  });

  test("stands in the report: items, time, and time by stage", () => {
    const blocked = { ...ITEM, blocks: [aBlock("2026-09-08T10:00", true), aBlock("2026-09-08T14:00", false)] };
    const flow = flowOn([...copies(3, blocked), ...copies(2, ITEM)]);
    expect(flow.blocked.items).toMatchObject({ value: 3, n: 5, unit: "items", rule: "F24" });
    expect(flow.blocked.time).toMatchObject({ value: 12 * HOUR, n: 5, unit: "milliseconds" });
    expect(rowOf(flow, "Build").blockedTime.value).toBe(12 * HOUR);
    expect(rowOf(flow, "Review").blockedTime.value).toBe(0);
  });
});

describe("flow efficiency (F22)", () => {
  const separate = aStageMap({
    stages: [...FIVE_STAGES.slice(0, 2), aStage("Ready for review", "waiting"), ...FIVE_STAGES.slice(2)],
  });
  /** Build 30 h, waits 10 h, Review 10 h. */
  const waited = anItemStarted(
    ["2026-09-08T00:00", "Build"],
    ["2026-09-09T06:00", "Ready for review"],
    ["2026-09-09T16:00", "Review"],
    ["2026-09-10T02:00", "Done"],
  );

  test("is active over active, waiting and blocked; blocked time is taken out of active", () => {
    const flagged = { ...waited, blocks: [aBlock("2026-09-08T04:00", true), aBlock("2026-09-08T12:00", false)] };
    // Active 40 − 8 = 32, waiting 10, blocked 8.
    expect(flowOn([flagged], { map: separate }).efficiency).toMatchObject({
      value: 32 / 50,
      n: 1,
      unit: "ratio",
      rule: "F22",
    });
  });

  test("is shown when waiting stages are declared: 40 of 50 h", () => {
    expect(flowOn([waited], { map: separate }).efficiency.value).toBe(0.8);
  });

  test("is shown on a merged board when blocking is in use: 92 of 96 h", () => {
    const flagged = { ...ITEM, blocks: [aBlock("2026-09-08T10:00", true), aBlock("2026-09-08T14:00", false)] };
    expect(flowOn([flagged]).efficiency.value).toBe(92 / 96);
  });

  test("is refused when neither is so: a backlog before the commitment is no waiting stage of the flow", () => {
    expect(flowOn([ITEM]).efficiency).toMatchObject({
      value: null,
      note: "no waiting stages are declared and nothing was blocked",
    });
  });

  test("looks at the items that finished in the charts' half year", () => {
    // The charts begin on 2026-05-05.
    const old = anItemStarted(["2026-05-01T00:00", "Ready for review"], ["2026-05-04T23:00", "Done"]);
    expect(flowOn([waited, old], { map: separate }).efficiency).toMatchObject({ value: 0.8, n: 1 });
  });

  test("knows nothing of an open item, even when it is told of one", () => {
    const efficiency = new FlowEfficiency(separate);
    efficiency.add(measured(waited, { map: separate }));
    efficiency.add(measured(anItemStarted(["2026-09-08T00:00", "Build"]), { map: separate }));
    expect(efficiency.efficiency(new FigureSheet(1, new Set()))).toMatchObject({ value: 0.8, n: 1 });
  });

  test("counts finished items only, from start to finish, without the gap of a re-opened one (E2)", () => {
    const open = anItemStarted(["2026-09-08T00:00", "Build"], ["2026-09-09T06:00", "Ready for review"]);
    const reopened = anItemStarted(
      ["2026-09-08T00:00", "Build"],
      ["2026-09-08T10:00", "Done"],
      ["2026-09-09T10:00", "Ready for review"],
      ["2026-09-09T20:00", "Done"],
    );
    // 40 + 10 active, 10 + 10 waiting.
    const { efficiency } = flowOn([waited, open, reopened], { map: separate });
    expect(efficiency).toMatchObject({ value: 50 / 70, n: 2 });
  });
});
