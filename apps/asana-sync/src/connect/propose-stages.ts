/**
 * A proposal for the stages of Asana's columns, for a person to look at. Pure.
 *
 * What is mapped stays where it is. A column joins the stage that is called like it or clearly means the same; a done one joins
 * the only done stage. All others become stages of their own, behind the stage of the column to their left: Asana's columns run
 * from left to right, like stages. "Completed" joins the only done stage, else it is one.
 */
import {
  categoryOfName,
  resolutionSoundsWithdrawn,
  type Stage,
  type StageKind,
  type StageMap,
  type StageMapInput,
  soundsBlocked,
  soundsLikeWaiting,
  UNMAPPED_NAME,
} from "@stageledger/core";
import { COMPLETED } from "../asana/ledger-ids.ts";
import { COMPLETED_NAME, type Column, type ProjectColumns } from "./columns.ts";
import { meaningOf } from "./same-meaning.ts";

export type StageProposal = Pick<StageMapInput, "stages" | "commitment" | "blockedStatuses">;

/**
 * @param previous the stages now in force; undefined when there are none
 * @param nameOf what a status of theirs is called, whichever source it is of
 */
export function proposeStages(
  previous: StageMap | undefined,
  projects: readonly ProjectColumns[],
  nameOf: (statusId: string) => string | undefined,
): StageProposal {
  const plan = new Plan(previous, nameOf);
  for (const { columns } of projects) plan.takeProject(columns);
  plan.takeCompleted();
  const blocked = projects.flatMap(({ columns }) =>
    columns.filter(({ statusId, name }) => soundsBlocked(name) && plan.isNewAndOpen(statusId)),
  );
  return {
    stages: plan.stages,
    commitment: plan.commitment(previous),
    blockedStatuses: [...(previous?.blockedStatuses ?? []), ...blocked.map(({ statusId }) => statusId)],
  };
}

class Plan {
  readonly stages: Stage[];
  readonly #before: ReadonlySet<string>;
  readonly #nameByStatus = new Map<string, string>();
  readonly #nameOf: (statusId: string) => string | undefined;

  constructor(previous: StageMap | undefined, nameOf: (statusId: string) => string | undefined) {
    this.stages = [...(previous?.stages ?? [])];
    this.#before = new Set(this.stages.flatMap(({ statuses }) => statuses));
    this.#nameOf = nameOf;
  }

  takeProject(columns: readonly Column[]): void {
    const open = columns.filter(({ name }) => !isEnd(kindByName(name)));
    // Two columns of one project are two stages, unless somebody mapped them otherwise.
    const taken = new Set<string>();
    let left: number | undefined;
    columns.forEach((column, place) => {
      this.#nameByStatus.set(column.statusId, column.name);
      const known = this.#positionOf(column.statusId) ?? this.#joinable(column.name, taken);
      if (known === undefined) {
        const kind = kindByName(column.name) ?? (place === 0 && open.length > 1 ? "waiting" : "active");
        left = this.#insert(this.#placeFor(left, columns.slice(place + 1), kind), column, kind);
      } else {
        this.#join(known, column.statusId);
        left = known;
      }
      taken.add(this.stages[left]?.name ?? "");
    });
  }

  takeCompleted(): void {
    if (this.#positionOf(COMPLETED) !== undefined) return;
    const known = this.#onlyDone() ?? this.#only(({ name, kind }) => kind === "done" && name === COMPLETED_NAME);
    if (known !== undefined) this.#join(known, COMPLETED);
    else {
      const end = this.stages.findLastIndex(({ kind }) => kind !== "withdrawn") + 1;
      this.#insert(end, { statusId: COMPLETED, name: COMPLETED_NAME }, "done");
    }
  }

  isNewAndOpen(statusId: string): boolean {
    const stage = this.stages[this.#positionOf(statusId) ?? -1];
    return !this.#before.has(statusId) && stage !== undefined && !isEnd(stage.kind);
  }

  commitment(previous: StageMap | undefined): string {
    if (previous !== undefined) return previous.nameOf(previous.commitment);
    const open = this.stages.filter(({ kind }) => !isEnd(kind));
    const committed = open.find(({ kind }) => kind === "active") ?? open[0];
    if (committed !== undefined) return committed.name;
    // All columns are called like an end; something has to be work.
    const [first] = this.stages;
    this.stages[0] = { name: first?.name ?? "", statuses: first?.statuses ?? [], kind: "active" };
    return first?.name ?? "";
  }

  #joinable(name: string, taken: ReadonlySet<string>): number | undefined {
    const meaning = meaningOf(name);
    const statusMeans = (status: string): boolean =>
      meaningOf(this.#nameByStatus.get(status) ?? this.#nameOf(status) ?? "") === meaning;
    const position =
      this.#only((stage) => sameCase(stage.name) === sameCase(name)) ??
      this.#only((stage) => meaningOf(stage.name) === meaning) ??
      this.#only(({ statuses }) => statuses.some(statusMeans)) ??
      (kindByName(name) === "done" ? this.#onlyDone() : undefined);
    return position === undefined || taken.has(this.stages[position]?.name ?? "") ? undefined : position;
  }

  #onlyDone(): number | undefined {
    return this.#only(({ kind }) => kind === "done");
  }

  #positionOf(statusId: string): number | undefined {
    return this.#only(({ statuses }) => statuses.includes(statusId));
  }

  /** Position of the stage that fits, when there is exactly one. */
  #only(fits: (stage: Stage) => boolean): number | undefined {
    const found = this.stages.flatMap((stage, position) => (fits(stage) ? [position] : []));
    return found.length === 1 ? found[0] : undefined;
  }

  /** Without a column to the left: before the stage of the next one to the right, or before the end. */
  #placeFor(left: number | undefined, toTheRight: readonly Column[], kind: StageKind): number {
    if (left !== undefined) return left + 1;
    const right = toTheRight
      .map(({ statusId, name }) => this.#positionOf(statusId) ?? this.#joinable(name, new Set()))
      .find((position) => position !== undefined);
    if (right !== undefined) return right;
    const end = this.stages.findIndex((stage) => isEnd(stage.kind));
    return isEnd(kind) || end === -1 ? this.stages.length : end;
  }

  #join(position: number, statusId: string): void {
    const stage = this.stages[position];
    if (stage === undefined || stage.statuses.includes(statusId)) return;
    this.stages[position] = { ...stage, statuses: [...stage.statuses, statusId] };
  }

  #insert(position: number, { statusId, name }: Column, kind: StageKind): number {
    const isTaken = name === UNMAPPED_NAME || this.stages.some((stage) => stage.name === name);
    this.stages.splice(position, 0, { name: isTaken ? `${name} (${statusId})` : name, kind, statuses: [statusId] });
    return position;
  }
}

/** Undefined where a name says nothing. */
function kindByName(name: string): StageKind | undefined {
  if (resolutionSoundsWithdrawn(name)) return "withdrawn";
  const category = categoryOfName(name);
  if (category === "done") return "done";
  if (category === "new" || soundsLikeWaiting(name)) return "waiting";
  return category === undefined ? undefined : "active";
}

function isEnd(kind: StageKind | undefined): boolean {
  return kind === "done" || kind === "withdrawn";
}

function sameCase(text: string): string {
  return text.trim().toLowerCase();
}
