/** The stage that a person named, as the ledger keeps the choice. Pure. */
import { type EpochDay, mondayOf, type PostingMaps, StageledgerError } from "@stageledger/core";

/**
 * Any status of the stage stands for it: the choice goes where later maps put that status (E19).
 *
 * @throws StageledgerError STAGE_UNKNOWN
 */
export function statusOfStage(name: string, maps: PostingMaps, project: string, date: EpochDay): string {
  const stages = maps.mapFor(project, mondayOf(date))?.stages ?? [];
  const stage = stages.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const [status] = stage?.statuses ?? [];
  if (status !== undefined) return status;
  throw new StageledgerError("STAGE_UNKNOWN", "The project has no stage of that name.", {
    next: `Choose one of: ${stages.map((one) => one.name).join(", ")}.`,
  });
}
