/**
 * A proposal for the stages of what all sources have, for a person to look at. Pure.
 *
 * What is mapped stays where it is. A status joins the stage that is called like it or clearly means the same, whichever source it is
 * of; a done one the only done stage. Others that items were in become stages of their own: those where work has not begun before the
 * commitment, those where it goes on behind it, in the order in which items come through them. One that no item was in yet is a stage
 * of its own only where no item was in any.
 */
import {
  type FirstEntryPlaces,
  meaningOf,
  resolutionSoundsWithdrawn,
  type Stage,
  type StageKind,
  type StageMap,
  type Status,
  soundsBlocked,
  soundsLikeWaiting,
  UNMAPPED_NAME,
} from "@stageledger/core";
import { MOST_STAGES } from "@stageledger/core/contract/stages";
import type { StageProposal } from "@stageledger/sync";

/**
 * Undefined where nothing is, or could be, open: the clock would start nowhere.
 *
 * @param latest the stages as they are; undefined while there are none
 */
export function proposeStages(
  latest: StageMap | undefined,
  statuses: ReadonlyMap<string, Status>,
  places: FirstEntryPlaces,
): StageProposal | undefined {
  const isAnyEntered = [...statuses.keys()].some((id) => places.has(id));
  const plan = new Plan(latest, statuses, places);
  const mapped = new Set(latest?.stages.flatMap((stage) => stage.statuses));
  const fresh = [...statuses.values()].filter((one) => !mapped.has(one.id) && isKnown(one));
  for (const status of fresh.toSorted(inOrder(places))) plan.take(status, !isAnyEntered || places.has(status.id));
  const commitment = plan.commitment();
  return commitment === undefined ? undefined : { commitment, stages: plan.stages, blockedStatuses: plan.blocked };
}

/** Of one that was deleted, and of which nothing could be guessed, nobody knows where it belongs (E5, E6). */
function isKnown({ deleted, categoryFrom }: Status): boolean {
  return !(deleted && categoryFrom === "unknown");
}

const CATEGORIES: readonly Status["category"][] = ["new", "indeterminate", "done"];

function inOrder(places: FirstEntryPlaces): (a: Status, b: Status) => number {
  return (a, b) =>
    CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category) ||
    compare(places.meanOf(a.id), places.meanOf(b.id));
}

class Plan {
  readonly stages: Stage[];
  readonly blocked: string[];
  readonly #statuses: ReadonlyMap<string, Status>;
  readonly #places: FirstEntryPlaces;
  #commitment: string | undefined;

  constructor(latest: StageMap | undefined, statuses: ReadonlyMap<string, Status>, places: FirstEntryPlaces) {
    this.stages = [...(latest?.stages ?? [])];
    this.blocked = [...(latest?.blockedStatuses ?? [])];
    this.#commitment = latest?.nameOf(latest.commitment);
    this.#statuses = statuses;
    this.#places = places;
  }

  /** Where nothing is being worked on, the first stage at which something waits. */
  commitment(): string | undefined {
    return this.#commitment ?? this.stages.find(({ kind }) => !isEnd(kind))?.name;
  }

  /** @param mayBeStage whether it is a stage of its own where none is like it */
  take(status: Status, mayBeStage: boolean): void {
    const kind = kindOf(status);
    const alike = this.#alike(status, kind);
    if (alike !== undefined) this.#join(alike, status.id);
    else if (mayBeStage && this.stages.length < MOST_STAGES) this.#insert(status, kind);
    else return;
    if (!isEnd(kind) && soundsBlocked(status.name)) this.blocked.push(status.id);
  }

  #alike({ name }: Status, kind: StageKind): number | undefined {
    const meaning = meaningOf(name);
    const means = (other: string | undefined): boolean => other !== undefined && meaningOf(other) === meaning;
    const fitting = this.stages.flatMap((stage, position) =>
      isEnd(stage.kind) === isEnd(kind) ? [{ stage, position }] : [],
    );
    const done = this.stages.flatMap((stage, position) => (stage.kind === "done" ? [{ position }] : []));
    const found =
      fitting.find(({ stage }) => means(stage.name)) ??
      fitting.find(({ stage }) => stage.statuses.some((id) => means(this.#statuses.get(id)?.name))) ??
      (kind === "done" && done.length === 1 ? done[0] : undefined);
    return found?.position;
  }

  #join(position: number, statusId: string): void {
    const stage = this.stages[position];
    if (stage !== undefined) this.stages[position] = { ...stage, statuses: [...stage.statuses, statusId] };
  }

  #insert({ id, name, category }: Status, kind: StageKind): void {
    const isTaken = name === UNMAPPED_NAME || this.stages.some((stage) => stage.name === name);
    const stage: Stage = { name: isTaken ? `${name} (${id})` : name, kind, statuses: [id] };
    this.stages.splice(this.#placeFor(id, category, kind), 0, stage);
    if (category === "indeterminate") this.#commitment ??= stage.name;
  }

  #placeFor(id: string, category: Status["category"], kind: StageKind): number {
    if (kind === "withdrawn") return this.stages.length;
    if (kind === "done") return this.stages.findLastIndex((stage) => stage.kind !== "withdrawn") + 1;
    const commitment = this.stages.findIndex((stage) => stage.name === this.#commitment);
    const isBefore = category === "new" && commitment !== -1;
    const first = category === "new" ? 0 : commitment + 1;
    const end = this.stages.findIndex((stage, position) => position >= first && isEnd(stage.kind));
    const last = isBefore ? commitment : end === -1 ? this.stages.length : end;
    const mean = this.#places.meanOf(id);
    const later = this.stages.slice(first, last).findIndex((stage) => this.#meanOf(stage) > mean);
    return later === -1 ? last : first + later;
  }

  /** Mean place of the first of its statuses that items were in; before all where they were in none. */
  #meanOf({ statuses }: Stage): number {
    const entered = statuses.filter((id) => this.#places.has(id)).map((id) => this.#places.meanOf(id));
    return entered.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...entered);
  }
}

function kindOf({ name, category }: Status): StageKind {
  if (category === "done") return resolutionSoundsWithdrawn(name) ? "withdrawn" : "done";
  return category === "new" || soundsLikeWaiting(name) ? "waiting" : "active";
}

function isEnd(kind: StageKind): boolean {
  return kind === "done" || kind === "withdrawn";
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
