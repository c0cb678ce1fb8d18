import { dayText, retentionEdges } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { day } from "../../support/moments.ts";

function edges(today: string, firstOpenWeek?: string): string[] {
  const { entriesFrom, cellsFrom, atomsFrom } = retentionEdges(
    day(today),
    firstOpenWeek === undefined ? undefined : day(firstOpenWeek),
  );
  return [entriesFrom, cellsFrom, atomsFrom].map(dayText);
}

describe("what the ledger keeps", () => {
  test("entries 13 weeks, weekly sums 13 months, published numbers 36 months, each from a Monday", () => {
    // Tuesday 24 Nov 2026: 13 weeks before its Monday; 24 Oct 2025 was a Friday, 24 Nov 2023 a Friday.
    expect(edges("2026-11-24")).toEqual(["2026-08-24", "2025-10-20", "2023-11-20"]);
    expect(edges("2026-11-29")).toEqual(["2026-08-24", "2025-10-27", "2023-11-27"]);
  });

  test("a month without that day counts to its last one", () => {
    // 31 Mar 2027 less 13 months: 28 Feb 2026, a Saturday.
    expect(edges("2027-03-31")[1]).toBe("2026-02-23");
  });

  test("what was not released yet is kept, with the quarter that its late corrections belong to", () => {
    expect(edges("2026-11-24", "2026-07-06")).toEqual(["2026-07-06", "2025-10-20", "2023-11-20"]);
    // 14 weeks before 5 Jan 2026.
    expect(edges("2027-06-01", "2026-01-05")).toEqual(["2026-01-05", "2025-09-29", "2024-05-27"]);
  });
});
