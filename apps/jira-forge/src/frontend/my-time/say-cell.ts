import { asanaTask } from "../../state/my-time/entry-link.ts";
import type { AddedItem, Field } from "../../state/my-time/week-grid.ts";
import type { Words } from "../../words/english.ts";
import { sayDay } from "../../words/say-day.ts";

/** "PAY-88, Mon 7 Sept": what a field is called. Pure. */
export function sayCell(field: Pick<Field, "itemId" | "itemKey" | "date">, today: string, words: Words): string {
  return words.myTime.grid.cell(sayItem(field, words), sayDay(field.date, today, words));
}

/** A Jira issue by its key; Asana has none, and its numbers say nothing by themselves. Pure. */
export function sayItem({ itemId, itemKey }: AddedItem, { myTime }: Words): string {
  const task = asanaTask(itemId);
  return task === undefined ? itemKey : myTime.grid.asanaTask(task);
}
