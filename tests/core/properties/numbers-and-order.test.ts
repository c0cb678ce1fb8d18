import { compareNatural, parseInstant } from "@stageledger/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { percentileOfHistogram, percentileOfSorted } from "../../../packages/core/src/flow/percentile.ts";

describe("percentile (F16)", () => {
  const values = fc.array(fc.integer({ min: -5, max: 40 }), { minLength: 1, maxLength: 120 });
  const percent = fc.integer({ min: 1, max: 100 });

  /** The smallest value that at least p percent of the values do not exceed. */
  function naive(all: readonly number[], p: number): number | undefined {
    return [...all]
      .sort((a, b) => a - b)
      .find((value) => all.filter((other) => other <= value).length * 100 >= p * all.length);
  }

  test("is the smallest value that covers p percent", () => {
    return fc.assert(
      fc.property(values, percent, (all, p) => {
        expect(percentileOfSorted(Float64Array.from(all).sort(), p)).toBe(naive(all, p));
      }),
      { numRuns: 500 },
    );
  });

  test("is the same read off a histogram, whatever the order of its bins", () => {
    return fc.assert(
      fc.property(values, percent, (all, p) => {
        const histogram = new Map<number, number>();
        for (const value of all) histogram.set(value, (histogram.get(value) ?? 0) + 1);
        expect(percentileOfHistogram(histogram, p)).toBe(naive(all, p));
      }),
      { numRuns: 300 },
    );
  });
});

describe("natural order", () => {
  const key = fc.string({ unit: fc.constantFrom("A", "B", "-", "x", "0", "1", "5", "9"), maxLength: 6 });

  test("is a total order", () => {
    return fc.assert(
      fc.property(key, key, key, (a, b, c) => {
        expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0);
        expect(compareNatural(a, b) === 0).toBe(a === b);
        if (compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0) expect(compareNatural(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 5_000 },
    );
  });

  test("follows the numbers of one project", () => {
    return fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (a, b) => {
        expect(Math.sign(compareNatural(`PAY-${a}`, `PAY-${b}`))).toBe(Math.sign(a - b));
      }),
      { numRuns: 300 },
    );
  });
});

describe("parseInstant", () => {
  test("reads what Date prints, at every offset", () => {
    const instant = fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2200, 0) });
    return fc.assert(
      fc.property(instant, fc.integer({ min: -14 * 60, max: 14 * 60 }), (at, offset) => {
        const local = new Date(at + offset * 60_000).toISOString().slice(0, -1);
        const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const zone = `${offset < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}${String(minutes).padStart(2, "0")}`;
        expect(parseInstant(`${local}${zone}`)).toBe(at);
      }),
      { numRuns: 500 },
    );
  });
});
