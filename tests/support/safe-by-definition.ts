/** The rules of docs/privacy.md a second time, written for clarity: no line is shared with the product. */
import type { ProtectedCell } from "../../packages/core/src/disclosure/protected-cell.ts";

export interface Rule {
  readonly k: number;
  readonly p: number;
  readonly waivesAllNative: boolean;
}

export interface Human {
  readonly parts: readonly number[];
}

export function isSafeFor(humans: readonly Human[], { k, p }: Rule): boolean {
  const totals = humans.map(({ parts }) => total(parts));
  const people = humans.filter(({ parts }) => parts.some((part) => part >= 30)).length;
  const left = [...totals];
  for (let taken = 0; taken < 3 && left.length > 0; taken += 1) left.splice(left.indexOf(Math.max(...left)), 1);
  return people >= k && total(left) >= (p / 100) * Math.max(0, ...totals) - 1e-9;
}

/** Humans when unlinked accounts belong together as `pairing` says: the n-th of its list in each source are one. */
export function humansBy(
  cells: readonly ProtectedCell[],
  pairing: (minutes: number[], source: string) => number[],
): Human[] {
  const contributors = [...new Set(cells.map(({ contributor }) => contributor))];
  const minutesOf = (wanted: ProtectedCell["contributor"]): number =>
    total(cells.filter(({ contributor }) => contributor === wanted).map(({ minutes }) => minutes));
  const linked = contributors.filter(({ unlinkedSource }) => unlinkedSource === undefined);
  const sources = [...new Set(contributors.flatMap(({ unlinkedSource }) => unlinkedSource ?? []))];
  const columns = sources.map((source) =>
    pairing(contributors.filter(({ unlinkedSource }) => unlinkedSource === source).map(minutesOf), source),
  );
  const longest = Math.max(0, ...columns.map(({ length }) => length));
  const humans: Human[] = linked.map((contributor) => ({ parts: [minutesOf(contributor)] }));
  for (let row = 0; row < longest; row += 1) humans.push({ parts: columns.flatMap((column) => column[row] ?? []) });
  return humans;
}

export function isPublishableFor(cells: readonly ProtectedCell[], rule: Rule): boolean {
  const bySize = (minutes: number[]): number[] => minutes.toSorted((a, b) => b - a);
  const hidden = cells.filter(({ visibility }) => visibility === "private");
  if (total(cells.map(({ minutes }) => minutes)) < 15) return false;
  if (hidden.length === 0 && rule.waivesAllNative) return true;
  if (!isSafeFor(humansBy(cells, bySize), rule)) return false;
  return hidden.length === 0 || isSafeFor(humansBy(hidden, bySize), rule);
}

function total(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
