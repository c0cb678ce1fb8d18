import type { BlockChange, StageChange } from "./item-facts.ts";

/** One part of an item's facts: an exported issue, a page of its history, a row of an event log. */
export interface ItemPart {
  readonly id: string;
  /** Epoch milliseconds; of several parts the earliest holds. */
  readonly createdAt: number;
  readonly changes: readonly StageChange[];
  readonly blocks: readonly BlockChange[];
  readonly otherActivity: readonly number[];
  readonly hasHistory: boolean;
  readonly isTruncated: boolean;
  /** The item as the source shows it; undefined in a part that only brings changes. */
  readonly snapshot: ItemSnapshot | undefined;
}

export interface ItemSnapshot {
  /** Of two snapshots the one updated later is believed. */
  readonly updatedAt: number;
  readonly key: string;
  readonly project: string;
  readonly currentStatus: string | undefined;
  readonly resolution: string | undefined;
  readonly isSubtask: boolean;
  readonly parentId: string | undefined;
  /** It stands for a work item that another project's item stands for already: totals of several projects leave it out (E8). */
  readonly isRepeated?: boolean;
}

/** Which of two snapshots is believed: the newer, and of equally new ones always the same. */
export function believed(a: ItemSnapshot, b: ItemSnapshot): ItemSnapshot {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt > b.updatedAt ? a : b;
  return JSON.stringify(a) < JSON.stringify(b) ? a : b;
}
