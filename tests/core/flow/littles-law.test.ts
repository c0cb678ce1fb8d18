import { describe, expect, test } from "vitest";
import { type LittlesLawInput, littlesLaw } from "../../../packages/core/src/flow/littles-law.ts";
import { flowOn } from "../../support/a-report.ts";
import { anItemStarted } from "../../support/an-item.ts";

/** A steady system: over 10 days 20 in, 20 out, always 8 in progress of the same mean age: 8 / 2 a day = 4 d. */
function unmetBy(overrides: Partial<LittlesLawInput>): readonly string[] {
  return lawOn(overrides).unmet;
}

function lawOn(overrides: Partial<LittlesLawInput>): ReturnType<typeof littlesLaw> {
  return littlesLaw({
    arrivals: 20,
    departures: 20,
    withdrawn: 0,
    finished: 20,
    wip: new Array<number>(10).fill(8),
    meanAge: new Array<number>(10).fill(3),
    ...overrides,
  });
}

describe("Little's law (F28)", () => {
  test("holds in a steady system: mean WIP over mean throughput", () => {
    expect(lawOn({})).toEqual({ unmet: [], cycleDays: 4 });
  });

  test("arrivals and departures may differ by 10 %, not by more", () => {
    expect(unmetBy({ arrivals: 100, departures: 90, finished: 90 })).toEqual([]);
    expect(unmetBy({ arrivals: 90, departures: 100, finished: 100 })).toEqual([]);
    expect(unmetBy({ arrivals: 100, departures: 89, finished: 89 })).toEqual(["arrivals 100 against departures 89"]);
    expect(unmetBy({ arrivals: 89, departures: 100, finished: 100 })).toEqual(["arrivals 89 against departures 100"]);
  });

  test("WIP at the end may differ from WIP at the start by 20 % of its mean, not by more", () => {
    // Mean 10, from 9 to 11: 20 %. Mean 10, from 8.9 to 11.1: 22 %.
    expect(unmetBy({ wip: [9, 10, 10, 11] })).toEqual([]);
    expect(unmetBy({ wip: [11, 10, 10, 9] })).toEqual([]);
    expect(unmetBy({ wip: [8, 11, 11, 11, 9, 9, 11] })).toEqual(["WIP went from 8 to 11"]);
    expect(unmetBy({ wip: [11, 11, 11, 9, 9, 11, 8] })).toEqual(["WIP went from 11 to 8"]);
  });

  test("the mean age may grow or fall by 5 % a week, not by more", () => {
    /** Fifteen days around a mean of 100, a seventh of the weekly slope each day. */
    const ages = (percentAWeek: number): number[] =>
      Array.from({ length: 15 }, (_, i) => 100 + ((i - 7) * percentAWeek) / 7);
    const wip = new Array<number>(15).fill(8);
    expect(unmetBy({ wip, meanAge: ages(4.9) })).toEqual([]);
    expect(unmetBy({ wip, meanAge: ages(-4.9) })).toEqual([]);
    expect(unmetBy({ wip, meanAge: ages(7) })).toEqual(["mean age grows 7 % a week"]);
    expect(unmetBy({ wip, meanAge: ages(-7) })).toEqual(["mean age falls 7 % a week"]);
    expect(unmetBy({ wip, meanAge: ages(5.1) })).toHaveLength(1);
  });

  test("up to 10 % of the departures may be withdrawn, not more", () => {
    expect(unmetBy({ withdrawn: 2, finished: 18 })).toEqual([]);
    expect(unmetBy({ withdrawn: 3, finished: 17 })).toEqual(["3 of 20 departures were withdrawn"]);
  });

  test("with withdrawn items the throughput is still what finished", () => {
    // 8 WIP, 18 finished in 10 days: 8 / 1.8.
    expect(lawOn({ withdrawn: 2, finished: 18 }).cycleDays).toBeCloseTo(80 / 18, 12);
  });

  test("says every condition that is not met, and no number then", () => {
    const result = lawOn({ arrivals: 40, withdrawn: 10, finished: 10, wip: [1, 8, 20] });
    expect(result.unmet).toHaveLength(3);
    expect(result.cycleDays).toBeUndefined();
  });

  test("is not printed when nothing finished", () => {
    expect(lawOn({ finished: 0, departures: 0 })).toEqual({
      unmet: ["nothing finished in the window"],
      cycleDays: undefined,
    });
  });
});

describe("Little's law in a report (F28)", () => {
  /** One item starts every day at 09:00 and finishes `days` later at 17:00. */
  function steady(days: number, count: number): ReturnType<typeof anItemStarted>[] {
    const at = (date: number, hour: number): string =>
      new Date(Date.UTC(2026, 5, 1 + date, hour)).toISOString().slice(0, 16);
    return Array.from({ length: count }, (_, i) => anItemStarted([at(i, 9), "Build"], [at(i + days, 17), "Done"]));
  }

  test("one in and one out a day, three at the end of every day: 3 d", () => {
    // From 06-01 to 11-09, so that the window 09-07 to 11-01 is steady throughout.
    const { littlesLaw: law } = flowOn(steady(3, 160));
    expect(law.unmet).toEqual([]);
    expect(law.holds).toBe(true);
    expect(law.cycleDays).toMatchObject({ value: 3, n: 56, unit: "days", rule: "F28" });
  });

  test("else the report says which conditions are not met", () => {
    // The last start is on 09-28: 22 arrivals in the window, 25 departures, WIP from 3 to 0, its mean age falls.
    const { littlesLaw: law } = flowOn(steady(3, 120));
    expect(law.holds).toBe(false);
    expect(law.cycleDays.value).toBeNull();
    expect(law.cycleDays.note).toMatch(/^conditions not met: arrivals 22 against departures 25; WIP went from 3 to 0/);
  });
});
