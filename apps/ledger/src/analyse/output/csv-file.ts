/** Writes a CSV file row by row in bounded memory; it appears under its name only when it is whole. */
import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { StageledgerError } from "@stageledger/core";
import { stringify } from "csv-stringify/sync";

const BATCH_ROWS = 1000;

export type CsvCell = string | number;

export class CsvFile {
  readonly #path: string;
  readonly #file: number;
  #rows: CsvCell[][] = [];
  #isClosed = false;

  /** @throws StageledgerError OUTPUT_UNWRITABLE */
  constructor(path: string, header: readonly string[]) {
    this.#path = path;
    try {
      this.#file = openSync(partial(path), "w");
    } catch (cause) {
      throw unwritable(path, cause);
    }
    this.add([...header]);
  }

  add(row: CsvCell[]): void {
    this.#rows.push(row);
    if (this.#rows.length >= BATCH_ROWS) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
    this.#isClosed = true;
    renameSync(partial(this.#path), this.#path);
  }

  /** Leaves no half-written file behind; a closed file stays. */
  abandon(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.#file);
    rmSync(partial(this.#path), { force: true });
  }

  #flush(): void {
    if (this.#rows.length === 0) return;
    // Keys and status names come from outside: a spreadsheet must not take one for a formula.
    const text = stringify(this.#rows, { escape_formulas: true });
    this.#rows = [];
    try {
      writeSync(this.#file, text);
    } catch (cause) {
      throw unwritable(this.#path, cause);
    }
  }
}

export function unwritable(path: string, cause: unknown): StageledgerError {
  return new StageledgerError("OUTPUT_UNWRITABLE", `${path} cannot be written.`, {
    next: "Check that its folder exists, that you may write there and that the disk has room.",
    cause,
  });
}

function partial(path: string): string {
  return `${path}.partial`;
}
