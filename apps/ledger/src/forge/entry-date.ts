import { type EpochDay, parseEntryDate, refuseFarAhead } from "@stageledger/core";
import type { ReadingRules } from "@stageledger/db";

const DAY_MILLISECONDS = 86_400_000;

/** The local date that the author typed in; where they left it out, today in the tenant's zone. @throws StageledgerError ENTRY_IMPOSSIBLE_DATE */
export function entryDate(typed: string | undefined, { zone }: Pick<ReadingRules, "zone">, now: number): EpochDay {
  const today = zone.dayOf(now);
  if (typed === undefined) return today;
  const date = parseEntryDate(typed);
  refuseFarAhead(date, today);
  return date;
}

/** The first and the last day that {@link entryDate} can give, before the tenant's zone is known. @throws StageledgerError ENTRY_IMPOSSIBLE_DATE */
export function possibleDates(
  typed: string | undefined,
  now: number,
): { readonly from: EpochDay; readonly to: EpochDay } {
  const typedDay = typed === undefined ? undefined : parseEntryDate(typed);
  const dayInUtc = Math.floor(now / DAY_MILLISECONDS);
  return { from: typedDay ?? dayInUtc - 1, to: typedDay ?? dayInUtc + 1 };
}
