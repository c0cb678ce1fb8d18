import * as fc from "fast-check";
import { Contributors } from "../../packages/core/src/disclosure/contributors.ts";
import type { ProtectedCell } from "../../packages/core/src/disclosure/protected-cell.ts";
import { day } from "./moments.ts";

/** Two weeks of September and one of October, by their Thursdays. */
const WEEKS = ["2026-09-14", "2026-09-21", "2026-09-28"].map(day);
const SOURCES = ["jira", "asana", "linked"];

/** Postings of up to fourteen contributors in two projects, enough of them that every cut occurs; some late. */
export function someCells(): fc.Arbitrary<ProtectedCell[]> {
  const row = fc.record({
    person: fc.nat({ max: 13 }),
    project: fc.constantFrom("PAY", "OPS"),
    stage: fc.constantFrom("Build", "Build", "Review", "Test", "Unlisted"),
    activity: fc.constantFrom("build", "build", "meeting"),
    week: fc.constantFrom(...WEEKS),
    visibility: fc.constantFrom("private", "private", "known" as const),
    lateSign: fc.constantFrom(0, 0, 0, 1, -1),
    minutes: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 20, max: 400 })),
  });
  return fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.array(row, { maxLength: 220, size: "max" }))
    .map(([sources, rows]) => {
      const people = new Contributors();
      return rows.map(({ person, lateSign, minutes, ...place }): ProtectedCell => {
        const source = SOURCES[2 - (person % sources)] ?? "linked";
        const pseudonym = `person ${person}`;
        return {
          ...place,
          contributor: source === "linked" ? people.linked(pseudonym) : people.unlinked(pseudonym, source),
          isLate: lateSign !== 0,
          minutes: lateSign === -1 ? -minutes : minutes,
        };
      });
    });
}
