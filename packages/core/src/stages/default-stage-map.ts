/**
 * The map that is used when nobody has made one (F1): each status is a stage, ordered by category,
 * within a category by the mean place of its first entry among an item's statuses, ties by id.
 */
import { compareNatural } from "../natural-order.ts";
import { type Stage, type StageKind, UNMAPPED_NAME } from "./stage.ts";
import { StageMap } from "./stage-map.ts";
import type { StageTimeline } from "./stage-timeline.ts";
import type { Status, StatusCategory } from "./status.ts";
import { soundsBlocked, soundsLikeWaiting } from "./status-words.ts";

const CATEGORY_ORDER: Record<StatusCategory, number> = { new: 0, indeterminate: 1, done: 2 };

/** Adds up the places of first entries, item by item. */
export class FirstEntryPlaces {
  readonly #sumByStatus = new Map<string, { places: number; items: number }>();

  add(timeline: StageTimeline): void {
    const seen: string[] = [];
    for (const { status } of timeline.stays) {
      if (seen.includes(status)) continue;
      const sum = this.#sumByStatus.get(status);
      if (sum === undefined) this.#sumByStatus.set(status, { places: seen.length, items: 1 });
      else {
        sum.places += seen.length;
        sum.items += 1;
      }
      seen.push(status);
    }
  }

  /** Mean place from 0; statuses that no item entered come last. */
  meanOf(status: string): number {
    const sum = this.#sumByStatus.get(status);
    return sum === undefined ? Number.POSITIVE_INFINITY : sum.places / sum.items;
  }

  has(status: string): boolean {
    return this.#sumByStatus.has(status);
  }
}

/**
 * Builds the default map over the statuses that items entered. A deleted status about which
 * nothing could be guessed stays Unmapped (E5, E6). The commitment is the first in-progress stage;
 * without one, the first stage that is not done.
 * Returns undefined when no item is, or was, in any status that is not done.
 */
export function defaultStageMap(statuses: ReadonlyMap<string, Status>, places: FirstEntryPlaces): StageMap | undefined {
  const entered = [...statuses.values()]
    .filter((status) => places.has(status.id) && !(status.deleted && status.categoryFrom === "unknown"))
    .sort(
      (a, b) =>
        CATEGORY_ORDER[a.category] - CATEGORY_ORDER[b.category] ||
        compareMeans(places.meanOf(a.id), places.meanOf(b.id)) ||
        compareNatural(a.id, b.id),
    );
  const nameOf = uniqueNames(entered);
  const stages: Stage[] = entered.map((status) => ({
    name: nameOf(status),
    kind: kindOf(status),
    statuses: [status.id],
  }));
  const committed =
    entered.find((status) => status.category === "indeterminate") ??
    entered.find((status) => status.category === "new");
  if (committed === undefined) return undefined;
  return new StageMap({
    version: 1,
    origin: "default",
    stages,
    commitment: nameOf(committed),
    blockedStatuses: entered
      .filter((status) => status.category === "indeterminate" && soundsBlocked(status.name))
      .map((status) => status.id),
  });
}

function kindOf(status: Status): StageKind {
  if (status.category === "done") return "done";
  if (status.category === "new" || soundsLikeWaiting(status.name)) return "waiting";
  return "active";
}

/** Two statuses of one name (several workflows have them), and one that is called like the stage of E5, are told apart by their ids. */
function uniqueNames(statuses: readonly Status[]): (status: Status) => string {
  const countByName = new Map<string, number>();
  for (const { name } of statuses) countByName.set(name, (countByName.get(name) ?? 0) + 1);
  return ({ id, name }) => ((countByName.get(name) ?? 0) > 1 || name === UNMAPPED_NAME ? `${name} (${id})` : name);
}

function compareMeans(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
