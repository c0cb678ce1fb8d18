/** What one row of a time file says, and why one was refused. */
import type { EpochDay, ErrorCode, StageledgerError } from "@stageledger/core";

/** A row, without the texts and names that stood in it. */
export interface TimeRow {
  /** Of the file, from 1: where the row begins. */
  readonly line: number;
  /**
   * The account as the file names it: the e-mail address if there is one, else the user id, else the name; trimmed, in
   * lower case, NFC. Undefined when the layout has no column for it. It lives until the pseudonym is derived.
   */
  readonly person: string | undefined;
  /** What that is: people who are named in one way are told apart by it, and not from those who are named in another. */
  readonly personIs: "mail" | "user id" | "name" | undefined;
  /** What may be the work item's key, likeliest first, each once; never empty. */
  readonly itemKeys: readonly string[];
  /** The local date as the file has it (E17). */
  readonly date: EpochDay;
  /** 1 to 1440. */
  readonly minutes: number;
  /** What the clock showed, minutes after midnight; undefined where the file does not say. */
  readonly startMinute: number | undefined;
  readonly endMinute: number | undefined;
  /** Undefined when the file has no date for the end. */
  readonly endDate: EpochDay | undefined;
  /** As written in the column for activities or tags. */
  readonly activity: string | undefined;
  readonly stage: string | undefined;
}

/** Never says what stood in the row, apart from a bare number. */
export interface RowRefusal {
  readonly line: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly next: string | undefined;
}

export function asRefusal(line: number, { code, message, next }: StageledgerError): RowRefusal {
  return { line, code, message, next };
}
