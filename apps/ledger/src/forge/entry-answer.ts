/** An entry as its author sees it. Pure. */
import { dayText, mondayOf, StageledgerError, type TimeEntry } from "@stageledger/core";
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { findMyEntryById, type MyEntry, type PostingRules } from "@stageledger/db";
import type { LedgerTransaction } from "../log-time/record-revision.ts";

export function entryAnswer(
  { entryId, number, entry, itemKey, isClosed, isOwn, origin }: Omit<MyEntry, "itemProject">,
  { maps }: Pick<PostingRules, "maps">,
): EntryAnswer {
  const { itemId, project, date, minutes, activity, chosenStatus, visibility } = entry;
  const map = chosenStatus === undefined ? undefined : maps.mapFor(project, mondayOf(date));
  return {
    id: entryId,
    revision: number,
    itemId,
    itemKey,
    project,
    date: dayText(date),
    minutes,
    activity,
    stage: map === undefined || chosenStatus === undefined ? null : map.nameOf(map.positionOf(chosenStatus)),
    isMirrored: isOwn && visibility === "known",
    isClosed,
    canChange: isOwn,
    origin,
  };
}

/** An entry that was just made, without a look at what is recorded: it is what was said. */
export function newEntryAnswer(entryId: string, entry: TimeEntry, itemKey: string, rules: PostingRules): EntryAnswer {
  const isClosed = rules.isClosed(mondayOf(entry.date));
  return entryAnswer({ entryId, number: 1, entry, itemKey, isClosed, isOwn: true, origin: "ledger" }, rules);
}

/** The entry that was just recorded, read back as the ledger has it. */
export async function recordedEntry(
  trx: LedgerTransaction,
  tenantId: string,
  contributorId: string,
  entryId: string,
  rules: PostingRules,
): Promise<EntryAnswer> {
  const found = await findMyEntryById(trx, tenantId, contributorId, entryId);
  if (found !== undefined) return entryAnswer(found, rules);
  throw new StageledgerError("LEDGER_BROKEN", "What was just recorded is not there.");
}
