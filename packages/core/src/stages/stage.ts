/** What an item does while it stays in a stage (F1). */
export type StageKind = "waiting" | "active" | "done" | "withdrawn";

/** A column of the shared flow. `statuses` are vendor ids; each id belongs to exactly one stage. */
export interface Stage {
  readonly name: string;
  readonly kind: StageKind;
  readonly statuses: readonly string[];
  /** WIP limit the team declared, in items (B4). */
  readonly limit?: number;
}

/** Position of a stage in its map, from 0; {@link UNMAPPED} for statuses that no stage names (E5). */
export type StagePosition = number;

/** The visible "Unmapped" stage. It never moves start, finish or high-water mark (F1, E5). */
export const UNMAPPED: StagePosition = -1;

export const UNMAPPED_NAME = "Unmapped";
