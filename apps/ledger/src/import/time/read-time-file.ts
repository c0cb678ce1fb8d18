/** Reads a time file of any known layout, row by row, in constant memory. */
import { StageledgerError } from "@stageledger/core";
import type { ByteSource } from "../../analyse/input/byte-source.ts";
import { type DateOrder, type KnownOrder, needsOrder, provenOrder } from "./column-date.ts";
import { csvRecords } from "./csv-records.ts";
import { isNoEntry, readRow } from "./read-row.ts";
import { recogniseLayout, type TimeLayout } from "./time-layout.ts";
import { asRefusal, type RowRefusal, type TimeRow } from "./time-row.ts";

export interface TimeFileOptions {
  /** Undefined = as the file's own dates prove it. */
  readonly dateOrder: DateOrder | undefined;
}

export interface TimeFile {
  readonly layout: TimeLayout;
  /** Lines of totals, breaks, empty rows: no entries, and no faults either. */
  readonly skippedRows: number;
}

/**
 * Hands over every row, in the order of the file: to `takeRow` what can be an entry, to `refuseRow` what cannot and why.
 * When the quoting breaks, that row is refused and the file ends there. Both are waited for.
 *
 * @param open opens the file; called a second time when only the whole of it can tell the order of its dates. What cannot
 * be read twice (standard input, a pipe) proves nothing
 * @throws StageledgerError IMPORT_UNKNOWN_LAYOUT, IMPORT_MISSING_COLUMNS, INPUT_NOT_FOUND, INPUT_TRUNCATED_GZIP
 */
export async function readTimeFile(
  open: () => Promise<ByteSource>,
  { dateOrder }: TimeFileOptions,
  takeRow: (row: TimeRow) => void | Promise<void>,
  refuseRow: (refusal: RowRefusal) => void | Promise<void>,
): Promise<TimeFile> {
  const source = await open();
  let known: KnownOrder | undefined = dateOrder === undefined ? undefined : { order: dateOrder, isStated: true };
  let layout: TimeLayout | undefined;
  let skippedRows = 0;
  for await (const { line, cells } of csvRecords(source.chunks)) {
    if (cells === undefined) {
      await refuseRow(asRefusal(line, brokenQuotes()));
    } else if (layout === undefined) {
      layout = recogniseLayout(cells);
    } else if (isNoEntry(cells, layout)) {
      skippedRows += 1;
    } else {
      if (known === undefined && datesOf(cells, layout).some(needsOrder)) {
        known = source.totalBytes === undefined ? UNKNOWN : await orderOf(await open(), layout);
      }
      const read = rowOrRefusal(line, cells, layout, known ?? UNKNOWN);
      const handed = "code" in read ? refuseRow(read) : takeRow(read);
      // Most callers only count or collect: waiting for nothing would take as long as the reading.
      if (handed !== undefined) await handed;
    }
  }
  return { layout: layout ?? recogniseLayout([]), skippedRows };
}

const UNKNOWN: KnownOrder = { order: "unknown" };

/** What all dates of the file prove together. */
async function orderOf(source: ByteSource, layout: TimeLayout): Promise<KnownOrder> {
  let order: DateOrder | undefined;
  for await (const { cells } of csvRecords(source.chunks)) {
    for (const text of cells === undefined ? [] : datesOf(cells, layout)) {
      const proven = provenOrder(text);
      if (proven === undefined) continue;
      if (order !== undefined && order !== proven) return { order: "mixed" };
      order = proven;
    }
  }
  return order === undefined ? UNKNOWN : { order, isStated: false };
}

function datesOf(cells: readonly string[], { placeByField }: TimeLayout): string[] {
  const { date, endDate } = placeByField;
  return [date, endDate].flatMap((place) => (place === undefined ? [] : [cells[place] ?? ""]));
}

function rowOrRefusal(
  line: number,
  cells: readonly string[],
  layout: TimeLayout,
  known: KnownOrder,
): TimeRow | RowRefusal {
  try {
    return readRow(line, cells, layout, known);
  } catch (error) {
    if (error instanceof StageledgerError) return asRefusal(line, error);
    throw error;
  }
}

function brokenQuotes(): StageledgerError {
  return new StageledgerError(
    "IMPORT_ROW_BROKEN",
    "A quote is misplaced or never closed. From here on nothing was read.",
    { next: "Mend the line and import again; a quote inside a quoted cell is written twice." },
  );
}
