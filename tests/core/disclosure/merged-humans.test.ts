import { describe, expect, test } from "vitest";
import { Contributors } from "../../../packages/core/src/disclosure/contributors.ts";
import { type MergedHuman, mergedHumans } from "../../../packages/core/src/disclosure/merged-humans.ts";
import { codedErrorOf } from "../../support/coded-error.ts";
import { cellsOf } from "../../support/protected-cells.ts";

function sorted(humans: readonly MergedHuman[]): (readonly [minutes: number, largestPart: number])[] {
  return humans
    .map(({ minutes, largestPartMinutes }) => [minutes, largestPartMinutes] as const)
    .sort(([a], [b]) => b - a);
}

describe("merged humans", () => {
  test("pair the unlinked of two sources by size, and leave linked ones alone", () => {
    const people = new Contributors();
    const cells = [
      ...cellsOf(people, { source: "jira" }, { j1: 20, j2: 100, j3: 40 }),
      ...cellsOf(people, { source: "asana" }, { a1: 50, a2: 60 }),
      ...cellsOf(people, { source: "linked" }, { l1: 70 }),
    ];
    // 100 + 60, 40 + 50, 20 alone; 70 linked
    expect(sorted(mergedHumans(cells))).toEqual([
      [160, 100],
      [90, 50],
      [70, 70],
      [20, 20],
    ]);
  });

  test("sort minutes as numbers: 100 before 90 before 9", () => {
    const people = new Contributors();
    const cells = [
      ...cellsOf(people, { source: "jira" }, { j1: 9, j2: 90, j3: 100 }),
      ...cellsOf(people, { source: "asana" }, { a1: 1000 }),
    ];
    expect(sorted(mergedHumans(cells))).toEqual([
      [1100, 1000],
      [90, 90],
      [9, 9],
    ]);
  });

  test("pair three sources", () => {
    const people = new Contributors();
    const cells = ["jira", "asana", "import"].flatMap((source) =>
      cellsOf(people, { source }, { [`${source} big`]: 30, [`${source} small`]: 10 }),
    );
    expect(sorted(mergedHumans(cells))).toEqual([
      [90, 30],
      [30, 10],
    ]);
  });

  test("add up a contributor's cells before pairing; a linked one's two accounts are one part", () => {
    const people = new Contributors();
    const cells = [
      ...cellsOf(people, { source: "jira", stage: "Build" }, { j1: 20, j2: 30 }),
      ...cellsOf(people, { source: "jira", stage: "Test", visibility: "known" }, { j1: 25 }),
      ...cellsOf(people, { source: "asana" }, { a1: 5 }),
      ...cellsOf(people, { source: "linked", stage: "Build" }, { l1: 20 }),
      ...cellsOf(people, { source: "linked", stage: "Test" }, { l1: 20 }),
    ];
    // j1 has 45 and is the largest of Jira: 45 + 5; l1 has 40 in one part
    expect(sorted(mergedHumans(cells))).toEqual([
      [50, 45],
      [40, 40],
      [30, 30],
    ]);
  });

  test("of nothing are nobody", () => {
    expect(mergedHumans([])).toEqual([]);
  });
});

describe("contributors", () => {
  test("are the same for the same pseudonym, and differ for another", () => {
    const people = new Contributors();
    expect(people.unlinked("u1", "jira")).toBe(people.unlinked("u1", "jira"));
    expect(people.unlinked("u1", "jira")).not.toBe(people.unlinked("u2", "jira"));
  });

  test("do not hold the pseudonym", () => {
    expect(JSON.stringify(new Contributors().unlinked("u1", "jira"))).toBe('{"unlinkedSource":"jira"}');
    expect(JSON.stringify(new Contributors().linked("u1"))).toBe("{}");
  });

  test("cannot be linked and unlinked, or of two sources", () => {
    const people = new Contributors();
    people.unlinked("u1", "jira");
    expect(codedErrorOf(() => people.linked("u1")).code).toBe("DISCLOSURE_IMPOSSIBLE_CELL");
    expect(codedErrorOf(() => people.unlinked("u1", "asana")).code).toBe("DISCLOSURE_IMPOSSIBLE_CELL");
  });
});
