import { buildTimeline, DEFAULT_REPORT_SETTINGS, GONE } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { CumulativeFlow } from "../../../packages/core/src/flow/cumulative-flow.ts";
import { measureItem } from "../../../packages/core/src/flow/item-flow.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anItemThatWent, type Step } from "../../support/an-item.ts";
import { aZone, day, utc } from "../../support/moments.ts";

const AS_OF = utc("2026-09-30");
const BEGUN: readonly [Step, ...Step[]] = [
  ["2026-09-07T09:00", "Backlog"],
  ["2026-09-08T09:00", "Build"],
];

function flowOf(...rest: readonly Step[]) {
  const timeline = buildTimeline(anItemThatWent([...BEGUN, ...rest]), AS_OF);
  if (timeline === undefined) throw new Error("no timeline");
  return { timeline, flow: measureItem(timeline, aStageMap(), DEFAULT_REPORT_SETTINGS.flow) };
}

describe("an item that is gone (E13)", () => {
  test("leaves when it goes: a departure and no throughput", () => {
    const { timeline, flow } = flowOf(["2026-09-10T09:00", GONE]);
    expect(timeline.stays.at(-1)).toMatchObject({ status: "Build", end: utc("2026-09-10T09:00"), open: false });
    expect(timeline.goneAt).toBe(utc("2026-09-10T09:00"));
    expect(flow).toMatchObject({ withdrawnAt: utc("2026-09-10T09:00"), finishedAt: undefined });
    const flows = new CumulativeFlow(aStageMap(), aZone());
    flows.add(flow);
    expect(flows.departed(day("2026-09-09"), day("2026-09-11"))).toEqual([0, 1, 1]);
  });

  test("has the status that the source showed before it went: that is no mismatch", () => {
    const item = anItemThatWent([...BEGUN, ["2026-09-10T09:00", GONE]], { currentStatus: "Build" });
    expect(buildTimeline(item, AS_OF)?.flaws).toEqual([]);
  });

  test("stays finished when it was done before", () => {
    const { flow } = flowOf(["2026-09-10T09:00", "Done"], ["2026-09-20T09:00", GONE]);
    expect(flow).toMatchObject({ finishedAt: utc("2026-09-10T09:00"), withdrawnAt: undefined });
  });

  test("is resurrected when it reappears: the time between belongs to no stage", () => {
    const { timeline, flow } = flowOf(["2026-09-10T09:00", GONE], ["2026-09-12T09:00", "Build"]);
    expect(timeline.goneAt).toBeUndefined();
    expect(flow.withdrawnAt).toBeUndefined();
    expect(flow.visits.map(({ stage, start, end }) => [stage, start, end])).toEqual([
      [0, utc("2026-09-07T09:00"), utc("2026-09-08T09:00")],
      [1, utc("2026-09-08T09:00"), utc("2026-09-10T09:00")],
      [1, utc("2026-09-12T09:00"), AS_OF],
    ]);
  });
});
