/** Builders for time entries. Two hours of build work on 2026-09-08, a Tuesday, unless said otherwise. */
import type { EntryInterval, EntryRevision, TimeEntry } from "@stageledger/core";
import { day, HOUR, MINUTE, utc } from "./moments.ts";

export function anEntry(overrides: Partial<TimeEntry> = {}): TimeEntry {
  return {
    itemId: "10088",
    project: "Payments",
    date: day("2026-09-08"),
    minutes: 120,
    activity: "build",
    interval: undefined,
    chosenStatus: undefined,
    visibility: "private",
    ...overrides,
  };
}

/** An entry with start and end, both UTC; its minutes are those between, its date that of the start. */
export function anEntryFrom(start: string, end: string, overrides: Partial<TimeEntry> = {}): TimeEntry {
  const interval = anInterval(start, end);
  const minutes = Math.round((interval.end - interval.start) / MINUTE);
  return anEntry({ date: Math.floor(interval.start / (24 * HOUR)), minutes, interval, ...overrides });
}

export function anInterval(start: string, end: string): EntryInterval {
  return { start: utc(start), end: utc(end), offsetMinutes: 0 };
}

export function aRevision(number: number, entry: TimeEntry | undefined): EntryRevision {
  const change = entry === undefined ? "deleted" : number === 1 ? "created" : "edited";
  return { entryId: "entry-1", contributor: "contributor-1", number, change, entry };
}
