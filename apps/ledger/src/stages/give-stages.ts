/** Stages that somebody wrote down become those of the ledger, whichever sources its items come from. */
import { mapInForce, StageledgerError, type StageMap } from "@stageledger/core";
import { type Database, inTransaction, lockTenant, recordStageMapIn } from "@stageledger/db";
import { type KnownStages, knownStagesIn, nextStageMap } from "@stageledger/sync";
import { toStageMap } from "../analyse/settings/document-map.ts";
import type { StagesDocument } from "../analyse/settings/stages-file.ts";
import { mapOfFile } from "../main/map-of-file.ts";

export interface GivenStages {
  /** The latest, with those that were given. */
  readonly version: number;
  /** What the file names and the ledger does not have. */
  readonly unknown: readonly string[];
}

/**
 * A file without a version is the next one, unless it says what the ledger has already. Where it has versions, each is recorded
 * as what it says it is.
 *
 * @param now epoch milliseconds
 * @throws StageledgerError STAGES_…
 */
export async function giveStages(
  database: Database,
  tenantId: string,
  documents: readonly StagesDocument[],
  now: number,
): Promise<GivenStages> {
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const known = await knownStagesIn(trx, tenantId, now);
    const { maps, unknown } = mapsOf(documents, known);
    if (mapInForce(maps, Number.MAX_SAFE_INTEGER)?.stages.every(({ statuses }) => statuses.length === 0)) {
      throw new StageledgerError("STAGES_UNKNOWN_STATUS", "The stages file names no status that the ledger has.", {
        next: `The ledger has: ${[...known.statuses.values()]
          .map(({ id, name }) => `${name} (${id.slice(id.indexOf(":") + 1)})`)
          .slice(0, 20)
          .join(", ")}.`,
      });
    }
    for (const map of maps) await recordStageMapIn(trx, tenantId, map);
    return { version: Math.max(known.latest?.version ?? 0, ...maps.map(({ version }) => version)), unknown };
  });
}

/** Ascending. */
function mapsOf(
  documents: readonly StagesDocument[],
  known: KnownStages,
): { readonly maps: readonly StageMap[]; readonly unknown: readonly string[] } {
  if (documents.length === 1 && documents[0]?.version === undefined) {
    const { proposal, effectiveFrom, unknown } = mapOfFile(documents, known.statuses);
    return { maps: [nextStageMap(known, proposal, effectiveFrom)], unknown };
  }
  const versions = documents
    .map((document) => toStageMap(document, known.statuses))
    .sort((a, b) => a.map.version - b.map.version);
  return { maps: versions.map(({ map }) => map), unknown: versions.at(-1)?.unknown ?? [] };
}
