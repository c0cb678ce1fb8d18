import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { MergedHuman } from "../../../packages/core/src/disclosure/merged-humans.ts";
import { SafetySettings, safe } from "../../../packages/core/src/disclosure/safety-test.ts";
import { codedErrorOf } from "../../support/coded-error.ts";

/** Humans of one part each. */
function humans(...minutes: readonly number[]): MergedHuman[] {
  return minutes.map((value) => ({ minutes: value, largestPartMinutes: value }));
}

describe("the safety test", () => {
  test.each([
    ["five equal people", [100, 100, 100, 100, 100], 5, 20, true],
    ["four people", [100, 100, 100, 100], 5, 20, false],
    ["nobody", [], 5, 20, false],
    ["a fifth person of 30 minutes", [100, 100, 100, 100, 30], 5, 20, true],
    ["a fifth person of 29 minutes", [100, 100, 100, 100, 29], 5, 20, false],
    ["five people where six are asked for", [100, 100, 100, 100, 100], 6, 20, false],
    ["six people where six are asked for", [100, 100, 100, 100, 100, 100], 6, 20, true],
    // 20 % of 1000 is 200
    ["a rest of exactly p % of the largest", [1000, 200, 200, 170, 30], 5, 20, true],
    ["a rest one minute short of it", [1000, 200, 200, 169, 30], 5, 20, false],
    ["a largest one minute too large", [1001, 200, 200, 170, 30], 5, 20, false],
    // without two it would be 360, without all but one 560; 160 is left without three
    ["a rest that is enough only with the third largest", [1000, 200, 200, 100, 60], 5, 20, false],
    // 120 is 20 % of the largest, though only 9 % of the sum
    ["a rest measured against the largest, not the sum", [600, 300, 300, 60, 60], 5, 20, true],
    // 30 + 30 + 100 small contributions of 1 minute: they blur without counting
    ["a rest made of people below 30 minutes too", [800, 30, 30, 30, 30, ...Array(100).fill(1)], 5, 20, true],
    ["p = 15 with a rest of 150", [1000, 300, 300, 100, 50], 5, 15, true],
    ["p = 16 with a rest of 150", [1000, 300, 300, 100, 50], 5, 16, false],
    ["p = 25 with a rest of 250", [1000, 300, 300, 200, 50], 5, 25, true],
    ["p = 25 with a rest of 249", [1000, 300, 300, 199, 50], 5, 25, false],
  ])("%s: %j with k = %i and p = %i is safe: %s", (_what, minutes, k, p, isSafe) => {
    const settings = new SafetySettings({ k, p });
    expect(safe(humans(...minutes), settings)).toBe(isSafe);
    expect(safe(humans(...minutes).reverse(), settings)).toBe(isSafe);
  });

  test("does not count a human whose parts reach 30 minutes only together", () => {
    const four = humans(100, 100, 100, 100);
    const settings = new SafetySettings({ p: 20 });
    expect(safe([...four, { minutes: 40, largestPartMinutes: 20 }], settings)).toBe(false);
    expect(safe([...four, { minutes: 40, largestPartMinutes: 29 }], settings)).toBe(false);
    expect(safe([...four, { minutes: 40, largestPartMinutes: 30 }], settings)).toBe(true);
  });
});

describe("the settings of the safety test", () => {
  test("ask for five people unless more are set, and waive nothing", () => {
    expect(new SafetySettings({ p: 20 })).toMatchObject({ k: 5, waivesAllNative: false });
    expect(new SafetySettings({ p: 20, k: 8 })).toMatchObject({ k: 8 });
  });

  test.each([4, 0, -5, 5.5, Number.NaN, Number.POSITIVE_INFINITY])("refuse k = %d", (k) => {
    const error = codedErrorOf(() => new SafetySettings({ k, p: 20 }));
    expect(error.code).toBe("DISCLOSURE_UNSAFE_SETTING");
    expect(error.message).toBe(`A number needs at least 5 people behind it, the setting says ${k}.`);
    expect(error.next).toBe("Set a whole number from 5 on.");
  });

  test.each([14, 14.99, 25.01, 26, 0, -20, Number.NaN])("refuse p = %d without saying it", (p) => {
    const error = codedErrorOf(() => new SafetySettings({ p }));
    expect(error.code).toBe("DISCLOSURE_UNSAFE_SETTING");
    expect(error.message).toBe("The share p is outside its range.");
    expect(error.next).toBe("Draw it again, from 15 to 25 per cent.");
  });

  test.each([15, 17.5, 25])("take p = %d", (p) => {
    expect(() => new SafetySettings({ p })).not.toThrow();
  });

  test("do not print p", () => {
    const settings = new SafetySettings({ p: 17.25 });
    expect(JSON.stringify(settings) + inspect(settings, { depth: 9, showHidden: true })).not.toContain("17.25");
  });
});
