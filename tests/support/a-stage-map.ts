/** Builders for stage maps. Each stage holds one status of the same name unless said otherwise. */
import { type Stage, type StageKind, StageMap } from "@stageledger/core";

export type StageMapSketch = Partial<ConstructorParameters<typeof StageMap>[0]>;

export function aStage(name: string, kind: StageKind = "active", overrides: Partial<Stage> = {}): Stage {
  return { name, kind, statuses: [name], ...overrides };
}

/** Backlog > Build > Review > Test > Done with the commitment at Build: the golden item's board. */
export const FIVE_STAGES: readonly Stage[] = [
  aStage("Backlog", "waiting"),
  aStage("Build"),
  aStage("Review"),
  aStage("Test"),
  aStage("Done", "done"),
];

export function aStageMap(overrides: StageMapSketch = {}): StageMap {
  return new StageMap({ version: 1, origin: "given", stages: FIVE_STAGES, commitment: "Build", ...overrides });
}

/** The golden board with more stages at its right end, such as a withdrawn one. */
export function aStageMapWith(...more: readonly Stage[]): StageMap {
  return aStageMap({ stages: [...FIVE_STAGES, ...more] });
}
