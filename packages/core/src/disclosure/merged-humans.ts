import type { Contributor } from "./contributors.ts";
import type { ProtectedCell } from "./protected-cell.ts";

/** Contributions that may all come from one person. */
export interface MergedHuman {
  readonly minutes: number;
  /** The most that one contributor among the parts has. */
  readonly largestPartMinutes: number;
}

/**
 * The fewest and most unequal humans that can stand behind these contributors: the largest unlinked one of each source
 * is taken for one human, the second largest for the next, and so on. A linked contributor is one human already. Any
 * other pairing of the unlinked ones has as many humans or more, and spreads the minutes wider; so what is safe here is
 * safe however the accounts really belong together.
 */
export function mergedHumans(cells: readonly ProtectedCell[]): MergedHuman[] {
  const linkedMinutes: number[] = [];
  const minutesBySource = new Map<string, number[]>();
  for (const [{ unlinkedSource }, minutes] of minutesByContributor(cells)) {
    if (unlinkedSource === undefined) linkedMinutes.push(minutes);
    else minutesBySource.set(unlinkedSource, [...(minutesBySource.get(unlinkedSource) ?? []), minutes]);
  }
  const columns = [...minutesBySource.values()].map((minutes) => minutes.sort((a, b) => b - a));
  const rows = Math.max(0, ...columns.map(({ length }) => length));
  const unlinked = Array.from({ length: rows }, (_, row) => asOneHuman(columns.map((column) => column[row] ?? 0)));
  return [...unlinked, ...linkedMinutes.map((minutes) => asOneHuman([minutes]))];
}

function minutesByContributor(cells: readonly ProtectedCell[]): Map<Contributor, number> {
  const sums = new Map<Contributor, number>();
  for (const { contributor, minutes } of cells) sums.set(contributor, (sums.get(contributor) ?? 0) + minutes);
  return sums;
}

function asOneHuman(parts: readonly number[]): MergedHuman {
  return { minutes: parts.reduce((sum, part) => sum + part, 0), largestPartMinutes: Math.max(...parts) };
}
