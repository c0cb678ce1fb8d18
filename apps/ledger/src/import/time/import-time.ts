/** One run of `import time`: the file is read and planned whole, then recorded whole or not at all. */
import { StageledgerError } from "@stageledger/core";
import {
  addTimeImport,
  ensureContributors,
  type FoundContributor,
  findContributors,
  inTransaction,
  lockTenant,
  openTenantSecrets,
  recordIn,
} from "@stageledger/db";
import type { Ledger } from "../../access/with-ledger.ts";
import { openBytes } from "../../analyse/input/byte-source.ts";
import type { Progress } from "../../analyse/progress.ts";
import { COMMAND_LINE } from "../../log-time/log-entry.ts";
import type { DateOrder } from "./column-date.ts";
import { type PlannedRow, planImport } from "./plan-import.ts";
import { readTimeFile, type TimeFile } from "./read-time-file.ts";
import type { RowRefusal, TimeRow } from "./time-row.ts";

/** The source of accounts that time files name. */
export const TIME_FILE = "file";

export interface ImportTimeRequest {
  readonly file: string;
  readonly dateOrder: DateOrder | undefined;
  /** Leaves out rows that cannot be entries, instead of refusing the file. */
  readonly keepsGoing: boolean;
  readonly isDryRun: boolean;
}

interface Surroundings {
  /** Whose rows they are when the file names nobody. Lives at the edge only. */
  readonly account: string;
  readonly now: number;
  readonly newId: () => string;
}

export interface TimeImportOutcome {
  /** Undefined when nothing was recorded. */
  readonly importId: string | undefined;
  readonly layout: string;
  /** In the order of the file. */
  readonly lines: readonly PlannedRow[];
  /** Lines of totals, breaks and the like, which are no entries. */
  readonly skippedRows: number;
  /** From before the retention edge: not taken up. */
  readonly tooOld: number;
}

const ENTRIES_A_BATCH = 5000;
const REFUSALS_NAMED = 3;

/**
 * @throws StageledgerError IMPORT_ROWS_REFUSED when rows cannot be entries and the import does not keep going, IMPORT_…,
 * INPUT_…
 */
export async function importTime(
  { database, tenantId, masterKey }: Ledger,
  request: ImportTimeRequest,
  progress: Progress,
  { account, now, newId }: Surroundings,
): Promise<TimeImportOutcome> {
  const { rows, refusals, file } = await readWhole(request, progress);
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const personIs = new Map(rows.map((row) => [row.person, row.personIs]));
    const named = [...personIs.keys()];
    // Trackers name the same people differently: two accounts are surely two people only where one tracker tells them apart.
    const accounts = named.map((person) =>
      person === undefined
        ? { source: COMMAND_LINE, account }
        : { source: TIME_FILE, account: person, directory: `${file.layout.name} ${personIs.get(person)}` },
    );
    const found = request.isDryRun
      ? (await findContributors(trx, tenantId, secrets, accounts)).map((known) => known ?? newcomer(newId))
      : await ensureContributors(trx, tenantId, secrets, accounts, newId);
    const people = new Map(
      named.flatMap((person, place) => {
        const one = found[place];
        return one === undefined ? [] : [[person, one] as const];
      }),
    );
    const planned = await planImport(trx, tenantId, secrets, rows, people);
    const lines = inFileOrder(planned, refusals);
    const outcome = { importId: undefined, layout: file.layout.name, lines, skippedRows: file.skippedRows, tooOld: 0 };
    if (request.isDryRun) return outcome;
    if (!request.keepsGoing) refuseFaults(lines);
    const revisions = planned.flatMap(({ revision }) => revision ?? []);
    if (revisions.length === 0) return outcome;
    const importId = newId();
    await addTimeImport(trx, tenantId, importId, file.layout.name, now);
    let done = 0;
    let tooOld = 0;
    const recording = progress.begin("recording entries", revisions.length, "entries", () => done);
    try {
      for (; done < revisions.length; done += ENTRIES_A_BATCH) {
        const entries = revisions.slice(done, done + ENTRIES_A_BATCH).map((revision) => ({ ...revision, importId }));
        tooOld += (await recordIn(trx, tenantId, { items: [], statuses: [], entries })).tooOld;
      }
    } finally {
      recording.end();
    }
    return { ...outcome, importId, tooOld };
  });
}

async function readWhole(
  { file: path, dateOrder }: ImportTimeRequest,
  progress: Progress,
): Promise<{ readonly rows: TimeRow[]; readonly refusals: RowRefusal[]; readonly file: TimeFile }> {
  const rows: TimeRow[] = [];
  const refusals: RowRefusal[] = [];
  let readBytes = (): number => 0;
  const reading = progress.begin("reading entries", undefined, "bytes", () => readBytes());
  try {
    const file = await readTimeFile(
      async () => {
        const source = await openBytes(path);
        reading.expect(source.totalBytes);
        readBytes = source.readBytes;
        return source;
      },
      { dateOrder },
      (row) => void rows.push(row),
      (refusal) => void refusals.push(refusal),
    );
    return { rows, refusals, file };
  } finally {
    reading.end();
  }
}

function newcomer(newId: () => string): FoundContributor {
  return { kind: "found", contributorId: newId() };
}

function inFileOrder(planned: readonly PlannedRow[], refusals: readonly RowRefusal[]): readonly PlannedRow[] {
  const leftOut = refusals.map((refusal): PlannedRow => ({ outcome: "left out", refusal, revision: undefined }));
  return [...planned, ...leftOut].sort((a, b) => lineOf(a) - lineOf(b));
}

function lineOf(planned: PlannedRow): number {
  return planned.outcome === "left out" ? planned.refusal.line : planned.row.line;
}

/** That somebody was erased is no fault of the file. @throws StageledgerError IMPORT_ROWS_REFUSED */
function refuseFaults(lines: readonly PlannedRow[]): void {
  const faults = lines.flatMap((line) =>
    line.outcome === "left out" && line.refusal.code !== "ENTRY_OF_ERASED_PERSON" ? [line.refusal] : [],
  );
  if (faults.length === 0) return;
  const named = faults.slice(0, REFUSALS_NAMED).map(({ line, code, message }) => `line ${line}: ${message} [${code}]`);
  const rest = faults.length > named.length ? [`and ${faults.length - named.length} more`] : [];
  throw new StageledgerError(
    "IMPORT_ROWS_REFUSED",
    `Some rows cannot be entries, so nothing was recorded: ${[...named, ...rest].join("; ")}.`,
    {
      next: [
        "Look at all of them with --dry-run; mend them, or leave them out with --keep-going.",
        ...(new Set(faults.map(({ code }) => code)).size === 1 ? [faults[0]?.next ?? ""] : []),
      ].join(" "),
    },
  );
}
