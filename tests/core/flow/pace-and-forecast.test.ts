import { describe, expect, test } from "vitest";
import { forecastItem, StagePace } from "../../../packages/core/src/flow/ageing.ts";
import { flowOn, measured } from "../../support/a-report.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anItemStarted, anItemThatWent, copies } from "../../support/an-item.ts";
import { aZone } from "../../support/moments.ts";

const [BUILD, REVIEW, TEST] = [1, 2, 3];

/** Started on 09-01; left Build on its 5th day, Review on its 9th, and finished on its 12th. */
const TWELVE_DAYS = anItemStarted(
  ["2026-09-01T09:00", "Build"],
  ["2026-09-05T09:00", "Review"],
  ["2026-09-09T09:00", "Test"],
  ["2026-09-12T09:00", "Done"],
);

function paceOf(...items: ReturnType<typeof anItemStarted>[]): StagePace {
  const pace = new StagePace(aStageMap());
  for (const facts of items) pace.add(measured(facts).flow, aZone());
  return pace;
}

describe("pace percentiles (F19)", () => {
  test("are of the age at which finished items left each stage", () => {
    const pace = paceOf(TWELVE_DAYS);
    expect([BUILD, REVIEW, TEST].map((stage) => pace.ageLeaving(stage, 85))).toEqual([5, 9, 12]);
    expect(pace.total(85)).toBe(12);
  });

  test("leave out items that moved backward, which still count in the total", () => {
    const back = anItemStarted(
      ["2026-09-01T09:00", "Build"],
      ["2026-09-20T09:00", "Review"],
      ["2026-09-21T09:00", "Build"],
      ["2026-09-30T09:00", "Done"],
    );
    const pace = paceOf(TWELVE_DAYS, back);
    expect([pace.itemsLeaving(BUILD), pace.ageLeaving(BUILD, 95)]).toEqual([1, 5]);
    expect(pace.total(95)).toBe(30);
  });

  test("leave out open items, never-started ones, and stages that an item skipped", () => {
    const pace = paceOf(
      anItemStarted(["2026-09-01T09:00", "Build"], ["2026-09-05T09:00", "Review"]),
      anItemThatWent([
        ["2026-09-01T09:00", "Backlog"],
        ["2026-09-05T09:00", "Done"],
      ]),
      anItemStarted(["2026-09-01T09:00", "Build"], ["2026-09-03T09:00", "Done"]),
    );
    expect([BUILD, REVIEW, TEST].map((stage) => pace.itemsLeaving(stage))).toEqual([1, 0, 0]);
    expect(pace.ageLeaving(BUILD, 50)).toBe(3);
    expect(pace.ageLeaving(REVIEW, 50)).toBeUndefined();
  });

  test("of a hundred items are nearest ranks", () => {
    // Item i leaves Build at age i.
    const items = Array.from({ length: 100 }, (_, i) =>
      anItemStarted(
        ["2026-06-01T09:00", "Build"],
        [new Date(Date.UTC(2026, 5, 1 + i, 17)).toISOString().slice(0, 16), "Done"],
      ),
    );
    const pace = paceOf(...items);
    expect([50, 85, 95].map((percent) => pace.ageLeaving(BUILD, percent))).toEqual([50, 85, 95]);
  });

  test("in the chart: of each stage from commitment to before done, with n", () => {
    const { pace } = flowOn(copies(10, TWELVE_DAYS)).charts;
    expect(pace).toEqual([
      { stage: "Build", p50: 5, p85: 5, p95: 5, n: 10 },
      { stage: "Review", p50: 9, p85: 9, p95: 9, n: 10 },
      { stage: "Test", p50: 12, p85: 12, p95: 12, n: 10 },
    ]);
  });

  test("in the chart none is shown for nine items (F17)", () => {
    const { pace } = flowOn(copies(9, TWELVE_DAYS)).charts;
    expect(pace[0]).toEqual({ stage: "Build", p50: null, p85: null, p95: null, n: 9 });
  });
});

describe("forecast of one item (F20)", () => {
  const pace = paceOf(TWELVE_DAYS);

  test.each([
    // The rule's own example: 12 − 9 + (9 − 7).
    ["Review at 7 d", REVIEW, 7, 5],
    ["Review at 9 d, where the pace leaves it", REVIEW, 9, 3],
    ["Build at 1 d", BUILD, 1, 11],
    ["Test at 12 d", TEST, 12, 0],
  ])("in %s", (_name, stage, age, daysLeft) => {
    expect(forecastItem(pace, stage, "there", age, 85)).toEqual({ daysLeft, refusal: null });
  });

  test("is refused when the item is past p already", () => {
    expect(forecastItem(pace, REVIEW, "Review", 10, 85)).toEqual({
      daysLeft: null,
      refusal: "already past: 85 % left Review by 9 d",
    });
  });

  test("is refused where there is no history", () => {
    const refused = { daysLeft: null, refusal: "no finished item shows how long Review takes" };
    expect(forecastItem(new StagePace(aStageMap()), REVIEW, "Review", 1, 85)).toEqual(refused);
    const skipping = paceOf(anItemStarted(["2026-09-01T09:00", "Build"], ["2026-09-03T09:00", "Done"]));
    expect(forecastItem(skipping, REVIEW, "Review", 1, 85)).toEqual(refused);
  });

  test("stands beside each ageing item", () => {
    // Started 10-27, in Review since 10-29: age 7 d on 11-02.
    const open = anItemStarted(["2026-10-27T09:00", "Build"], ["2026-10-29T09:00", "Review"]);
    const { ageing } = flowOn([...copies(10, TWELVE_DAYS), { ...open, id: "1", key: "PAY-99" }]).charts;
    expect(ageing).toEqual([
      { key: "PAY-99", stage: "Review", ageDays: 7, blocked: false, stalled: false, daysLeft: 5, refusal: null },
    ]);
  });
});
