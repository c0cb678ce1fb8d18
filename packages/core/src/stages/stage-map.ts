import { StageledgerError } from "../errors.ts";
import { type Stage, type StagePosition, UNMAPPED, UNMAPPED_NAME } from "./stage.ts";

export interface StageMapInput {
  readonly version: number;
  /** Epoch milliseconds; undefined = since ever. */
  readonly effectiveFrom?: number;
  readonly origin: "given" | "default";
  readonly stages: readonly Stage[];
  /** Name of the commitment stage. */
  readonly commitment: string;
  /** Statuses that mean "blocked" wherever they are mapped (F24). */
  readonly blockedStatuses?: readonly string[];
}

/** One version of the map from statuses to stages (F1). Positions run left to right from 0. */
export class StageMap {
  readonly version: number;
  readonly effectiveFrom: number | undefined;
  readonly origin: "given" | "default";
  readonly stages: readonly Stage[];
  /** Position of the commitment stage. */
  readonly commitment: StagePosition;
  readonly blockedStatuses: ReadonlySet<string>;
  readonly #positionByStatus = new Map<string, StagePosition>();

  /** @throws StageledgerError STAGES_STATUS_TWICE, STAGES_NO_COMMITMENT */
  constructor(input: StageMapInput) {
    this.version = input.version;
    this.effectiveFrom = input.effectiveFrom;
    this.origin = input.origin;
    this.stages = input.stages;
    this.blockedStatuses = new Set(input.blockedStatuses);
    input.stages.forEach((stage, position) => {
      for (const status of stage.statuses) this.#add(status, position);
    });
    this.commitment = input.stages.findIndex((stage) => stage.name === input.commitment);
    const committed = input.stages[this.commitment];
    if (committed === undefined || committed.kind === "done" || committed.kind === "withdrawn") {
      throw new StageledgerError(
        "STAGES_NO_COMMITMENT",
        `The commitment stage "${input.commitment}" is not a waiting or active stage of the map.`,
        {
          next: `Set commitment to one of: ${input.stages
            .filter((s) => s.kind === "waiting" || s.kind === "active")
            .map((s) => s.name)
            .join(", ")}.`,
        },
      );
    }
  }

  /** Position of a status's stage, {@link UNMAPPED} when no stage names it (E5). */
  positionOf(status: string): StagePosition {
    return this.#positionByStatus.get(status) ?? UNMAPPED;
  }

  nameOf(position: StagePosition): string {
    return this.stages[position]?.name ?? UNMAPPED_NAME;
  }

  /** True for stages where the item is neither done nor withdrawn, Unmapped included. */
  isOpen(position: StagePosition): boolean {
    const kind = this.stages[position]?.kind;
    return kind !== "done" && kind !== "withdrawn";
  }

  #add(status: string, position: StagePosition): void {
    const taken = this.#positionByStatus.get(status);
    if (taken !== undefined) {
      throw new StageledgerError(
        "STAGES_STATUS_TWICE",
        `Status ${status} belongs to two stages: "${this.nameOf(taken)}" and "${this.nameOf(position)}".`,
        {
          next: "Name each status in one stage only.",
        },
      );
    }
    this.#positionByStatus.set(status, position);
  }
}

/** The version in force at an instant: the newest whose effective-from is not after it (F1, E7). */
export function mapInForce(versions: readonly StageMap[], at: number): StageMap | undefined {
  let chosen: StageMap | undefined;
  for (const map of versions) {
    const from = map.effectiveFrom ?? Number.NEGATIVE_INFINITY;
    if (from > at) continue;
    const chosenFrom = chosen?.effectiveFrom ?? Number.NEGATIVE_INFINITY;
    if (chosen === undefined || from > chosenFrom || (from === chosenFrom && map.version > chosen.version))
      chosen = map;
  }
  return chosen;
}
