/** Fills a log from a CSV event log: one row an event, the status an item is in from then on. */
import { Readable } from "node:stream";
import { parseInstant, StageledgerError, type StatusCatalogue } from "@stageledger/core";
import { CsvError, parse } from "csv-parse";
import type { PackedLog } from "../log/packed-log.ts";
import type { ByteSource } from "./byte-source.ts";
import type { ReadTally } from "./read-tally.ts";

/** Which column holds what; `project` is optional. */
export interface EventColumns {
  readonly item: string;
  readonly status: string;
  readonly at: string;
  readonly project: string | undefined;
}

const FORM = "--csv item=case_id,status=status,at=timestamp,project=product";

/** Parses `item=case_id,status=status,at=timestamp,project=product`. @throws StageledgerError SETTING_INVALID */
export function parseEventColumns(text: string): EventColumns {
  const columns = new Map(
    text.split(",").map((pair) => {
      const [name = "", ...column] = pair.split("=");
      return [name.trim(), column.join("=").trim()] as const;
    }),
  );
  const extra = [...columns.keys()].find((name) => !["item", "status", "at", "project"].includes(name));
  const item = columns.get("item");
  const status = columns.get("status");
  const at = columns.get("at");
  if (extra !== undefined || !item || !status || !at) {
    throw new StageledgerError(
      "SETTING_INVALID",
      `--csv ${extra === undefined ? "needs item, status and at" : `does not know "${extra}"`}.`,
      { next: `Write it like ${FORM}.` },
    );
  }
  return { item, status, at, project: columns.get("project") };
}

/**
 * Rows may come in any order; of one instant the earlier row comes first. A row that repeats the
 * item's status is no change. The first event of an item is its creation.
 *
 * @throws StageledgerError INPUT_CSV_COLUMNS, INPUT_WRONG_SHAPE, INPUT_IMPOSSIBLE_DATE
 */
export async function readEventLog(
  source: ByteSource,
  path: string,
  columns: EventColumns,
  log: PackedLog,
  catalogue: StatusCatalogue,
  statusIdByName: ReadonlyMap<string, string>,
  tally: ReadTally,
): Promise<void> {
  const parser = parse({ columns: true, bom: true, skip_empty_lines: true, relax_column_count: true, info: true });
  const rows = Readable.from(source.chunks)
    .on("error", (error) => parser.destroy(error))
    .pipe(parser);
  let isFirst = true;
  try {
    for await (const row of rows) {
      const line: number = row.info.lines;
      const record: Record<string, string | undefined> = row.record;
      if (isFirst) refuseMissingColumns(columns, Object.keys(record), path);
      isFirst = false;
      try {
        takeRow(record, columns, log, catalogue, statusIdByName, tally);
      } catch (error) {
        if (!(error instanceof StageledgerError)) throw error;
        tally.skipped(path, line, error);
      }
    }
  } catch (error) {
    throw error instanceof CsvError ? noCsv(path, error) : error;
  }
}

function takeRow(
  record: Readonly<Record<string, string | undefined>>,
  columns: EventColumns,
  log: PackedLog,
  catalogue: StatusCatalogue,
  statusIdByName: ReadonlyMap<string, string>,
  tally: ReadTally,
): void {
  const id = cell(record, columns.item);
  const name = cell(record, columns.status);
  const at = parseInstant(cell(record, columns.at));
  if (at === undefined) {
    throw new StageledgerError("INPUT_IMPOSSIBLE_DATE", `Column ${columns.at} holds no possible date and time.`, {
      next: "Dates look like 2026-09-07T09:00:00Z or 2026-09-07 09:00:00+02:00. Mend the row, or leave it out with --keep-going.",
    });
  }
  const status = statusIdByName.get(name) ?? name;
  const project = columns.project === undefined ? "" : (record[columns.project]?.trim() ?? "");
  catalogue.sawInHistory(status, name, at, true, false);
  const part = {
    id,
    createdAt: at,
    // Counted on over all files: rows of two files that share a number are two facts.
    changes: [{ at, sequence: tally.issues, index: 0, from: undefined, to: status }],
    blocks: [],
    otherActivity: [],
    hasHistory: true,
    isTruncated: false,
    snapshot: {
      updatedAt: at,
      key: id,
      project,
      currentStatus: undefined,
      resolution: undefined,
      isSubtask: false,
      parentId: undefined,
    },
  };
  log.add(part);
  tally.sawRow(part);
}

function cell(record: Readonly<Record<string, string | undefined>>, column: string): string {
  const value = record[column]?.trim();
  if (value === undefined || value === "")
    throw new StageledgerError("INPUT_WRONG_SHAPE", `Column ${column} is empty.`, {
      next: "Mend the row, or leave it out with --keep-going.",
    });
  return value;
}

function refuseMissingColumns(columns: EventColumns, found: readonly string[], path: string): void {
  const wanted = Object.values(columns).filter((name) => name !== undefined);
  const missing = wanted.find((name) => !found.includes(name));
  if (missing === undefined) return;
  // A first row without any of them may be no header but data, and data may name people.
  const isHeader = wanted.some((name) => found.includes(name));
  throw new StageledgerError("INPUT_CSV_COLUMNS", `${path} has no column "${missing}".`, {
    next: isHeader
      ? `It has: ${found.join(", ")}. Name them like ${FORM}.`
      : `Its first row should name the columns, parted by commas. Name them like ${FORM}.`,
  });
}

/** The parser's own message can quote the text, which can hold personal data. */
function noCsv(path: string, error: CsvError): StageledgerError {
  const line: unknown = error.lines;
  const place = typeof line === "number" ? `${path}, line ${line}` : path;
  return new StageledgerError("INPUT_WRONG_SHAPE", `${place}: this is not CSV: a quote is misplaced or never closed.`, {
    next: "Mend the line; a quote inside a quoted cell is written twice.",
    cause: error,
  });
}
