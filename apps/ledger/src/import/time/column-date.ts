/** Local dates as exports write them (E17). What can be read in two ways is not guessed. Pure. */
import { type EpochDay, parseEntryDate, StageledgerError } from "@stageledger/core";

/** Whether the day or the month stands first where the year stands last. */
export type DateOrder = "dmy" | "mdy";

/**
 * What is known of a file: the order, and whether somebody said it or the file's own dates prove it. "mixed" = some of
 * its dates prove the one order, and some the other.
 */
export type KnownOrder =
  | { readonly order: DateOrder; readonly isStated: boolean }
  | { readonly order: "unknown" | "mixed" };

const TIME = String.raw`(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]\.?m\.?)?)?`;
const ISO = /^\d{4}-\d\d-\d\d$/;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}$`, "i");
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)${TIME}$`, "i");
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH = String.raw`(${MONTHS.join("|")})[a-z]{0,6}\.?`;
const DAY_AND_NAME = new RegExp(String.raw`^(\d{1,2})[-/. ]+${MONTH}[-/, ]+(\d{4}|\d\d)${TIME}$`, "i");
const NAME_AND_DAY = new RegExp(String.raw`^${MONTH}[-/ ]+(\d{1,2})[-/, ]+(\d{4})${TIME}$`, "i");
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:Z|[+-]\d\d(?::?\d\d)?)$/i;

/** True when only {@link KnownOrder} says which date it is; also for those that can be read in one way only. */
export function needsOrder(text: string): boolean {
  const written = text.trim();
  return !ISO.test(written) && YEAR_LAST.test(written);
}

/** The order that a date proves, because the calendar has no thirteenth month; undefined when it proves none. */
export function provenOrder(text: string): DateOrder | undefined {
  const parts = YEAR_LAST.exec(text.trim());
  // Of 25/12/26 not even the place of the year is sure.
  if (parts === null || parts[4]?.length !== 4) return undefined;
  const [first, second] = [Number(parts[1]), Number(parts[3])];
  if (first > 12 && first <= 31 && second <= 12) return "dmy";
  return second > 12 && second <= 31 && first <= 12 ? "mdy" : undefined;
}

/**
 * The day of `2026-09-07`, `2026/9/7`, `07/Sep/26` or `Sep 7, 2026`, and of `7/9/2026` or `7.9.2026` when the order is
 * known. A time behind the date is left aside.
 *
 * @throws StageledgerError ENTRY_IMPOSSIBLE_DATE, IMPORT_DATE_ORDER_UNKNOWN
 */
export function dayInColumn(text: string, known: KnownOrder): EpochDay {
  const written = text.trim();
  if (ISO.test(written)) return parseEntryDate(written);
  const yearFirst = YEAR_FIRST.exec(written);
  if (yearFirst !== null) return dayOf(yearFirst[1], yearFirst[3], yearFirst[4]);
  const yearLast = YEAR_LAST.exec(written);
  if (yearLast !== null) return orderedDay(yearLast, known);
  const dayAndName = DAY_AND_NAME.exec(written);
  if (dayAndName !== null) return dayOf(dayAndName[3], monthOf(dayAndName[2]), dayAndName[1]);
  const nameAndDay = NAME_AND_DAY.exec(written);
  if (nameAndDay !== null) return dayOf(nameAndDay[3], monthOf(nameAndDay[1]), nameAndDay[2]);
  if (INSTANT.test(written)) {
    throw new StageledgerError("ENTRY_IMPOSSIBLE_DATE", "This is an instant, and no local date.", {
      next: "Give the date on which the work was done, like 2026-09-07, without a zone.",
    });
  }
  return parseEntryDate("");
}

function orderedDay([, first, , second, year = ""]: RegExpExecArray, known: KnownOrder): EpochDay {
  const isStated = "isStated" in known && known.isStated;
  if (year.length === 2 && !isStated) {
    throw new StageledgerError("IMPORT_DATE_ORDER_UNKNOWN", "The date has a year of two digits.", {
      next: "Export with dates like 2026-09-07, or say which order holds with --date-order dmy or mdy.",
    });
  }
  const canBeDayFirst = Number(second) <= 12;
  const canBeMonthFirst = Number(first) <= 12;
  if (known.order === "dmy") return dayOf(year, second, first);
  if (known.order === "mdy") return dayOf(year, first, second);
  if (canBeDayFirst && canBeMonthFirst && Number(first) !== Number(second)) throw orderUnknown(known.order);
  return canBeDayFirst ? dayOf(year, second, first) : dayOf(year, first, second);
}

function orderUnknown(order: "unknown" | "mixed"): StageledgerError {
  return new StageledgerError(
    "IMPORT_DATE_ORDER_UNKNOWN",
    order === "mixed"
      ? "The date can be read in two ways, and the file has dates of both orders."
      : "The date can be read in two ways, and nothing in the file tells which is meant.",
    { next: "Export with dates like 2026-09-07, or say which order holds with --date-order dmy or mdy." },
  );
}

function monthOf(name = ""): string {
  return String(MONTHS.indexOf(name.toLowerCase()) + 1);
}

/** A year of two digits is of this century: time files are not older. */
function dayOf(year = "", month = "", day = ""): EpochDay {
  return parseEntryDate(`${year.length === 2 ? `20${year}` : year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
}
