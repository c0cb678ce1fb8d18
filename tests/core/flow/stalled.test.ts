import { type ItemFacts, lastActivity } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { isStalled } from "../../../packages/core/src/flow/ageing.ts";
import { flowOn, measured } from "../../support/a-report.ts";
import { aBlock, anItemStarted, anItemThatWent } from "../../support/an-item.ts";
import { utc } from "../../support/moments.ts";

/** Last moved on 10-20 at 09:00. */
const QUIET = anItemStarted(["2026-10-15T09:00", "Build"], ["2026-10-20T09:00", "Review"]);

function stalledAt(asOf: string, overrides: Partial<ItemFacts> = {}, subtaskAt?: number): boolean {
  const facts = { ...QUIET, ...overrides };
  const subtaskActivity = new Map(subtaskAt === undefined ? [] : [[facts.id, subtaskAt]]);
  const { flow, blocks, lastActivityAt } = measured(facts, { asOf, subtaskActivity });
  return isStalled(flow, blocks, lastActivityAt, 5);
}

describe("stalled (F25)", () => {
  test("after five days without a stage change, not a minute earlier", () => {
    expect(stalledAt("2026-10-25T09:00")).toBe(true);
    expect(stalledAt("2026-10-25T08:59")).toBe(false);
  });

  test("the number of days is a setting", () => {
    const { flow, blocks, lastActivityAt } = measured(QUIET, { asOf: "2026-10-28T09:00" });
    expect([8, 9].map((days) => isStalled(flow, blocks, lastActivityAt, days))).toEqual([true, false]);
  });

  test("a resolution or project change winds the clock again", () => {
    expect(stalledAt("2026-10-25T09:00", { otherActivity: [utc("2026-10-23T09:00")] })).toBe(false);
    expect(stalledAt("2026-10-28T09:00", { otherActivity: [utc("2026-10-23T09:00")] })).toBe(true);
  });

  test("a block and its end wind the clock again", () => {
    const blocks = [aBlock("2026-10-21T09:00", true), aBlock("2026-10-22T09:00", false)];
    expect(stalledAt("2026-10-27T08:59", { blocks })).toBe(false);
    expect(stalledAt("2026-10-27T09:00", { blocks })).toBe(true);
  });

  test("blocked wins over stalled, however long it lasts", () => {
    expect(stalledAt("2026-11-30T09:00", { blocks: [aBlock("2026-10-21T09:00", true)] })).toBe(false);
  });

  test("what happened after the as-of instant does not count", () => {
    expect(stalledAt("2026-10-25T09:00", { otherActivity: [utc("2026-10-26T09:00")] })).toBe(true);
    expect(lastActivity({ ...QUIET, otherActivity: [utc("2026-10-26T09:00")] }, utc("2026-10-25T09:00"))).toBe(
      utc("2026-10-20T09:00"),
    );
  });

  test("a sub-task's activity winds its parent's clock, up to the as-of instant (E10)", () => {
    expect(stalledAt("2026-10-25T09:00", {}, utc("2026-10-24T09:00"))).toBe(false);
    expect(stalledAt("2026-10-29T09:00", {}, utc("2026-10-24T09:00"))).toBe(true);
  });

  test("a sub-task's later activity is not known yet at the as-of instant (E10)", () => {
    const subtaskActivity = new Map([[QUIET.id, utc("2026-10-30T09:00")]]);
    const { lastActivityAt } = measured(QUIET, { asOf: "2026-10-25T09:00", subtaskActivity });
    expect(lastActivityAt).toBeLessThanOrEqual(utc("2026-10-25T09:00"));
  });

  test.each([
    ["waiting to start", anItemThatWent([["2026-10-01T09:00", "Backlog"]])],
    ["finished", anItemStarted(["2026-10-01T09:00", "Build"], ["2026-10-02T09:00", "Done"])],
  ])("an item that is %s cannot stall", (_name, facts) => expect(stalledAt("2026-10-25T09:00", facts)).toBe(false));

  test("the report counts and lists the stalled among the items in progress", () => {
    const moving = anItemStarted(["2026-11-01T09:00", "Build"]);
    const blocked = { ...QUIET, key: "PAY-3", blocks: [aBlock("2026-10-21T09:00", true)] };
    const flow = flowOn([{ ...QUIET, key: "PAY-1" }, { ...moving, key: "PAY-2" }, blocked]);
    expect(flow.stalled.items).toMatchObject({ value: 1, n: 3, unit: "items", rule: "F25" });
    expect(flow.stalled.keys).toEqual(["PAY-1"]);
    expect(flow.charts.ageing.map(({ key, stalled, blocked: isBlocked }) => [key, stalled, isBlocked])).toEqual([
      ["PAY-1", true, false],
      ["PAY-3", false, true],
      ["PAY-2", false, false],
    ]);
  });
});
