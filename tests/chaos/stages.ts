/** The stages of a run's ledger, which all sources share: each brings its own statuses for them. */
import type { StageMapInput } from "@stageledger/core";

/** Of one source, by stage. What is in none is Unmapped. */
export interface StatusesByStage {
  readonly backlog: readonly string[];
  readonly build: readonly string[];
  readonly review: readonly string[];
  readonly done: readonly string[];
}

export function stagesOf(sources: readonly StatusesByStage[]): StageMapInput {
  const of = (stage: keyof StatusesByStage): string[] => sources.flatMap((statuses) => statuses[stage]);
  return {
    version: 1,
    origin: "given",
    commitment: "Build",
    stages: [
      { name: "Backlog", kind: "waiting", statuses: of("backlog") },
      { name: "Build", kind: "active", statuses: of("build") },
      { name: "Review", kind: "active", statuses: of("review") },
      { name: "Done", kind: "done", statuses: of("done") },
    ],
  };
}
