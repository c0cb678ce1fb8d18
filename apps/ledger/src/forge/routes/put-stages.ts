/** The next version of the stages, by the rules of the stages file: from when on it holds, follows from what is closed already. */
import { StageledgerError, type StageMap, type Status } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import type { putStagesRequest } from "@stageledger/core/contract/stages";
import { recordStageMapIn } from "@stageledger/db";
import { knownStagesIn, nextStageMap, type StageProposal } from "@stageledger/sync";
import type { z } from "zod";
import { toStageMap } from "../../analyse/settings/document-map.ts";
import { stageMapAnswer } from "../stage-map-answer.ts";
import { writeRoute } from "../write-route.ts";

export const putStagesRoute = writeRoute(ROUTES.putStages, async ({ trx, tenantId, context, body }) => {
  const known = await knownStagesIn(trx, tenantId, context.now());
  const { latest, statuses } = known;
  const next = inOwnWords(() => nextStageMap(known, proposalOf(body, latest, statuses), undefined));
  // Whoever wants what there is already has seen it, or need not have.
  if (next !== latest) {
    if (body.version !== (latest?.version ?? 0)) throw changedMeanwhile();
    await recordStageMapIn(trx, tenantId, next);
  }
  return stageMapAnswer(next, statuses);
});

/** @throws StageledgerError STAGES_UNKNOWN_STATUS, STAGES_STATUS_TWICE, STAGES_NO_COMMITMENT */
function proposalOf(
  { commitment, stages, blocked }: z.output<typeof putStagesRequest>,
  latest: StageMap | undefined,
  statuses: ReadonlyMap<string, Status>,
): StageProposal {
  const document = {
    commitment,
    blocked,
    stages: stages.map(({ limit, ...stage }) => (limit == null ? stage : { ...stage, limit })),
  };
  const { map, unknown } = toStageMap(document, withThoseOf(latest, statuses));
  if (unknown.length > 0) {
    throw new StageledgerError("STAGES_UNKNOWN_STATUS", "The ledger does not know one of the statuses.", {
      next: "Name statuses by their ids, as GET /forge/v1/stages shows them.",
    });
  }
  return {
    stages: map.stages,
    commitment: map.nameOf(map.commitment),
    blockedStatuses: [...map.blockedStatuses],
  };
}

/** What stands in the stages can be said again, also where no source shows it any more. */
function withThoseOf(latest: StageMap | undefined, statuses: ReadonlyMap<string, Status>): ReadonlyMap<string, Status> {
  const ids = latest?.stages.flatMap((stage) => stage.statuses) ?? [];
  const gone = ids.map((id): [string, Status] => [
    id,
    { id, name: id, category: "new", categoryFrom: "unknown", formerNames: [], deleted: true, inUse: false },
  ]);
  return new Map([...gone, ...statuses]);
}

/** The rules quote what they refuse, and a refusal at this door has no word of the request in it. */
function inOwnWords(decide: () => StageMap): StageMap {
  try {
    return decide();
  } catch (error) {
    const words = error instanceof StageledgerError ? WORDS.get(error.code) : undefined;
    throw error instanceof StageledgerError && words !== undefined ? new StageledgerError(error.code, words) : error;
  }
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ["STAGES_STATUS_TWICE", "A status is in two stages. Each can be in one only."],
  ["STAGES_NO_COMMITMENT", "The commitment is not the name of one of the waiting or active stages."],
]);

function changedMeanwhile(): StageledgerError {
  return new StageledgerError("STAGES_VERSION_TAKEN", "The stages were changed meanwhile.", {
    next: "Look at them as they are now, and change them again.",
  });
}
