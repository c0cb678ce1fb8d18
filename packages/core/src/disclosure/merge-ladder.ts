/**
 * The merge ladder: decides which sums of protected cells are published. Pure. What cannot stand alone is merged with
 * its neighbours, never hidden below a published total, from which it could be computed.
 */
import { compareNatural } from "../natural-order.ts";
import type { AtomIdentity, LateCorrections, ProjectPart, ProjectWeek } from "./atoms.ts";
import { periodOf, quarterOf } from "./period.ts";
import { inTimeCells, type ProtectedCell, positiveLateCells, sumMinutes } from "./protected-cell.ts";
import { publishable } from "./publishable.ts";
import type { SafetySettings } from "./safety-test.ts";

/** An atom to be, with the cells behind it. Protected like the cells. */
export interface Portion<Identity extends AtomIdentity = AtomIdentity> {
  readonly identity: Identity;
  readonly cells: readonly ProtectedCell[];
}

/** Names in the order of the tenant's maps. It decides ties and the order of atoms; other names come after, naturally. */
export interface PartOrder {
  readonly stages: readonly string[];
  readonly activities: readonly string[];
}

/** A project-week that was published, as kept with the atoms. */
export type PublishedWeek = Pick<ProjectWeek, "project" | "week">;

/** Cut A: each project-week that can stand alone, in order of project and week. The others are carried. */
export function weekPortions(cells: readonly ProtectedCell[], settings: SafetySettings): Portion<ProjectWeek>[] {
  return groups(inTimeCells(cells), ({ project, week }): ProjectWeek => ({ cut: "A", project, week }))
    .filter((portion) => publishable(portion.cells, settings))
    .sort((a, b) => compareNatural(a.identity.project, b.identity.project) || a.identity.week - b.identity.week);
}

/**
 * Cuts B, C and E of every period that the cells belong to. B and C divide what A published, so that their sums say
 * nothing that A does not; E pools all the rest.
 */
export function periodPortions(
  cells: readonly ProtectedCell[],
  published: readonly PublishedWeek[],
  order: PartOrder,
  settings: SafetySettings,
): Portion[] {
  const publishedWeeks = new Set(published.map(({ project, week }) => JSON.stringify([project, week])));
  const isPublished = ({ project, week }: ProtectedCell): boolean =>
    publishedWeeks.has(JSON.stringify([project, week]));
  const inTime = inTimeCells(cells);
  const universe = inTime.filter(isPublished);
  const carried = inTime.filter((cell) => !isPublished(cell));
  return [
    ...divide(universe, "B", ({ stage }) => stage, order.stages, settings),
    ...divide(universe, "C", ({ activity }) => activity, order.activities, settings),
    ...groups(carried, ({ week }) => ({ cut: "E" as const, period: periodOf(week) }))
      .filter((portion) => publishable(portion.cells, settings))
      .sort((a, b) => compareNatural(a.identity.period, b.identity.period)),
  ];
}

/** Cut L: what was posted late, a project and quarter at a time, in order of these. The quarter is that of the cell's week. */
export function quarterPortions(cells: readonly ProtectedCell[], settings: SafetySettings): Portion<LateCorrections>[] {
  return groups(
    positiveLateCells(cells),
    ({ project, week }): LateCorrections => ({ cut: "L", project, quarter: quarterOf(week) }),
  )
    .filter((portion) => publishable(portion.cells, settings))
    .sort(
      (a, b) =>
        compareNatural(a.identity.project, b.identity.project) ||
        compareNatural(a.identity.quarter, b.identity.quarter),
    );
}

/** One cut over every project and period of the universe, in order of these, then parts as their map has them. */
function divide(
  universe: readonly ProtectedCell[],
  cut: ProjectPart["cut"],
  partOf: (cell: ProtectedCell) => string,
  order: readonly string[],
  settings: SafetySettings,
): Portion<ProjectPart>[] {
  return groups(universe, ({ project, week }) => ({ project, period: periodOf(week) }))
    .sort(
      (a, b) =>
        compareNatural(a.identity.project, b.identity.project) || compareNatural(a.identity.period, b.identity.period),
    )
    .flatMap(({ identity, cells }) => {
      const { own, others } = mergeParts(cells, partOf, order, settings);
      const portions = own.map(
        ({ name, cells }): Portion<ProjectPart> => ({
          identity: { cut, ...identity, part: { kind: "own", name } },
          cells,
        }),
      );
      if (others.length > 0) portions.push({ identity: { cut, ...identity, part: { kind: "others" } }, cells: others });
      return portions;
    });
}

interface Part {
  readonly name: string;
  readonly cells: readonly ProtectedCell[];
}

/**
 * The parts that stand alone, in map order, and the union of the others. While that union cannot be published, it takes
 * in the smallest part that could: each turn has one part fewer, so it ends.
 */
function mergeParts(
  cells: readonly ProtectedCell[],
  partOf: (cell: ProtectedCell) => string,
  order: readonly string[],
  settings: SafetySettings,
): { readonly own: readonly Part[]; readonly others: readonly ProtectedCell[] } {
  const inMapOrder = (a: Part, b: Part): number =>
    placeIn(order, a.name) - placeIn(order, b.name) || compareNatural(a.name, b.name);
  const parts = groups(cells, partOf).map(({ identity, cells }): Part => ({ name: identity, cells }));
  const own = parts
    .filter((part) => publishable(part.cells, settings))
    .sort((a, b) => sumMinutes(a.cells) - sumMinutes(b.cells) || inMapOrder(a, b));
  const others = parts.filter((part) => !own.includes(part)).flatMap((part) => part.cells);
  while (others.length > 0 && !publishable(others, settings)) {
    const smallest = own.shift();
    // Weeks that are all safe are safe together; only where the waiver let one pass untested can the whole fail.
    if (smallest === undefined) return { own: [], others: [] };
    others.push(...smallest.cells);
  }
  return { own: own.sort(inMapOrder), others };
}

function placeIn(order: readonly string[], name: string): number {
  const place = order.indexOf(name);
  return place === -1 ? order.length : place;
}

interface Group<Identity> {
  readonly identity: Identity;
  readonly cells: readonly ProtectedCell[];
}

/** Cells by what `identify` says of each, compared by value. */
function groups<Identity>(
  cells: readonly ProtectedCell[],
  identify: (cell: ProtectedCell) => Identity,
): Group<Identity>[] {
  const groupByKey = new Map<string, { readonly identity: Identity; readonly cells: ProtectedCell[] }>();
  for (const cell of cells) {
    const identity = identify(cell);
    const key = JSON.stringify(identity);
    const group = groupByKey.get(key);
    if (group === undefined) groupByKey.set(key, { identity, cells: [cell] });
    else group.cells.push(cell);
  }
  return [...groupByKey.values()];
}
