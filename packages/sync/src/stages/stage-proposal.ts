import type { StageMapInput } from "@stageledger/core";

/** Stages without version and instant: what somebody wants, or a source proposes. */
export type StageProposal = Pick<StageMapInput, "stages" | "commitment" | "blockedStatuses">;
