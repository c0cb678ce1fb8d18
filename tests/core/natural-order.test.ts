import { compareNatural } from "@stageledger/core";
import { describe, expect, test } from "vitest";

function sorted(...texts: string[]): string[] {
  return texts.sort(compareNatural);
}

describe("natural order", () => {
  test("PAY-9 before PAY-10, 3 before 10013", () => {
    expect(sorted("PAY-10", "PAY-9", "PAY-100")).toEqual(["PAY-9", "PAY-10", "PAY-100"]);
    expect(sorted("10013", "3", "20")).toEqual(["3", "20", "10013"]);
  });

  test("projects stay together", () => {
    expect(sorted("WEB-1", "PAY-20", "WEB-10", "PAY-3")).toEqual(["PAY-3", "PAY-20", "WEB-1", "WEB-10"]);
  });

  test("tells apart what is written differently", () => {
    expect(compareNatural("A-1", "A-01")).not.toBe(0);
    expect(compareNatural("A-1", "A-01")).toBe(-compareNatural("A-01", "A-1"));
    expect(compareNatural("A-1", "A-1")).toBe(0);
  });

  // By text alone A10 < A5x < A9, by number A9 < A10: both at once would go round in a circle.
  test("does not go round in a circle when words and numbers mix", () => {
    const expected = ["A9", "A10", "A5x"];
    expect(sorted("A9", "A10", "A5x")).toEqual(expected);
    expect(sorted("A10", "A5x", "A9")).toEqual(expected);
    expect(sorted("A5x", "A9", "A10")).toEqual(expected);
  });

  test("does not depend on the machine's language", () => {
    expect(sorted("ä", "b", "Z", "a")).toEqual(["Z", "a", "b", "ä"]);
  });
});
