/** Protected cells for hand-computed cases. */
import type { Contributor, Contributors } from "../../packages/core/src/disclosure/contributors.ts";
import type { Portion } from "../../packages/core/src/disclosure/merge-ladder.ts";
import type { ProtectedCell } from "../../packages/core/src/disclosure/protected-cell.ts";
import { day } from "./moments.ts";

export interface Place extends Partial<Omit<ProtectedCell, "contributor" | "minutes">> {
  /** Source of the unlinked accounts; "linked" for contributors whose accounts are linked. */
  readonly source?: string;
}

/** A row for each person: `{ ann: 60, bob: 90 }` at one place, by default private, in time, of the source "jira". */
export function cellsOf(
  people: Contributors,
  { source = "jira", ...place }: Place,
  minutesByPerson: Readonly<Record<string, number>>,
): ProtectedCell[] {
  return Object.entries(minutesByPerson).map(([person, minutes]) => ({
    project: "PAY",
    stage: "Build",
    activity: "build",
    week: day("2026-09-07"),
    visibility: "private",
    isLate: false,
    ...place,
    contributor: contributorOf(people, person, source),
    minutes,
  }));
}

/** `count` people with the same minutes: p1, p2 … */
export function each(count: number, minutes: number, prefix = "p"): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index + 1}`, minutes]));
}

/** Portions as short lines: `B PAY 2026-09 Build 500`. */
export function lines(portions: readonly Portion[]): string[] {
  return portions.map(({ identity, cells }) => {
    const minutes = cells.reduce((sum, cell) => sum + cell.minutes, 0);
    switch (identity.cut) {
      case "A":
        return `A ${identity.project} ${new Date(identity.week * 86_400_000).toISOString().slice(0, 10)} ${minutes}`;
      case "B":
      case "C":
        return `${identity.cut} ${identity.project} ${identity.period} ${identity.part.kind === "own" ? identity.part.name : "(others)"} ${minutes}`;
      case "E":
        return `E ${identity.period} ${minutes}`;
      default:
        return `L ${identity.project} ${identity.quarter} ${minutes}`;
    }
  });
}

function contributorOf(people: Contributors, person: string, source: string): Contributor {
  return source === "linked" ? people.linked(person) : people.unlinked(person, source);
}
