/** Rows of a CSV file with the line on which each begins, in constant memory. */
import { CsvError, parse } from "csv-parse";

export interface CsvRecord {
  /** From 1. */
  readonly line: number;
  /** Undefined = here the quoting breaks. It is the last record then: where the next one begins cannot be told. */
  readonly cells: readonly string[] | undefined;
}

const DELIMITERS = [",", ";", "\t"];
/** A header is shorter, and so is a row. What is longer is a quote that was never closed. */
const LONGEST_HEADER_BYTES = 1 << 16;
const LONGEST_ROW_BYTES = 1 << 20;

/**
 * Cells are parted by commas, semicolons or tabs, whichever parts the first row most; a byte order mark and lines without
 * anything are left out. An error of the chunks is thrown on.
 */
export async function* csvRecords(chunks: AsyncIterable<Buffer>): AsyncGenerator<CsvRecord> {
  const { head, whole } = await firstRow(chunks);
  const place = new Place();
  let read: CsvRecord[] = [];
  const parser = parse({
    delimiter: delimiterOf(head),
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: LONGEST_ROW_BYTES,
    // Rows are taken here and never pushed on: a broken row takes down with it what still waits to be pulled.
    on_record: (cells: readonly string[], info) => {
      read.push({ line: place.next(info, cells), cells });
      return null;
    },
  });
  // Each error also reaches the one who wrote or ended.
  parser.on("error", () => undefined);
  const taken = () => {
    const rows = read;
    read = [];
    return rows;
  };
  for await (const chunk of whole) {
    const error = await new Promise<unknown>((done) => parser.write(chunk, done));
    yield* taken();
    if (error instanceof Error) return yield brokenRow(error, place);
  }
  const error = await new Promise<unknown>((done) => parser.end(done));
  yield* taken();
  if (error instanceof Error) yield brokenRow(error, place);
}

/** The parser's own message can quote the row, which can hold personal data. */
function brokenRow(error: Error, place: Place): CsvRecord {
  if (!(error instanceof CsvError)) throw error;
  return { line: place.next({ lines: error.lines, empty_lines: error.empty_lines }, []), cells: undefined };
}

/** Follows the lines. The parser tells the last line of a row, and people look for the first. */
class Place {
  #line = 0;
  #parserLine = 0;
  #emptyLines = 0;

  next(parser: { readonly lines?: unknown; readonly empty_lines?: unknown }, cells: readonly string[]): number {
    const [parserLine, emptyLines] = [Number(parser.lines), Number(parser.empty_lines)];
    const begins = this.#line + 1 + (emptyLines - this.#emptyLines);
    const hasBreaks = parserLine - this.#parserLine > begins - this.#line;
    this.#line = begins + (hasBreaks ? breaksIn(cells) : 0);
    this.#parserLine = parserLine;
    this.#emptyLines = emptyLines;
    return begins;
  }
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((breaks, cell) => breaks + cell.split(/\r\n|\r|\n/).length - 1, 0);
}

async function firstRow(
  chunks: AsyncIterable<Buffer>,
): Promise<{ readonly head: string; readonly whole: AsyncIterable<Buffer> }> {
  const rest = chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < LONGEST_HEADER_BYTES && !/[^\r\n\ufeff][\r\n]/.test(head.toString())) {
    const next = await rest.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = async function* (): AsyncGenerator<Buffer> {
    try {
      if (head.length > 0) yield head;
      for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
    } finally {
      await rest.return?.();
    }
  };
  return { head: head.subarray(0, LONGEST_HEADER_BYTES).toString(), whole: whole() };
}

function delimiterOf(head: string): string {
  const row =
    head
      .replace("\ufeff", "")
      .trimStart()
      .split(/[\r\n]/)[0] ?? "";
  const bare = row.replaceAll(/"[^"]*"/g, "");
  const cellsBy = (delimiter: string) => bare.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (cellsBy(delimiter) > cellsBy(best) ? delimiter : best));
}
