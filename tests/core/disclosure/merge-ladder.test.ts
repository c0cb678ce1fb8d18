import { beforeEach, describe, expect, test } from "vitest";
import { Contributors } from "../../../packages/core/src/disclosure/contributors.ts";
import {
  type PartOrder,
  periodPortions,
  quarterPortions,
  weekPortions,
} from "../../../packages/core/src/disclosure/merge-ladder.ts";
import type { ProtectedCell } from "../../../packages/core/src/disclosure/protected-cell.ts";
import { SafetySettings } from "../../../packages/core/src/disclosure/safety-test.ts";
import { codedErrorOf } from "../../support/coded-error.ts";
import { day } from "../../support/moments.ts";
import { cellsOf, each, lines, type Place } from "../../support/protected-cells.ts";

const SETTINGS = new SafetySettings({ p: 20 });
const ORDER: PartOrder = { stages: ["Build", "Review", "Test"], activities: ["build", "review", "meeting"] };
const WEEK = day("2026-09-07");
const NEXT_WEEK = day("2026-09-14");
const PUBLISHED = [{ project: "PAY", week: WEEK }];

let people = new Contributors();
beforeEach(() => {
  people = new Contributors();
});

function at(place: Place, minutesByPerson: Readonly<Record<string, number>>): ProtectedCell[] {
  return cellsOf(people, place, minutesByPerson);
}

/** Lines of one cut, over the project-week PAY 2026-09-07. */
function cut(name: string, cells: readonly ProtectedCell[], order = ORDER): string[] {
  return lines(periodPortions(cells, PUBLISHED, order, SETTINGS)).filter((line) => line.startsWith(name));
}

describe("cut A: project-weeks", () => {
  test("publishes the weeks that can stand alone, over all stages and activities", () => {
    const cells = [
      ...at({ project: "PAY", week: NEXT_WEEK }, each(4, 600)),
      ...at({ project: "PAY", week: WEEK, stage: "Build" }, each(3, 60)),
      ...at({ project: "PAY", week: WEEK, stage: "Test", activity: "meeting" }, { p4: 60, p5: 61 }),
      ...at({ project: "OPS", week: NEXT_WEEK }, each(5, 90)),
    ];
    expect(lines(weekPortions(cells, SETTINGS))).toEqual(["A OPS 2026-09-14 450", "A PAY 2026-09-07 301"]);
  });

  test("orders projects naturally and then weeks, whatever they amount to", () => {
    const cells = ["P10", "P9"].flatMap((project) => [
      ...at({ project, week: NEXT_WEEK }, each(5, 60)),
      ...at({ project, week: WEEK }, each(5, 90)),
    ]);
    expect(lines(weekPortions(cells, SETTINGS))).toEqual([
      "A P9 2026-09-07 450",
      "A P9 2026-09-14 300",
      "A P10 2026-09-07 450",
      "A P10 2026-09-14 300",
    ]);
  });

  test("takes what was taken back in time as never logged", () => {
    const cells = [...at({}, each(5, 60)), ...at({}, { p5: -60, p4: -20 })];
    expect(lines(weekPortions(cells, SETTINGS))).toEqual([]);
    expect(lines(weekPortions([...cells, ...at({}, { p5: 45 })], SETTINGS))).toEqual(["A PAY 2026-09-07 265"]);
  });

  test("a private entry that was taken back in time does not ask for private people", () => {
    const cells = [...at({ visibility: "known" }, each(5, 60)), ...at({}, { p1: 30 }), ...at({}, { p1: -30 })];
    expect(lines(weekPortions(cells, SETTINGS))).toEqual(["A PAY 2026-09-07 300"]);
  });

  test("reads nothing late: neither what was added nor what was taken back", () => {
    const cells = [...at({}, each(5, 60)), ...at({ isLate: true }, { p1: 500, p2: -60, p6: 30 })];
    expect(lines(weekPortions(cells, SETTINGS))).toEqual(["A PAY 2026-09-07 300"]);
  });
});

describe("cuts B and C: parts of what A published", () => {
  test("each part stands alone where it can, in the order of the map and not of its minutes, without a union of nothing", () => {
    const cells = [...at({ stage: "Review" }, each(5, 60)), ...at({ stage: "Build" }, each(5, 100))];
    expect(cut("B", cells)).toEqual(["B PAY 2026-09 Build 500", "B PAY 2026-09 Review 300"]);
  });

  test("parts that cannot stand alone are one union when they can together", () => {
    const cells = [
      ...at({ stage: "Build" }, each(5, 100)),
      ...at({ stage: "Review" }, each(3, 60)),
      ...at({ stage: "Test" }, { p4: 60, p5: 60 }),
    ];
    expect(cut("B", cells)).toEqual(["B PAY 2026-09 Build 500", "B PAY 2026-09 (others) 300"]);
  });

  test("a union that cannot stand alone takes in the smallest part that could", () => {
    const cells = [
      ...at({ stage: "Build" }, each(5, 100)),
      ...at({ stage: "Review" }, each(5, 60)),
      ...at({ stage: "Test" }, { p1: 50, p2: 50 }),
    ];
    // Review + Test: 110, 110, 60, 60, 60
    expect(cut("B", cells)).toEqual(["B PAY 2026-09 Build 500", "B PAY 2026-09 (others) 400"]);
  });

  test("of two equally small parts the one that the map has first is taken in", () => {
    const cells = [
      ...at({ stage: "Build" }, each(5, 60)),
      ...at({ stage: "Review" }, each(5, 60)),
      ...at({ stage: "Test" }, { p1: 50 }),
    ];
    expect(cut("B", cells)).toEqual(["B PAY 2026-09 Review 300", "B PAY 2026-09 (others) 350"]);
    const turned = { ...ORDER, stages: ["Review", "Build", "Test"] };
    expect(cut("B", cells, turned)).toEqual(["B PAY 2026-09 Build 300", "B PAY 2026-09 (others) 350"]);
  });

  test("names that the map does not have come after it, in natural order", () => {
    const cells = ["Stage 10", "Stage 9", "Test", "Build"].flatMap((stage) => at({ stage }, each(5, 60)));
    expect(cut("B", cells)).toEqual([
      "B PAY 2026-09 Build 300",
      "B PAY 2026-09 Test 300",
      "B PAY 2026-09 Stage 9 300",
      "B PAY 2026-09 Stage 10 300",
    ]);
  });

  test("the union goes on taking parts in until it can stand alone, to the last", () => {
    const cells = [
      ...at({ stage: "Build" }, each(5, 200)),
      ...at({ stage: "Review" }, each(5, 100)),
      ...at({ stage: "Test" }, { p1: 2000 }),
    ];
    // Review + Test: 2100 against a rest of 200, asked for 420. All: 2300 against 600, asked for 460.
    expect(cut("B", cells)).toEqual(["B PAY 2026-09 (others) 3500"]);
  });

  test("with no part that can stand alone the union is the whole", () => {
    const cells = [...at({ stage: "Build" }, each(3, 100)), ...at({ stage: "Test" }, { p4: 100, p5: 100 })];
    expect(cut("B", cells)).toEqual(["B PAY 2026-09 (others) 500"]);
  });

  test("activities are divided by themselves, over the same project-weeks", () => {
    const cells = [
      ...at({ stage: "Build", activity: "build" }, each(5, 100)),
      ...at({ stage: "Build", activity: "meeting" }, each(3, 60)),
      ...at({ stage: "Build", activity: "review" }, { p4: 60, p5: 60 }),
    ];
    expect(cut("B", cells)).toEqual(["B PAY 2026-09 Build 800"]);
    expect(cut("C", cells)).toEqual(["C PAY 2026-09 build 500", "C PAY 2026-09 (others) 300"]);
    expect(cut("", cells)).toHaveLength(3);
  });

  test("add up the published weeks of a period, and hold neither other weeks nor other periods", () => {
    const cells = [
      ...at({ week: WEEK }, each(5, 60)),
      ...at({ week: NEXT_WEEK }, each(5, 61)),
      ...at({ week: day("2026-09-21") }, each(4, 60)),
      ...at({ week: day("2026-09-28") }, each(5, 62)), // October by its Thursday
    ];
    const published = ["2026-09-07", "2026-09-14", "2026-09-28"].map((monday) => ({
      project: "PAY",
      week: day(monday),
    }));
    expect(lines(periodPortions(cells, published, ORDER, SETTINGS))).toEqual([
      "B PAY 2026-09 Build 605",
      "B PAY 2026-10 Build 310",
      "C PAY 2026-09 build 605",
      "C PAY 2026-10 build 310",
    ]);
  });

  test("keep projects apart, in natural order", () => {
    const cells = ["P10", "P9"].flatMap((project) => at({ project }, each(5, 60)));
    const published = ["P10", "P9"].map((project) => ({ project, week: WEEK }));
    expect(lines(periodPortions(cells, published, ORDER, SETTINGS)).slice(0, 2)).toEqual([
      "B P9 2026-09 Build 300",
      "B P10 2026-09 Build 300",
    ]);
  });

  test("private parts must stand without the known ones", () => {
    const cells = [
      ...at({ stage: "Build" }, each(5, 100)),
      ...at({ stage: "Test" }, each(2, 60)),
      ...at({ stage: "Test", visibility: "known" }, { p3: 60, p4: 60, p5: 60 }),
    ];
    // Test has five people, but two of them private: it takes in Build
    expect(cut("B", cells)).toEqual(["B PAY 2026-09 (others) 800"]);
  });

  test("read nothing late", () => {
    const cells = [...at({}, each(5, 60)), ...at({ isLate: true }, each(5, 45))];
    expect(cut("", cells)).toEqual(["B PAY 2026-09 Build 300", "C PAY 2026-09 build 300"]);
  });

  test("weeks that only the waiver let through leave a project without parts when they are not safe together", () => {
    const waived = new SafetySettings({ p: 20, waivesAllNative: true });
    const cells = [...at({ week: WEEK, visibility: "known" }, { p1: 3000 }), ...at({ week: NEXT_WEEK }, each(5, 60))];
    const published = [WEEK, NEXT_WEEK].map((week) => ({ project: "PAY", week }));
    expect(lines(weekPortions(cells, waived))).toEqual(["A PAY 2026-09-07 3000", "A PAY 2026-09-14 300"]);
    // 3060 against a rest of 120, asked for 612
    expect(lines(periodPortions(cells, published, ORDER, waived))).toEqual([]);
  });
});

describe("cut E: other projects", () => {
  test("pools the weeks that A did not publish, of all projects", () => {
    const cells = [
      ...at({ project: "PAY", week: WEEK }, each(5, 60)),
      ...at({ project: "PAY", week: NEXT_WEEK }, each(4, 60)),
      ...at({ project: "OPS", week: WEEK }, each(4, 50, "q")),
    ];
    expect(lines(weekPortions(cells, SETTINGS))).toEqual(["A PAY 2026-09-07 300"]);
    expect(cut("E", cells)).toEqual(["E 2026-09 440"]);
  });

  test("is a pool a period", () => {
    const cells = ["2026-09-28", "2026-09-07"].flatMap((monday) =>
      at({ project: "OPS", week: day(monday) }, each(5, 60)),
    );
    expect(lines(periodPortions(cells, [], ORDER, SETTINGS))).toEqual(["E 2026-09 300", "E 2026-10 300"]);
  });

  test("is never published when the pool is not safe either", () => {
    const cells = [
      ...at({ project: "PAY", week: NEXT_WEEK }, each(2, 60)),
      ...at({ project: "OPS", week: WEEK }, each(4, 50)),
    ];
    expect(cut("E", cells)).toEqual([]);
  });

  test("reads nothing late", () => {
    const cells = [...at({ project: "OPS" }, each(4, 60)), ...at({ project: "OPS", isLate: true }, each(5, 60))];
    expect(cut("E", cells)).toEqual([]);
  });
});

describe("cut L: late corrections", () => {
  test("adds up what was posted late, a project and quarter", () => {
    const cells = [
      ...at({ isLate: true, week: day("2026-09-28") }, each(5, 45)), // 4th quarter by its Thursday
      ...at({ isLate: true, week: WEEK }, each(5, 30)),
      ...at({ isLate: true, week: NEXT_WEEK, stage: "Test" }, each(5, 30)),
      ...at({ isLate: true, project: "OPS" }, each(5, 60)),
      ...at({ isLate: true, project: "HR" }, each(4, 60)),
      ...at({ isLate: false }, each(5, 600)),
    ];
    expect(lines(quarterPortions(cells, SETTINGS))).toEqual([
      "L OPS 2026-Q3 300",
      "L PAY 2026-Q3 300",
      "L PAY 2026-Q4 225",
    ]);
  });

  test("never nets what was taken back, not even of one cell", () => {
    const cells = [...at({ isLate: true }, each(5, 90)), ...at({ isLate: true }, { p1: -60, p2: -90, p6: -30 })];
    expect(lines(quarterPortions(cells, SETTINGS))).toEqual(["L PAY 2026-Q3 450"]);
  });

  test("is no atom when only taking back makes five people", () => {
    const cells = [...at({ isLate: true }, each(4, 90)), ...at({ isLate: true }, { p5: -90 })];
    expect(lines(quarterPortions(cells, SETTINGS))).toEqual([]);
  });
});

describe("cells that cannot be", () => {
  test.each<[string, Place, number]>([
    ["a sum below zero of postings made in time", {}, -1],
    ["minutes that are not whole", {}, 30.5],
    ["minutes that are no number", {}, Number.NaN],
    ["a week that begins on a Tuesday", { week: day("2026-09-08") }, 60],
    ["a late week that begins on a Sunday", { week: day("2026-09-06"), isLate: true }, 60],
  ])("%s is refused, not published around", (_what, place, minutes) => {
    const cells = [...at({}, each(5, 60)), ...at({ stage: "Review", ...place }, { p1: minutes })];
    for (const climb of [
      () => weekPortions(cells, SETTINGS),
      () => periodPortions(cells, PUBLISHED, ORDER, SETTINGS),
    ]) {
      expect(codedErrorOf(climb).code).toBe("DISCLOSURE_IMPOSSIBLE_CELL");
    }
  });

  test("what was late and taken back is possible; half minutes are not", () => {
    expect(quarterPortions(at({ isLate: true }, { p1: -60 }), SETTINGS)).toEqual([]);
    expect(codedErrorOf(() => quarterPortions(at({ isLate: true }, { p1: 0.5 }), SETTINGS)).code).toBe(
      "DISCLOSURE_IMPOSSIBLE_CELL",
    );
  });
});
