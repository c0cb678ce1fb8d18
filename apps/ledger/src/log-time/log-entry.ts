/** One person logs, changes or takes back one entry: looked at and recorded in one transaction. */
import {
  ACTIVITIES,
  createEntry,
  deleteEntry,
  type EntryRevision,
  type EpochDay,
  editEntry,
  PostingMaps,
  refuseOverfullDay,
  StageledgerError,
  type TimeEntry,
} from "@stageledger/core";
import {
  ensureContributors,
  findItemByKey,
  findMyEntry,
  getTenant,
  inTransaction,
  loadStageMaps,
  lockTenant,
  minutesOfDay,
  openTenantSecrets,
  recordIn,
} from "@stageledger/db";
import type { Ledger } from "../access/with-ledger.ts";
import { statusOfStage } from "./status-of-stage.ts";

/** The source of accounts that log at a command line. */
export const COMMAND_LINE = "cli";

export interface TimeToLog {
  readonly itemKey: string;
  readonly minutes: number;
  /** Undefined = today in the tenant's zone. */
  readonly date: EpochDay | undefined;
  readonly activity: string;
  /** A stage's name; undefined = the one that the item's history tells (E19). */
  readonly stage: string | undefined;
}

interface Surroundings {
  /** Lives at the edge only. */
  readonly account: string;
  readonly now: number;
  readonly newId: () => string;
}

/** @throws StageledgerError ITEM_UNKNOWN, STAGE_UNKNOWN, ACTIVITY_UNKNOWN, ENTRY_… */
export function logEntry(
  { database, tenantId, masterKey }: Ledger,
  time: TimeToLog,
  { account, now, newId }: Surroundings,
): Promise<{ readonly entryId: string; readonly entry: TimeEntry }> {
  refuseUnknownActivity(time.activity);
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const { zone } = await getTenant(trx, tenantId);
    const item = await findItemByKey(trx, tenantId, time.itemKey);
    if (item === undefined) {
      throw new StageledgerError("ITEM_UNKNOWN", "The ledger knows no item of that key.", {
        next: "Check the key, or import the item first: stageledger import jira <file>",
      });
    }
    const date = time.date ?? zone.dayOf(now);
    const maps = new PostingMaps(await loadStageMaps(trx, tenantId), zone);
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const [person] = await ensureContributors(trx, tenantId, secrets, [{ source: COMMAND_LINE, account }], newId);
    if (person?.kind !== "found") throw erased();
    const entry: TimeEntry = {
      ...item,
      date,
      minutes: time.minutes,
      activity: time.activity,
      interval: undefined,
      chosenStatus: time.stage === undefined ? undefined : statusOfStage(time.stage, maps, item.project, date),
      visibility: "private",
    };
    const revision = createEntry(newId(), person.contributorId, entry);
    refuseOverfullDay(await minutesOfDay(trx, tenantId, person.contributorId, date, undefined), entry.minutes);
    await recordOne(trx, tenantId, revision);
    return { entryId: revision.entryId, entry };
  });
}

/**
 * @param change minutes, or the wish to take the entry back
 * @throws StageledgerError ENTRY_UNKNOWN, ENTRY_…
 */
export function changeEntry(
  { database, tenantId }: Ledger,
  contributorId: string,
  idStart: string,
  change: { readonly minutes: number } | "delete",
): Promise<EntryRevision> {
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const found = await findMyEntry(trx, tenantId, contributorId, idStart);
    if (found === undefined) {
      throw new StageledgerError("ENTRY_UNKNOWN", "None of your entries, or more than one, begins with that id.", {
        next: "Look it up with: stageledger me",
      });
    }
    const { entryId, number, entry } = found;
    const latest: EntryRevision = { entryId, contributor: contributorId, number, change: "created", entry };
    const revision = change === "delete" ? deleteEntry(latest) : editEntry(latest, change);
    if (change !== "delete") {
      refuseOverfullDay(await minutesOfDay(trx, tenantId, contributorId, entry.date, entryId), change.minutes);
    }
    await recordOne(trx, tenantId, revision);
    return revision;
  });
}

/** @throws StageledgerError ENTRY_TOO_OLD: what is not kept must not be acknowledged */
async function recordOne(
  trx: Parameters<typeof recordIn>[0],
  tenantId: string,
  revision: EntryRevision,
): Promise<void> {
  const entries = [{ ...revision, importId: undefined }];
  const { tooOld } = await recordIn(trx, tenantId, { items: [], statuses: [], entries });
  if (tooOld === 0) return;
  throw new StageledgerError("ENTRY_TOO_OLD", "The ledger keeps no entries of that day any more.", {
    next: "Nothing was recorded. Check the date: single days are kept for 13 weeks.",
  });
}

function erased(): StageledgerError {
  return new StageledgerError("ENTRY_OF_ERASED_PERSON", "This account was erased, and is not taken up again.", {
    next: "Name another account with --as.",
  });
}

function refuseUnknownActivity(activity: string): void {
  if (ACTIVITIES.some((known) => known === activity)) return;
  throw new StageledgerError("ACTIVITY_UNKNOWN", "That is none of the activities.", {
    next: `Choose one of: ${ACTIVITIES.join(", ")}.`,
  });
}
