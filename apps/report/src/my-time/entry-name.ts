/** How an entry is called where more than one could be meant: by its time, item and day. */
import type { PageEntry } from "@stageledger/core/contract/page-my-routes";
import { words } from "../words/words.ts";

type Item = Pick<PageEntry, "itemId" | "itemKey">;

/** The task stands last. */
const ASANA = /^asana:(?:\d{1,30}:)?(?<task>\d{1,30})$/u;

/** Of a restricted project no item is named on the page. */
export function itemName(item: Item): string {
  const { entry } = words.mine;
  const task = findAsanaTask(item);
  return task === undefined ? (item.itemKey ?? entry.item) : entry.asanaTask(task);
}

/** Undefined for an item of another tool, and for one that is not named. */
export function findAsanaTask({ itemId, itemKey }: Item): string | undefined {
  return itemId === null || itemKey === null ? undefined : ASANA.exec(itemId)?.groups?.task;
}

export function entryName(entry: PageEntry): string {
  return words.mine.entry.of(entry.minutes, itemName(entry), entry.date);
}

/** Of the button that opens the entry. */
export function editButtonId(entry: string): string {
  return `edit-${entry}`;
}
