import type { Field } from "../../state/my-time/week-grid.ts";
import type { Words } from "../../words/english.ts";
import { sayDay } from "../../words/say-day.ts";

/** "PAY-88, Mon 7 Sept": what a field is called. Pure. */
export function sayCell({ itemKey, date }: Pick<Field, "itemKey" | "date">, today: string, words: Words): string {
  return words.myTime.grid.cell(itemKey, sayDay(date, today, words));
}
