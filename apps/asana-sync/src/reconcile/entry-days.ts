/** For which days entries are listed: those of weeks that are still open in each run, all that can count now and then. */
import { dayText, type EpochDay, mondayOf } from "@stageledger/core";
import { inTransaction, loadPostingRules } from "@stageledger/db";
import type { SyncContext } from "../context.ts";
import type { Desk } from "../work/connection-desk.ts";
import type { Days } from "./changed-entries.ts";

const WEEK = 7;
/** Open weeks beyond this are those of a ledger that was never released: all of them are due now and then anyway. */
const MOST_OPEN_WEEKS = 8;
/** Time is logged for days to come as well, leave for instance. */
const DAYS_AHEAD = 366;
const FIRST_DAY: EpochDay = 0;

/** @param now epoch milliseconds @param isAll from the retention edge on, or ever since */
export async function entryDays(
  { database }: SyncContext,
  { tenantId }: Desk,
  now: number,
  isAll: boolean,
): Promise<Days> {
  const { zone, isClosed, entriesFrom } = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    loadPostingRules(trx, tenantId),
  );
  const today = zone.dayOf(now);
  const to = dayText(today + DAYS_AHEAD);
  if (isAll) return { from: dayText(entriesFrom ?? FIRST_DAY), to };
  let week = mondayOf(today);
  for (let weeks = 1; weeks < MOST_OPEN_WEEKS && !isClosed(week - WEEK); weeks += 1) week -= WEEK;
  return { from: dayText(week), to };
}
