import { describe, expect, expectTypeOf, test } from "vitest";
import {
  type Atom,
  type AtomIdentity,
  atomKey,
  atomLabel,
  contributorBand,
  hoursText,
  type PartLabel,
  roundToStep,
} from "../../../packages/core/src/disclosure/atoms.ts";
import { type Contributor, Contributors } from "../../../packages/core/src/disclosure/contributors.ts";
import { periodOf, quarterOf } from "../../../packages/core/src/disclosure/period.ts";
import { periodAtoms, quarterAtoms, weekAtoms } from "../../../packages/core/src/disclosure/released-atoms.ts";
import { SafetySettings } from "../../../packages/core/src/disclosure/safety-test.ts";
import { day } from "../../support/moments.ts";
import { cellsOf, each } from "../../support/protected-cells.ts";

const SETTINGS = new SafetySettings({ p: 20 });
const ORDER = { stages: ["Build", "Review"], activities: [] };
const WEEK = day("2026-09-07");

function own(name: string): PartLabel {
  return { kind: "own", name };
}

describe("atoms", () => {
  test.each([
    [0, 0],
    [14, 0],
    [15, 30],
    [30, 30],
    [44, 30],
    [45, 60],
    [314, 300],
    [315, 330],
  ])("%i minutes are shown as %i", (minutes, shown) => {
    expect(roundToStep(minutes)).toBe(shown);
  });

  test.each([
    [4, undefined],
    [5, "5–9"],
    [9, "5–9"],
    [10, "10–19"],
    [19, "10–19"],
    [20, "20+"],
    [300, "20+"],
  ])("%i people are shown as %s", (people, band) => {
    expect(contributorBand(people)).toBe(band);
  });

  test("round each sum once: the total is not the sum of rounded parts", () => {
    const people = new Contributors();
    // 5 × 61 = 305 → 300 and 5 × 62 = 310 → 300; together 615 → 630
    const cells = [
      ...cellsOf(people, { stage: "Build" }, each(5, 61)),
      ...cellsOf(people, { stage: "Review" }, each(5, 62)),
    ];
    expect(weekAtoms(cells, SETTINGS)).toEqual([
      { identity: { cut: "A", project: "PAY", week: WEEK }, roundedMinutes: 630, contributors: "5–9" },
    ]);
    expect(periodAtoms(cells, [{ project: "PAY", week: WEEK }], ORDER, SETTINGS)).toEqual([
      {
        identity: { cut: "B", project: "PAY", part: own("Build"), period: "2026-09" },
        roundedMinutes: 300,
        contributors: "5–9",
      },
      {
        identity: { cut: "B", project: "PAY", part: own("Review"), period: "2026-09" },
        roundedMinutes: 300,
        contributors: "5–9",
      },
      {
        identity: { cut: "C", project: "PAY", part: own("build"), period: "2026-09" },
        roundedMinutes: 630,
        contributors: "5–9",
      },
    ]);
  });

  test("count humans of 30 minutes, not accounts", () => {
    const people = new Contributors();
    const cells = [
      ...cellsOf(people, { source: "jira" }, each(9, 60)),
      ...cellsOf(people, { source: "asana" }, each(9, 60, "a")),
      ...cellsOf(people, { source: "linked" }, { small: 29 }),
    ];
    expect(weekAtoms(cells, SETTINGS).map(({ contributors }) => contributors)).toEqual(["5–9"]);
    const tenth = cellsOf(people, { source: "linked" }, { tenth: 30 });
    expect(weekAtoms([...cells, ...tenth], SETTINGS).map(({ contributors }) => contributors)).toEqual(["10–19"]);
  });

  test("have no band below five people, which the waiver alone lets through", () => {
    const cells = cellsOf(new Contributors(), { visibility: "known" }, each(4, 60));
    expect(weekAtoms(cells, new SafetySettings({ p: 20, waivesAllNative: true }))).toEqual([
      { identity: { cut: "A", project: "PAY", week: WEEK }, roundedMinutes: 240, contributors: undefined },
    ]);
  });

  test("carry no contributor, in their types and in their text", () => {
    expectTypeOf<keyof Atom>().toEqualTypeOf<"identity" | "roundedMinutes" | "contributors">();
    expectTypeOf<Atom["contributors"]>().toEqualTypeOf<"5–9" | "10–19" | "20+" | undefined>();
    type Carried<Identity> = Identity extends AtomIdentity ? Identity[keyof Identity] : never;
    expectTypeOf<Carried<AtomIdentity>>().toEqualTypeOf<string | number | PartLabel>();
    expectTypeOf<Contributor>().not.toExtend<string | number | PartLabel>();
    const people = new Contributors();
    const cells = cellsOf(people, {}, each(5, 60, "pseudonym-"));
    const late = cellsOf(people, { isLate: true }, each(5, 60, "pseudonym-"));
    const all = [
      ...weekAtoms(cells, SETTINGS),
      ...periodAtoms(cells, [], ORDER, SETTINGS),
      ...periodAtoms(cells, [{ project: "PAY", week: WEEK }], ORDER, SETTINGS),
      ...quarterAtoms(late, SETTINGS),
    ];
    expect(all.map(({ identity }) => identity.cut).join("")).toBe("AEBCL");
    expect(JSON.stringify(all)).not.toContain("pseudonym");
    expect(JSON.stringify(all)).not.toContain("jira");
  });

  test("have keys of their own, even where a stage is called like the union or holds signs of the key", () => {
    const period = "2026-09";
    const identities: AtomIdentity[] = [
      { cut: "A", project: "PAY", week: WEEK },
      { cut: "A", project: "PAY", week: WEEK + 7 },
      { cut: "A", project: `PAY",${WEEK}`, week: WEEK },
      { cut: "B", project: "PAY", part: own("Other stages"), period },
      { cut: "B", project: "PAY", part: own("null"), period },
      { cut: "B", project: "PAY", part: { kind: "others" }, period },
      { cut: "B", project: "OPS", part: { kind: "others" }, period },
      { cut: "B", project: "PAY", part: { kind: "others" }, period: "2026-10" },
      { cut: "C", project: "PAY", part: { kind: "others" }, period },
      { cut: "E", period },
      { cut: "E", period: "2026-10" },
      { cut: "L", project: "PAY", quarter: "2026-Q3" },
      { cut: "L", project: "OPS", quarter: "2026-Q3" },
      { cut: "L", project: "PAY", quarter: "2026-Q4" },
    ];
    expect(new Set(identities.map(atomKey)).size).toBe(14);
    expect(atomKey({ cut: "E", period })).toBe('["E","2026-09"]');
  });

  test("are named after what they add up", () => {
    const period = "2026-09";
    const identities: AtomIdentity[] = [
      { cut: "A", project: "PAY", week: WEEK },
      { cut: "B", project: "PAY", part: own("Build"), period },
      { cut: "B", project: "PAY", part: { kind: "others" }, period },
      { cut: "C", project: "PAY", part: own("review"), period },
      { cut: "C", project: "PAY", part: { kind: "others" }, period },
      { cut: "E", period },
      { cut: "L", project: "OPS", quarter: "2026-Q3" },
    ];
    expect(identities.map(atomLabel)).toEqual([
      ...["PAY", "Build", "Other stages", "review", "Other activities", "Other projects", "OPS"],
    ]);
  });

  test("show hours, and one grey text for nothing, few, dominated, carried and erased alike", () => {
    const people = new Contributors();
    const shown = [
      cellsOf(people, {}, each(5, 150)),
      [],
      cellsOf(people, {}, each(4, 60)),
      cellsOf(people, {}, { ...each(5, 60), p1: 6000 }),
      cellsOf(people, { isLate: true }, each(5, 60)),
    ].map((cells) => hoursText(weekAtoms(cells, SETTINGS)[0]));
    expect(shown).toEqual(["12.5 h", ...Array(4).fill("Not enough people to show")]);
  });
});

describe("periods", () => {
  test.each([
    ["2026-08-31", "2026-09", "2026-Q3"], // Thursday 3 September
    ["2026-09-28", "2026-10", "2026-Q4"], // Thursday 1 October
    ["2026-10-26", "2026-10", "2026-Q4"], // Thursday 29 October
    ["2024-12-30", "2025-01", "2025-Q1"], // Thursday 2 January
    ["2026-12-28", "2026-12", "2026-Q4"], // Thursday 31 December
    ["2026-03-30", "2026-04", "2026-Q2"], // Thursday 2 April
    ["2026-06-29", "2026-07", "2026-Q3"], // Thursday 2 July
  ])("the week of %s belongs to %s and %s", (monday, period, quarter) => {
    expect([periodOf(day(monday)), quarterOf(day(monday))]).toEqual([period, quarter]);
  });
});
