/** The stages that a person wrote down, as a proposal like any other. */

import type { Status } from "@stageledger/core";
import type { StageProposal } from "@stageledger/sync";
import { toStageMap } from "../analyse/settings/document-map.ts";
import type { StagesDocument } from "../analyse/settings/stages-file.ts";

export interface MapOfFile {
  readonly proposal: StageProposal;
  /** Since when it holds, where the file says so; epoch milliseconds. */
  readonly effectiveFrom: number | undefined;
  /** What it names and nobody has. */
  readonly unknown: readonly string[];
}

/**
 * Of several versions in the file the last: those before it are recorded already, or will never be in force here.
 *
 * @throws StageledgerError STAGES_STATUS_TWICE, STAGES_NO_COMMITMENT, STAGES_UNREADABLE
 */
export function mapOfFile(documents: readonly StagesDocument[], statuses: ReadonlyMap<string, Status>): MapOfFile {
  const [last] = documents.toSorted((a, b) => (b.version ?? 1) - (a.version ?? 1));
  if (last === undefined) throw new Error("A stages file has at least one document.");
  const { map, unknown } = toStageMap(last, statuses);
  return {
    proposal: {
      stages: map.stages,
      commitment: map.nameOf(map.commitment),
      blockedStatuses: [...map.blockedStatuses],
    },
    effectiveFrom: last.effective_from === undefined ? undefined : map.effectiveFrom,
    unknown,
  };
}
