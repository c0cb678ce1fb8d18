/** One person logs, changes or takes back one entry: looked at and recorded in one transaction. */
import {
  ACTIVITIES,
  createEntry,
  deleteEntry,
  type EntryRevision,
  type EpochDay,
  editEntry,
  refuseFarAhead,
  StageledgerError,
  type TimeEntry,
} from "@stageledger/core";
import {
  ensureContributors,
  findItemByKey,
  findMyEntry,
  inTransaction,
  loadPostingRules,
  lockTenant,
  type MyEntry,
  openTenantSecrets,
} from "@stageledger/db";
import type { Ledger } from "../access/with-ledger.ts";
import { newEntry } from "./new-entry.ts";
import { recordRevision } from "./record-revision.ts";

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
): Promise<{ readonly entryId: string; readonly entry: TimeEntry; readonly itemKey: string }> {
  refuseUnknownActivity(time.activity);
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const item = await findItemByKey(trx, tenantId, time.itemKey);
    if (item === undefined) {
      throw new StageledgerError("ITEM_UNKNOWN", "The ledger knows no item of that key.", {
        next: "Check the key, or import the item first: stageledger import jira <file>",
      });
    }
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const [person] = await ensureContributors(trx, tenantId, secrets, [{ source: COMMAND_LINE, account }], newId);
    if (person?.kind !== "found") throw erased();
    const rules = await loadPostingRules(trx, tenantId);
    const today = rules.zone.dayOf(now);
    const date = time.date ?? today;
    refuseFarAhead(date, today);
    const entry = newEntry(item, { ...time, date }, rules);
    const revision = createEntry(newId(), person.contributorId, entry);
    await recordRevision(trx, tenantId, revision, rules);
    return { entryId: revision.entryId, entry, itemKey: item.key };
  });
}

/** What another tool has would come back as it is there; what a file brought is its person's from then on. */
export function canChangeHere({ entry, isOwn }: Pick<MyEntry, "entry" | "isOwn">): boolean {
  return isOwn || entry.visibility === "private";
}

/**
 * @param change minutes, or the wish to take the entry back
 * @throws StageledgerError ENTRY_UNKNOWN, ENTRY_FROM_ELSEWHERE, ENTRY_…
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
    if (!canChangeHere(found)) {
      throw new StageledgerError("ENTRY_FROM_ELSEWHERE", "This entry was brought by a file or another tool.", {
        next: "Change it where it was logged; the ledger follows.",
      });
    }
    const { entryId, number, entry } = found;
    const latest: EntryRevision = { entryId, contributor: contributorId, number, change: "created", entry };
    const revision = change === "delete" ? deleteEntry(latest) : editEntry(latest, change);
    await recordRevision(trx, tenantId, revision, await loadPostingRules(trx, tenantId));
    return revision;
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
