/**
 * A proposal for the stages of Asana's columns, for a person to look at. Pure.
 *
 * What is mapped stays where it is. A column joins the stage that is called like it or clearly means the same; a done one joins
 * the only done stage. All others become stages of their own: Asana's columns run from left to right, like stages. The columns
 * to the left of a project's first work lie before the stage at which the clock starts, the others behind it, ends last.
 * "Completed" joins the only done stage, else it is one.
 */
import {
  categoryOfName,
  meaningOf,
  resolutionSoundsWithdrawn,
  type Stage,
  type StageKind,
  type StageMap,
  soundsBlocked,
  soundsLikeWaiting,
  UNMAPPED_NAME,
} from "@stageledger/core";
import type { StageProposal } from "@stageledger/sync";
import { COMPLETED } from "../asana/ledger-ids.ts";
import { COMPLETED_NAME, type Column, type ProjectColumns } from "./columns.ts";

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
    commitment: plan.settleCommitment(),
    stages: plan.stages,
    blockedStatuses: [...(previous?.blockedStatuses ?? []), ...blocked.map(({ statusId }) => statusId)],
  };
}

/** Positions of the stages of the columns beside it: the one before it, and the next one after it that has a stage. */
interface Neighbours {
  readonly left?: number | undefined;
  readonly right?: number | undefined;
}

class Plan {
  readonly stages: Stage[];
  #commitment: string | undefined;
  readonly #before: ReadonlySet<string>;
  readonly #nameByStatus = new Map<string, string>();
  readonly #nameOf: (statusId: string) => string | undefined;

  constructor(previous: StageMap | undefined, nameOf: (statusId: string) => string | undefined) {
    this.stages = [...(previous?.stages ?? [])];
    this.#commitment = previous?.nameOf(previous.commitment);
    this.#before = new Set(this.stages.flatMap(({ statuses }) => statuses));
    this.#nameOf = nameOf;
  }

  takeProject(columns: readonly Column[]): void {
    // Two columns of one project are two stages, unless somebody mapped them otherwise.
    const taken = new Set<string>();
    const firstWork = columns.findIndex((column, place) => {
      const position = this.#known(column, taken);
      const stage = this.stages[position ?? -1];
      if (stage === undefined) return kindOf(columns, place) === "active";
      return !isEnd(stage.kind) && (position ?? -1) >= (this.#commitmentPosition() ?? 0);
    });
    let left: number | undefined;
    columns.forEach((column, place) => {
      this.#nameByStatus.set(column.statusId, column.name);
      const known = this.#known(column, taken);
      const isBefore = firstWork === -1 || place < firstWork;
      if (known === undefined) {
        const kind = kindOf(columns, place);
        const right = columns.slice(place + 1).map((next) => this.#known(next, taken));
        const beside = { left, right: right.find((position) => position !== undefined) };
        left = this.#insert(this.#placeFor(beside, kind, isBefore), column, kind);
      } else {
        this.#join(known, column.statusId);
        left = known;
      }
      if (place === firstWork) this.#commitment ??= this.stages[left]?.name;
      taken.add(this.stages[left]?.name ?? "");
    });
  }

  takeCompleted(): void {
    if (this.#positionOf(COMPLETED) !== undefined) return;
    const known = this.#onlyDone() ?? this.#only(({ name, kind }) => kind === "done" && name === COMPLETED_NAME);
    const completed = { statusId: COMPLETED, name: COMPLETED_NAME };
    if (known !== undefined) this.#join(known, COMPLETED);
    else this.#insert(this.#placeFor({}, "done", false), completed, "done");
  }

  isNewAndOpen(statusId: string): boolean {
    const stage = this.stages[this.#positionOf(statusId) ?? -1];
    return !this.#before.has(statusId) && stage !== undefined && !isEnd(stage.kind);
  }

  /** Where nothing is called like work, the first open stage is; where all are called like an end, the first of them. */
  settleCommitment(): string {
    this.#commitment ??= this.stages.find(({ kind }) => !isEnd(kind))?.name;
    if (this.#commitment !== undefined) return this.#commitment;
    const [first] = this.stages;
    this.stages[0] = { name: first?.name ?? "", statuses: first?.statuses ?? [], kind: "active" };
    return this.stages[0].name;
  }

  /** The stage that has it, or that it joins. */
  #known({ statusId, name }: Column, taken: ReadonlySet<string>): number | undefined {
    return this.#positionOf(statusId) ?? this.#joinable(name, taken);
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

  #commitmentPosition(): number | undefined {
    return this.#only(({ name }) => name === this.#commitment);
  }

  #placeFor({ left, right }: Neighbours, kind: StageKind, isBefore: boolean): number {
    const leftKind = this.stages[left ?? -1]?.kind;
    if (kind === "withdrawn") return this.stages.length;
    if (kind === "done") {
      return left !== undefined && leftKind === "done"
        ? left + 1
        : this.stages.findLastIndex((stage) => stage.kind !== "withdrawn") + 1;
    }
    const commitment = this.#commitmentPosition();
    const behind = left === undefined || isEnd(leftKind) ? undefined : left + 1;
    const firstEnd = this.stages.findIndex((stage, place) => place > (commitment ?? -1) && isEnd(stage.kind));
    const last = firstEnd === -1 ? this.stages.length : firstEnd;
    if (!isBefore) return Math.min(Math.max(behind ?? 0, (commitment ?? -1) + 1), last);
    return Math.min(behind ?? right ?? last, commitment ?? last);
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

/** A column whose name says nothing is where work waits when it is the first of several, else where it is done. */
function kindOf(columns: readonly Column[], place: number): StageKind {
  const kinds = columns.map(({ name }) => kindByName(name));
  const isFirst = place === 0 && kinds.filter((kind) => !isEnd(kind)).length > 1;
  return kinds[place] ?? (isFirst ? "waiting" : "active");
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
