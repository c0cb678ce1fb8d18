/** Writes a CSV file row by row in bounded memory. */
import { stringify } from "csv-stringify/sync";
import { OutputFile } from "./output-file.ts";

const BATCH_ROWS = 1000;

export type CsvCell = string | number;

export class CsvFile {
  readonly #file: OutputFile;
  #rows: CsvCell[][] = [];

  /** @throws StageledgerError OUTPUT_UNWRITABLE */
  constructor(path: string) {
    this.#file = new OutputFile(path);
  }

  /** @throws StageledgerError OUTPUT_UNWRITABLE */
  add(row: CsvCell[]): void {
    this.#rows.push(row);
    if (this.#rows.length >= BATCH_ROWS) this.#flush();
  }

  /** Puts the whole file in its place. @throws StageledgerError OUTPUT_UNWRITABLE */
  keep(): void {
    this.#flush();
    this.#file.keep();
  }

  /** Leaves nothing half-written behind; what is kept already stays. */
  abandon(): void {
    this.#file.abandon();
  }

  #flush(): void {
    if (this.#rows.length === 0) return;
    // Keys and status names come from outside: a spreadsheet must not take one for a formula.
    const text = stringify(this.#rows, { escape_formulas: true });
    this.#rows = [];
    this.#file.write(text);
  }
}
