/** One row of a time file: the cells that are read, and nothing else of it. Pure. */
import { StageledgerError } from "@stageledger/core";
import { clockTimes } from "./column-clock.ts";
import { dayInColumn, type KnownOrder } from "./column-date.ts";
import { type CountedIn, minutesInColumn } from "./column-duration.ts";
import { itemKeysIn } from "./item-keys.ts";
import type { Field } from "./layout-forms.ts";
import type { TimeLayout } from "./time-layout.ts";
import type { TimeRow } from "./time-row.ts";

const TOTAL = /^(?:grand |sub)?totals?\b/i;
/** Stands where bytes were no UTF-8: two people could look like one. */
const UNREADABLE = "\ufffd";

const DURATIONS: readonly (readonly [Field, CountedIn])[] = [
  ["hours", "hours"],
  ["hoursDecimal", "hours"],
  ["duration", "unknown"],
  ["minutes", "minutes"],
];

/** True for a row that is no entry: a line of totals, a break, a row of nothing but empty cells. */
export function isNoEntry(cells: readonly string[], layout: TimeLayout): boolean {
  if (cell(cells, layout, "type").toLowerCase() === "break") return true;
  if (cell(cells, layout, "date") !== "") return false;
  const first = cells.find((one) => one.trim() !== "");
  return first === undefined || TOTAL.test(first.trim());
}

/**
 * @throws StageledgerError IMPORT_ROW_BROKEN, IMPORT_NO_PERSON, IMPORT_NO_ITEM, IMPORT_DATE_ORDER_UNKNOWN, DURATION_…,
 * ENTRY_…
 */
export function readRow(line: number, cells: readonly string[], layout: TimeLayout, known: KnownOrder): TimeRow {
  refuseOtherWidth(cells, layout);
  const at = (field: Field) => cell(cells, layout, field);
  const date = dayInColumn(at("date"), known);
  const minutes = minutesOf(cells, layout);
  const endDate = at("end") === "" || at("endDate") === "" ? undefined : dayInColumn(at("endDate"), known);
  const texts = [at("reference"), at("task"), at("description"), at("tags")];
  const itemKeys = itemKeysIn(at("item"), texts);
  if (itemKeys.length === 0) {
    throw new StageledgerError("IMPORT_NO_ITEM", "No key of a work item stands in this row.", {
      next: "Write the item's key, such as PAY-88, in its column or into the description, or leave the row out.",
    });
  }
  return {
    line,
    ...(layout.hasPerson ? personOf(at) : NOBODY),
    itemKeys,
    date,
    minutes,
    ...clockTimes({ start: at("start"), end: at("end"), endDate }, date, minutes),
    activity: at("activity") || undefined,
    stage: at("stage") || undefined,
  };
}

function cell(cells: readonly string[], { placeByField }: TimeLayout, field: Field): string {
  const place = placeByField[field];
  return place === undefined ? "" : (cells[place]?.trim() ?? "");
}

/** With a cell too many or too few, what stands in a column may belong to another one: 1,5 without quotes is two cells. */
function refuseOtherWidth(cells: readonly string[], { width }: TimeLayout): void {
  if (cells.length === width) return;
  const amount = cells.length > width ? "more" : "fewer";
  throw new StageledgerError("IMPORT_ROW_BROKEN", `The row has ${amount} cells than the header.`, {
    next: "Put cells that hold the delimiter into quotes; when it is the last row, check that the file is whole.",
  });
}

function minutesOf(cells: readonly string[], layout: TimeLayout): number {
  for (const [field, countedIn] of DURATIONS) {
    const text = cell(cells, layout, field);
    if (text !== "") return minutesInColumn(text, countedIn);
  }
  throw new StageledgerError("DURATION_UNREADABLE", "The row has no duration.", {
    next: "Write it like 1:30, or leave the row out.",
  });
}

/** The same account however it is written. */
export function personKey(named: string): string {
  return named.trim().toLowerCase().normalize("NFC");
}

const NOBODY = { person: undefined, personIs: undefined } as const;

function personOf(at: (field: Field) => string): Pick<TimeRow, "person" | "personIs"> {
  const [mail, userId] = [at("mail"), at("userId")];
  const person = personKey(mail || userId || at("name") || `${at("firstName")} ${at("lastName")}`);
  const personIs = mail !== "" ? "mail" : userId !== "" ? "user id" : "name";
  if (person !== "" && !person.includes(UNREADABLE)) return { person, personIs };
  throw new StageledgerError(
    "IMPORT_NO_PERSON",
    person === "" ? "The row does not say who logged." : "Who logged is not written in UTF-8.",
    {
      next:
        person === ""
          ? "Fill in the column for the person, or leave the row out."
          : "Save the file as CSV in UTF-8, or export with e-mail addresses.",
    },
  );
}
