import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitMinutes } from "../../../packages/core/src/ledger/largest-remainder.ts";

describe("minutes split by largest remainder", () => {
  test.each([
    // 47 : 16 : 15.8 : 12 : 6.1 : 3.1 of 10 seats, the textbook example: 4.7, 1.6, 1.58, 1.2, .61, .31.
    [10, [47_000, 16_000, 15_800, 12_000, 6_100, 3_100], [5, 2, 1, 1, 1, 0]],
    [10, [1, 1, 1], [4, 3, 3]],
    [2, [1, 1, 1], [1, 1, 0]],
    [7, [3, 0, 4], [3, 0, 4]],
    [5, [9], [5]],
    [0, [1, 2], [0, 0]],
  ])("%i over %j: %j", (minutes, weights, expected) => {
    expect(splitMinutes(minutes, weights)).toEqual(expected);
  });

  test("each part is its exact share rounded up or down, and the parts sum to the whole", () => {
    const weights = fc
      .array(fc.nat(86_400_000), { minLength: 1, maxLength: 8 })
      .filter((all) => all.some((w) => w > 0));
    return fc.assert(
      fc.property(fc.integer({ min: 1, max: 1440 }), weights, (minutes, all) => {
        const parts = splitMinutes(minutes, all);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(minutes);
        const total = all.reduce((sum, weight) => sum + weight, 0);
        parts.forEach((part, i) => {
          expect(Math.abs(part - (minutes * (all[i] ?? 0)) / total)).toBeLessThan(1);
          if (all[i] === 0) expect(part).toBe(0);
        });
      }),
    );
  });
});
