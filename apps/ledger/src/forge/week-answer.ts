/** A person's week as the panel shows it. Pure. */
import { dayText, type EpochDay, mondayOf, parseEntryDate, weekText } from "@stageledger/core";
import type { MyWeekAnswer } from "@stageledger/core/contract/entries";
import type { MyEntry, ReadingRules } from "@stageledger/db";
import { entryAnswer } from "./entry-answer.ts";

const DAYS_TO_SUNDAY = 6;

export interface ShownWeek {
  readonly today: EpochDay;
  readonly firstDay: EpochDay;
  readonly lastDay: EpochDay;
}

/** @param day one of the week; undefined = today in the tenant's zone @throws StageledgerError ENTRY_IMPOSSIBLE_DATE */
export function shownWeek(day: string | undefined, { zone }: Pick<ReadingRules, "zone">, now: number): ShownWeek {
  const today = zone.dayOf(now);
  const firstDay = mondayOf(day === undefined ? today : parseEntryDate(day));
  return { today, firstDay, lastDay: firstDay + DAYS_TO_SUNDAY };
}

/** @param entries of that week, in order */
export function weekAnswer(
  { today, firstDay, lastDay }: ShownWeek,
  entries: readonly MyEntry[],
  rules: ReadingRules,
): MyWeekAnswer {
  return {
    week: weekText(firstDay),
    firstDay: dayText(firstDay),
    lastDay: dayText(lastDay),
    today: dayText(today),
    isClosed: rules.isClosed(firstDay),
    minutes: entries.reduce((sum, { entry }) => sum + entry.minutes, 0),
    entries: entries.map((entry) => entryAnswer(entry, rules)),
  };
}
