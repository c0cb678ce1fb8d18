/** Which project the hours of a native entry belong to: exactly one, or none while nobody can tell (E9, E14). Pure. */
import type { ChosenProject, ChosenProjects } from "./chosen-projects.ts";
import type { Place, Span } from "./place.ts";
import type { AsanaEntry } from "./schemas.ts";

export interface HomeQuestion {
  readonly entry: Pick<AsanaEntry, "attributable_to" | "created_at">;
  readonly projects: ChosenProjects;
  /** Of the task itself. */
  readonly places: readonly Place[];
  /** Of the nearest task above it that is in a chosen project. */
  readonly projectsAbove: readonly ChosenProject[];
  /** What was answered when the entry was seen before. */
  readonly before: string | undefined;
}

/**
 * 1. The project that the entry names, when it was chosen.
 * 2. What was answered before: hours stay where they were when their task moves.
 * 3. The project that the task was in when the entry was made. Several that are one project of the ledger count as one, and the
 *    first by id stands for them.
 * 4. The project of the nearest task above it.
 * 5. Where the task was in none when the entry was made: the project that it came into next, else the one that it left last.
 * 6. Undefined: the author has to choose.
 */
export function homeOf({ entry, projects, places, projectsAbove, before }: HomeQuestion): ChosenProject | undefined {
  const named = projects.byGid.get(entry.attributable_to?.gid ?? "");
  if (named !== undefined) return named;
  const answered = projects.byGid.get(before ?? "");
  if (answered !== undefined) return answered;
  const at = entry.created_at;
  const then = placesWith(places, ({ from, to }) => from <= at && (to === undefined || at < to));
  const around = then.length > 0 ? [] : nextOrLast(places, at);
  return onlyOne(then) ?? onlyOne(projectsAbove) ?? onlyOne(around);
}

function nextOrLast(places: readonly Place[], at: number): readonly ChosenProject[] {
  const spans = places.flatMap((place) => place.spans);
  const next = Math.min(...spans.map(({ from }) => from).filter((from) => from > at));
  if (Number.isFinite(next)) return placesWith(places, ({ from }) => from === next);
  const last = Math.max(...spans.flatMap(({ to }) => to ?? []));
  return placesWith(places, ({ to }) => to === last);
}

function placesWith(places: readonly Place[], holds: (span: Span) => boolean): readonly ChosenProject[] {
  return places.filter(({ spans }) => spans.some(holds)).map(({ project }) => project);
}

function onlyOne(candidates: readonly ChosenProject[]): ChosenProject | undefined {
  const [first, ...others] = candidates.toSorted((a, b) => (a.gid < b.gid ? -1 : 1));
  return others.every(({ project }) => project === first?.project) ? first : undefined;
}
