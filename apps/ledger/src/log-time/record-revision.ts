import { type EntryRevision, type EpochDay, refuseOverfullDay, StageledgerError } from "@stageledger/core";
import { dayKey, type inTransaction, minutesOfDays, type PostingRules, recordIn } from "@stageledger/db";

export type LedgerTransaction = Parameters<Parameters<typeof inTransaction>[2]>[0];

/**
 * Does what one of several changes needs. Whoever hands it in can say in an error which one it was.
 *
 * @param place of the change among them
 */
export type WithinChange = <T>(place: number, work: () => T) => T;

/**
 * Records what a person did to an entry of theirs, inside a transaction of role recorder that holds the tenant's lock.
 * What is not kept must not be acknowledged.
 *
 * @throws StageledgerError ENTRY_DAY_OVER_24_HOURS, ENTRY_TOO_OLD, ENTRY_REVISION_CONFLICT
 */
export function recordRevision(
  trx: LedgerTransaction,
  tenantId: string,
  revision: EntryRevision,
  rules: PostingRules,
): Promise<void> {
  return recordRevisions(trx, tenantId, [revision], rules, (_place, work) => work());
}

/**
 * The same of several, all of them or, by its error, none. A day has 24 hours when all of them are made: what one takes away,
 * another may use, whichever is said first.
 */
export async function recordRevisions(
  trx: LedgerTransaction,
  tenantId: string,
  revisions: readonly EntryRevision[],
  rules: PostingRules,
  within: WithinChange,
): Promise<void> {
  const { entriesFrom = Number.NEGATIVE_INFINITY } = rules;
  const days = daysAfter(revisions);
  const changedIds = [...new Set(revisions.map(({ entryId }) => entryId))];
  const minutes = new Map(await minutesOfDays(trx, tenantId, [...days.values()], changedIds));
  for (const [place, { entry }] of revisions.entries()) {
    if (entry !== undefined && entry.date < entriesFrom)
      within(place, () => {
        throw tooOldEntry();
      });
  }
  for (const [place, day] of days) {
    const key = dayKey(day.contributorId, day.date);
    const others = minutes.get(key) ?? 0;
    within(place, () => refuseOverfullDay(others, day.minutes));
    minutes.set(key, others + day.minutes);
  }
  await keep(trx, tenantId, revisions, rules);
}

/** Records to which project hours belong from now on: their day has as many as before. @throws StageledgerError ENTRY_TOO_OLD */
export function recordMove(
  trx: LedgerTransaction,
  tenantId: string,
  revision: EntryRevision,
  rules: PostingRules,
): Promise<void> {
  return keep(trx, tenantId, [revision], rules);
}

async function keep(
  trx: LedgerTransaction,
  tenantId: string,
  revisions: readonly EntryRevision[],
  rules: PostingRules,
): Promise<void> {
  const entries = revisions.map((revision) => ({ ...revision, importId: undefined }));
  const { tooOld } = await recordIn(trx, tenantId, { items: [], statuses: [], entries }, rules);
  if (tooOld > 0) throw tooOldEntry();
}

interface MinutesOfDay {
  readonly contributorId: string;
  readonly date: EpochDay;
  readonly minutes: number;
}

/** What entries add to days once all revisions hold, by the place of the one that decides it. */
function daysAfter(revisions: readonly EntryRevision[]): ReadonlyMap<number, MinutesOfDay> {
  const lastByEntry = new Map(revisions.map(({ entryId }, place) => [entryId, place]));
  const days = new Map<number, MinutesOfDay>();
  for (const [place, { entryId, contributor, entry }] of revisions.entries()) {
    if (entry === undefined || lastByEntry.get(entryId) !== place) continue;
    days.set(place, { contributorId: contributor, date: entry.date, minutes: entry.minutes });
  }
  return days;
}

export function tooOldEntry(): StageledgerError {
  return new StageledgerError("ENTRY_TOO_OLD", "The ledger keeps no entries of that day any more.", {
    next: "Nothing was recorded. Check the date: single days are kept for 13 weeks.",
  });
}
