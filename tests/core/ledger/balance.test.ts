import { balanceOf, foldCells, type Posting } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { day } from "../../support/moments.ts";

const WEEK = day("2026-09-07");

function aPosting(minutes: number, overrides: Partial<Posting> = {}): Posting {
  return {
    entryId: "entry-1",
    contributor: "contributor-1",
    project: "Payments",
    stage: "Build",
    activity: "build",
    week: WEEK,
    visibility: "private",
    isLate: false,
    minutes,
    ...overrides,
  };
}

describe("cells", () => {
  test("sum the postings of one key, over entries", () => {
    const cells = foldCells([aPosting(120), aPosting(-120), aPosting(90), aPosting(45, { entryId: "entry-2" })]);
    const { entryId: _, isLate: __, ...cell } = aPosting(135);
    expect(cells).toEqual([{ ...cell, kind: "in-time" }]);
  });

  test.each<Partial<Posting>>([
    { contributor: "contributor-2" },
    { project: "Web" },
    { stage: "Review" },
    { activity: "test" },
    { week: WEEK + 7 },
    { visibility: "known" },
    { isLate: true },
  ])("are kept apart by %j", (other) => {
    const cells = foldCells([aPosting(60), aPosting(30, other)]);
    expect(cells.map(({ minutes }) => minutes).sort((a, b) => a - b)).toEqual([30, 60]);
  });

  test("are not mixed up by names that run into each other", () => {
    expect(
      foldCells([aPosting(60, { stage: "a", activity: "b,c" }), aPosting(30, { stage: "a,b", activity: "c" })]),
    ).toHaveLength(2);
    expect(foldCells([aPosting(60, { stage: 'a","b' }), aPosting(30, { stage: "a", activity: "b" })])).toHaveLength(2);
  });

  test("without minutes are left out; late ones may be below zero", () => {
    expect(foldCells([aPosting(60), aPosting(-60)])).toEqual([]);
    expect(
      foldCells([aPosting(60), aPosting(-60, { isLate: true })]).map(({ minutes, kind }) => [minutes, kind]),
    ).toEqual([
      [60, "in-time"],
      [-60, "late-taken"],
    ]);
  });

  test("net late postings within an entry, and never over entries: 60 to 65 adds 5, another entry's 30 is taken apart", () => {
    const edit = [aPosting(-60, { isLate: true }), aPosting(65, { isLate: true })];
    const deletion = aPosting(-30, { isLate: true, entryId: "entry-2" });
    expect(foldCells([...edit, deletion]).map(({ minutes, kind }) => [minutes, kind])).toEqual([
      [5, "late-added"],
      [-30, "late-taken"],
    ]);
  });

  test("come in the same order, whatever the order of the postings", () => {
    const postings = [
      aPosting(1, { stage: "b" }),
      aPosting(2, { stage: "a" }),
      aPosting(3, { stage: "a", isLate: true }),
    ];
    expect(foldCells(postings.toReversed())).toEqual(foldCells(postings));
    expect(foldCells(postings).map(({ minutes }) => minutes)).toEqual([2, 3, 1]);
  });
});

describe("a balance", () => {
  test("is the sum of signed minutes", () => {
    expect(balanceOf([aPosting(120), aPosting(-120), aPosting(90)])).toBe(90);
    expect(balanceOf([])).toBe(0);
  });
});
