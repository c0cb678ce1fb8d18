import { type EpochDay, parseEntryDate, refuseFarAhead } from "@stageledger/core";
import type { ReadingRules } from "@stageledger/db";

/** The local date that the author typed in; where they left it out, today in the tenant's zone. @throws StageledgerError ENTRY_IMPOSSIBLE_DATE */
export function entryDate(typed: string | undefined, { zone }: Pick<ReadingRules, "zone">, now: number): EpochDay {
  const today = zone.dayOf(now);
  if (typed === undefined) return today;
  const date = parseEntryDate(typed);
  refuseFarAhead(date, today);
  return date;
}
