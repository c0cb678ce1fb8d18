import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atomKey } from "../../../packages/core/src/disclosure/atoms.ts";
import {
  type PartOrder,
  type Portion,
  periodPortions,
  quarterPortions,
  weekPortions,
} from "../../../packages/core/src/disclosure/merge-ladder.ts";
import { mergedHumans } from "../../../packages/core/src/disclosure/merged-humans.ts";
import type { ProtectedCell } from "../../../packages/core/src/disclosure/protected-cell.ts";
import { periodAtoms, quarterAtoms, weekAtoms } from "../../../packages/core/src/disclosure/released-atoms.ts";
import { SafetySettings, safe } from "../../../packages/core/src/disclosure/safety-test.ts";
import { someCells } from "../../support/arbitrary-cells.ts";
import { humansBy, isPublishableFor, isSafeFor, type Rule } from "../../support/safe-by-definition.ts";

const ORDER: PartOrder = { stages: ["Test", "Build", "Review"], activities: ["meeting", "build"] };

const someRule: fc.Arbitrary<Rule> = fc.record({
  k: fc.constantFrom(5, 5, 6, 8),
  p: fc.integer({ min: 15, max: 25 }),
  waivesAllNative: fc.boolean(),
});
const RUNS = { numRuns: 300 };

function climb(cells: readonly ProtectedCell[], settings: SafetySettings): Portion[] {
  const weeks = weekPortions(cells, settings);
  const published = weeks.map(({ identity }) => identity);
  return [...weeks, ...periodPortions(cells, published, ORDER, settings), ...quarterPortions(cells, settings)];
}

function minutesOf(cells: readonly ProtectedCell[]): number {
  return cells.reduce((sum, { minutes }) => sum + minutes, 0);
}

function weekKey({ project, week }: Pick<ProtectedCell, "project" | "week">): string {
  return `${project} ${week}`;
}

describe("whatever the cells are", () => {
  test("every portion is publishable by an independent reading of the rules, and no project-week that is was left out", () => {
    return fc.assert(
      fc.property(someCells(), someRule, (cells, rule) => {
        const portions = climb(cells, new SafetySettings(rule));
        for (const portion of portions) expect(isPublishableFor(portion.cells, rule)).toBe(true);
        const published = portions.flatMap(({ identity }) => (identity.cut === "A" ? [weekKey(identity)] : []));
        const inTime = cells.filter(({ isLate }) => !isLate);
        const safeWeeks = [...new Set(inTime.map(weekKey))].filter((key) =>
          isPublishableFor(
            inTime.filter((cell) => weekKey(cell) === key),
            rule,
          ),
        );
        expect(published.toSorted()).toEqual(safeWeeks.toSorted());
      }),
      RUNS,
    );
  });

  test("atoms have different identities, and within a cut no cell is in two of them", () => {
    return fc.assert(
      fc.property(someCells(), someRule, (cells, rule) => {
        const portions = climb(cells, new SafetySettings(rule));
        expect(new Set(portions.map(({ identity }) => atomKey(identity))).size).toBe(portions.length);
        for (const cut of ["A", "B", "C", "E", "L"]) {
          const inCut = portions.filter(({ identity }) => identity.cut === cut).flatMap((portion) => portion.cells);
          const keys = inCut.map(({ contributor: _, minutes: __, ...key }, index) =>
            JSON.stringify([key, cut === "L" ? index : contributorIndex(cells, inCut[index])]),
          );
          expect(new Set(keys).size).toBe(inCut.length);
        }
      }),
      RUNS,
    );
  });

  test("B and C add up to what A published, of each project; with the waiver to that or to nothing", () => {
    return fc.assert(
      fc.property(someCells(), someRule, (cells, rule) => {
        const portions = climb(cells, new SafetySettings(rule));
        for (const project of ["PAY", "OPS"]) {
          for (const weeks of [
            ["2026-09", [20710, 20717]],
            ["2026-10", [20724]],
          ] as const) {
            const [period, mondays] = weeks;
            const universe = portions.flatMap(({ identity, cells }) =>
              identity.cut === "A" && identity.project === project && mondays.some((week) => week === identity.week)
                ? cells
                : [],
            );
            for (const cut of ["B", "C"]) {
              const parts = portions.flatMap(({ identity, cells }) =>
                identity.cut === cut && "part" in identity && identity.project === project && identity.period === period
                  ? cells
                  : [],
              );
              const allowed = rule.waivesAllNative ? [0, minutesOf(universe)] : [minutesOf(universe)];
              expect(allowed).toContain(minutesOf(parts));
            }
          }
        }
      }),
      RUNS,
    );
  });

  test("E holds exactly what is in no published project-week, or is not there", () => {
    return fc.assert(
      fc.property(someCells(), someRule, (cells, rule) => {
        const portions = climb(cells, new SafetySettings(rule));
        const published = new Set(
          portions.flatMap(({ identity }) => (identity.cut === "A" ? [weekKey(identity)] : [])),
        );
        const carried = cells.filter((cell) => !(cell.isLate || published.has(weekKey(cell))));
        for (const period of ["2026-09", "2026-10"]) {
          const pool = carried.filter(({ week }) => (week < 20724 ? "2026-09" : "2026-10") === period);
          const atom = portions.find(({ identity }) => identity.cut === "E" && identity.period === period);
          if (isPublishableFor(pool, rule)) expect(minutesOf(atom?.cells ?? [])).toBe(minutesOf(pool));
          else expect(atom).toBeUndefined();
        }
      }),
      RUNS,
    );
  });

  test("the order of cells, and how their minutes are split into rows, change no atom", () => {
    return fc.assert(
      fc.property(someCells(), someRule, fc.infiniteStream(fc.nat()), (cells, rule, draws) => {
        const settings = new SafetySettings(rule);
        const split = cells.flatMap((cell) => {
          const first = Math.sign(cell.minutes) * ((draws.next().value ?? 0) % (Math.abs(cell.minutes) + 1));
          return [
            { ...cell, minutes: first },
            { ...cell, minutes: cell.minutes - first },
          ];
        });
        const shuffled = split
          .map((cell) => ({ cell, place: draws.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ cell }) => cell);
        expect(atomsOf(shuffled, settings)).toEqual(atomsOf(cells, settings));
      }),
      { numRuns: 150 },
    );
  });

  test("what is safe on merged humans is safe however the accounts belong together", () => {
    return fc.assert(
      fc.property(someCells(), someRule, fc.infiniteStream(fc.nat()), (cells, rule, draws) => {
        const inTime = cells.filter(({ isLate }) => !isLate).slice(0, 40);
        if (!safe(mergedHumans(inTime), new SafetySettings(rule))) return;
        const anyPairing = (minutes: number[]): number[] => {
          // Gaps too: an account may be alone though the other source has enough of them.
          const slots = Array.from({ length: 14 }, (_, index) => minutes[index] ?? 0);
          return slots
            .map((value) => ({ value, place: draws.next().value ?? 0 }))
            .sort((a, b) => a.place - b.place)
            .map(({ value }) => value);
        };
        expect(isSafeFor(humansBy(inTime, anyPairing), rule)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("more people or a larger p never publish a project-week that fewer or smaller would not", () => {
    return fc.assert(
      fc.property(someCells(), someRule, (cells, rule) => {
        const loose = weekPortions(cells, new SafetySettings({ ...rule, k: 5, p: 15 }));
        const strict = weekPortions(cells, new SafetySettings(rule));
        const keys = new Set(loose.map(({ identity }) => atomKey(identity)));
        expect(strict.filter(({ identity }) => !keys.has(atomKey(identity)))).toEqual([]);
      }),
      RUNS,
    );
  });

  test("atoms are multiples of half an hour above zero, within a quarter of an hour of the truth", () => {
    return fc.assert(
      fc.property(someCells(), someRule, (cells, rule) => {
        const settings = new SafetySettings(rule);
        const portions = climb(cells, settings);
        const atoms = atomsOf(cells, settings);
        expect(atoms.map(({ identity }) => identity)).toEqual(portions.map(({ identity }) => identity));
        for (const [index, { roundedMinutes }] of atoms.entries()) {
          expect(roundedMinutes).toBeGreaterThan(0);
          expect(roundedMinutes % 30).toBe(0);
          expect(Math.abs(roundedMinutes - minutesOf(portions[index]?.cells ?? []))).toBeLessThanOrEqual(15);
        }
      }),
      RUNS,
    );
  });
});

test("the generated cells reach every cut, single parts and unions", () => {
  const reached = new Map<string, number>();
  for (const cells of fc.sample(someCells(), { seed: 7, numRuns: 200 })) {
    for (const { identity } of climb(cells, new SafetySettings({ p: 20 }))) {
      const what = "part" in identity ? `${identity.cut} ${identity.part.kind}` : identity.cut;
      reached.set(what, (reached.get(what) ?? 0) + 1);
    }
  }
  expect([...reached.keys()].toSorted()).toEqual(["A", "B others", "B own", "C others", "C own", "E", "L"]);
  for (const [, count] of reached) expect(count).toBeGreaterThan(10);
});

function atomsOf(cells: readonly ProtectedCell[], settings: SafetySettings) {
  const published = weekPortions(cells, settings).map(({ identity }) => identity);
  return [
    ...weekAtoms(cells, settings),
    ...periodAtoms(cells, published, ORDER, settings),
    ...quarterAtoms(cells, settings),
  ];
}

function contributorIndex(cells: readonly ProtectedCell[], cell: ProtectedCell | undefined): number {
  return cells.findIndex(({ contributor }) => contributor === cell?.contributor);
}
