/** Where nobody has said what the stages are, each status that items entered is one. */
import { defaultStageMap, StageMap, UNMAPPED } from "@stageledger/core";
import {
  type Database,
  inTransaction,
  isAnyItemIn,
  loadFirstEntryPlaces,
  lockTenant,
  recordStageMapIn,
} from "@stageledger/db";
import { type KnownStages, knownStagesIn, stageMapStart } from "@stageledger/sync";

/**
 * Records default stages where there are none, and a further version of them once items entered statuses that the latest does
 * not hold. Stages that somebody gave are left alone. Reads every timeline, but only where a status in use has no stage.
 *
 * @param now epoch milliseconds
 */
export async function beginStages(database: Database, tenantId: string, now: number): Promise<void> {
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const before = await knownStagesIn(trx, tenantId, now);
    if (homelessStatuses(before).length === 0) return;
    const map = defaultStageMap(before.statuses, await loadFirstEntryPlaces(trx, tenantId));
    if (map === undefined || !isMore(map, before.latest)) return;
    // Only now, since reading all timelines takes its time, and people log meanwhile.
    await lockTenant(trx, tenantId);
    const known = await knownStagesIn(trx, tenantId, now);
    // Somebody gave stages meanwhile, or another worker was quicker. What has no stage still is found the next time.
    if (known.latest?.version === before.latest?.version) await recordStageMapIn(trx, tenantId, versionOf(map, known));
  });
}

/**
 * The same, cheap enough for whenever something rang: where no item stands in a status without a stage, nothing is read. What
 * items only passed through since is found by {@link beginStages}.
 *
 * @param now epoch milliseconds
 */
export async function beginStagesInUse(database: Database, tenantId: string, now: number): Promise<void> {
  const isWanted = await inTransaction(database, { role: "recorder", tenantId }, async (trx) =>
    isAnyItemIn(trx, tenantId, homelessStatuses(await knownStagesIn(trx, tenantId, now))),
  );
  if (isWanted) await beginStages(database, tenantId, now);
}

/** Ids of the statuses in use that have no stage; none where somebody gave the stages: they may be meant to have none. */
function homelessStatuses({ latest, statuses }: KnownStages): readonly string[] {
  if (latest?.origin === "given") return [];
  return [...statuses.values()]
    .filter(({ id, inUse }) => inUse && (latest === undefined || latest.positionOf(id) === UNMAPPED))
    .map(({ id }) => id);
}

function isMore(map: StageMap, latest: StageMap | undefined): boolean {
  return (
    latest === undefined ||
    map.stages.some(({ statuses }) => statuses.some((status) => latest.positionOf(status) === UNMAPPED))
  );
}

function versionOf(map: StageMap, known: KnownStages): StageMap {
  const proposal = {
    stages: map.stages,
    commitment: map.nameOf(map.commitment),
    blockedStatuses: [...map.blockedStatuses],
  };
  const effectiveFrom = stageMapStart(known.latest, proposal, known);
  return new StageMap({
    ...proposal,
    version: (known.latest?.version ?? 0) + 1,
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
    origin: "default",
  });
}
