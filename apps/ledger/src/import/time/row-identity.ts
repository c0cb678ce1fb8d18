/** Tells a row of a time file apart from all others, in the same words whenever the file is read. Pure. */
import { dayText } from "@stageledger/core";
import type { TimeRow } from "./time-row.ts";

/**
 * The identities of one file's rows. Equal rows are numbered, so that two equal meetings of a day stay two; which of them
 * is the first does not matter, because nothing tells them apart. So the order of the rows does not matter either, nor
 * the layout.
 *
 * Memory grows with the number of different rows.
 */
export class RowIdentities {
  readonly #occurrencesByText = new Map<string, number>();

  /**
   * Names the person: to be hashed with a key at once, and kept nowhere.
   *
   * @param itemKey the one of the row's keys that is meant
   */
  next({ person, date, minutes, startMinute, activity, stage }: TimeRow, itemKey: string): string {
    const labels = [
      person ?? null,
      dayText(date),
      minutes,
      startMinute ?? null,
      itemKey,
      activity ?? null,
      stage ?? null,
    ];
    const text = JSON.stringify(labels);
    const occurrence = (this.#occurrencesByText.get(text) ?? 0) + 1;
    this.#occurrencesByText.set(text, occurrence);
    return JSON.stringify([...labels, occurrence]);
  }
}
