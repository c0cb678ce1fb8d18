/** The stages of a tenant as whoever wants others finds them, and their next version. */
import { EVERY_PROJECT, StageledgerError, StageMap, type Status } from "@stageledger/core";
import {
  type Database,
  findLastClosedWeek,
  getTenant,
  inTransaction,
  loadStageMaps,
  loadStatuses,
} from "@stageledger/db";
import type { Pacing } from "../pacing.ts";
import { isSameMap, type LedgerMoment, stageMapStart } from "./stage-map-start.ts";
import type { StageProposal } from "./stage-proposal.ts";

export interface KnownStages extends LedgerMoment {
  /** The latest version; undefined while there is none. */
  readonly latest: StageMap | undefined;
  /** Of all sources. */
  readonly statuses: ReadonlyMap<string, Status>;
}

export function loadKnownStages(
  { database, pacing }: { readonly database: Database; readonly pacing: Pick<Pacing, "now"> },
  tenantId: string,
): Promise<KnownStages> {
  return inTransaction(database, { role: "publisher", tenantId, isSnapshot: true }, (trx) =>
    knownStagesIn(trx, tenantId, pacing.now()),
  );
}

/** Inside a transaction of role publisher or recorder. @param now epoch milliseconds */
export async function knownStagesIn(trx: StagesTransaction, tenantId: string, now: number): Promise<KnownStages> {
  const versions = (await loadStageMaps(trx, tenantId)).get(EVERY_PROJECT) ?? [];
  const { zone } = await getTenant(trx, tenantId);
  return {
    latest: versions.at(-1),
    statuses: await loadStatuses(trx, tenantId),
    zone,
    lastClosedWeek: await findLastClosedWeek(trx, tenantId),
    now,
  };
}

type StagesTransaction = Parameters<Parameters<typeof inTransaction>[2]>[0];

/**
 * The next version of the stages; the latest one when nothing is different.
 *
 * @param from since when it holds, where somebody says so; epoch milliseconds
 * @throws StageledgerError STAGES_STATUS_TWICE, STAGES_NO_COMMITMENT, STAGES_UNREADABLE without a stage that is done
 */
export function nextStageMap(known: KnownStages, proposal: StageProposal, from: number | undefined): StageMap {
  const { latest } = known;
  // Whoever asks for what each status being a stage came to, has given stages: from now on these stay.
  if (
    latest?.origin === "given" &&
    isSameMap(latest, proposal) &&
    (from ?? latest.effectiveFrom) === latest.effectiveFrom
  )
    return latest;
  if (!proposal.stages.some(({ kind }) => kind === "done")) {
    throw new StageledgerError("STAGES_UNREADABLE", "No stage is of kind done: no item could ever finish.", {
      next: "Give one of them the kind done.",
    });
  }
  const effectiveFrom = from ?? stageMapStart(latest, proposal, known);
  return new StageMap({
    ...proposal,
    version: (latest?.version ?? 0) + 1,
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
    origin: "given",
  });
}
