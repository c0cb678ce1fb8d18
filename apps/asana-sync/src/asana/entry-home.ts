/** Which project the hours of a native entry belong to: exactly one, or none while nobody can tell (E9, E14). Pure. */
import type { ChosenProject, ChosenProjects } from "./chosen-projects.ts";
import type { Place } from "./place.ts";
import type { AsanaEntry } from "./schemas.ts";

export interface HomeQuestion {
  readonly entry: AsanaEntry;
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
 * 3. The project that the task was in when the entry was made, or came into next. Several that are one ledger project count as
 *    one, and the first by id stands for them.
 * 4. The project of the nearest task above it.
 * 5. Undefined: the author has to choose.
 */
export function homeOf({ entry, projects, places, projectsAbove, before }: HomeQuestion): ChosenProject | undefined {
  const named = projects.byGid.get(entry.attributable_to?.gid ?? "");
  if (named !== undefined) return named;
  const answered = projects.byGid.get(before ?? "");
  if (answered !== undefined) return answered;
  const own = onlyOne(placesAt(places, entry.created_at));
  return own ?? (places.length > 0 ? undefined : onlyOne(projectsAbove));
}

function placesAt(places: readonly Place[], at: number): readonly ChosenProject[] {
  const then = places.filter(({ spans }) => spans.some(({ from, to }) => from <= at && (to === undefined || at < to)));
  if (then.length > 0) return then.map(({ project }) => project);
  const next = places.flatMap(({ spans }) => spans.map(({ from }) => from).filter((from) => from > at));
  const soonest = Math.min(...next);
  if (next.length === 0) return places.map(({ project }) => project);
  return places.filter(({ spans }) => spans.some(({ from }) => from === soonest)).map(({ project }) => project);
}

function onlyOne(candidates: readonly ChosenProject[]): ChosenProject | undefined {
  const [first, ...others] = candidates.toSorted((a, b) => (a.gid < b.gid ? -1 : 1));
  return others.every(({ project }) => project === first?.project) ? first : undefined;
}
