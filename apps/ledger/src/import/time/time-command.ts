/** `stageledger import time`, and what takes it back. */

import { count, counted } from "@stageledger/core/contract/figure-text";
import { inTransaction, listTimeImports, lockTenant, undoTimeImport } from "@stageledger/db";
import { Command, Option } from "commander";
import { addLedgerOptions, type LedgerOptions, withLedger } from "../../access/with-ledger.ts";
import { progressOn } from "../../analyse/progress.ts";
import { shortId } from "../../log-time/short-id.ts";
import type { CliContext } from "../../main/cli-context.ts";
import type { DateOrder } from "./column-date.ts";
import { dryRunTable } from "./dry-run-table.ts";
import { importTime, type TimeImportOutcome } from "./import-time.ts";

interface TimeOptions extends LedgerOptions {
  readonly dateOrder?: DateOrder;
  readonly as?: string;
  readonly dryRun?: boolean;
  readonly keepGoing?: boolean;
  readonly json?: boolean;
}

const LAYOUTS = `
Layouts, told by the header: plain (Item, Date, Duration; Person, Activity,
Stage, Start, End if you like), Tempo, Clockify, Toggl Track, Harvest.
A file that names nobody is yours, or of whom --as says.
`;

export function timeCommand(context: CliContext): Command {
  const command = new Command("time")
    .description("Time entries from a CSV file of another tracker. All rows or none.")
    .argument("<file>", "the file, plain or gzipped; - is standard input")
    .option("--dry-run", "show what would become of each row, and record nothing")
    .option("--keep-going", "leave out rows that cannot be entries")
    .addOption(new Option("--date-order <order>", "what 03/04/2026 means").choices(["dmy", "mdy"]))
    .option("--as <account>", "whose rows they are, if the file does not say")
    .option("--json", "print the counts as JSON")
    .addHelpText("after", LAYOUTS);
  return addLedgerOptions(command).action(async (file: string, options: TimeOptions) => {
    const progress = progressOn(context.stderr, () => performance.now());
    const { dateOrder, dryRun: isDryRun = false, keepGoing: keepsGoing = false } = options;
    const outcome = await withLedger(context, options, (ledger) =>
      importTime(ledger, { file, dateOrder, isDryRun, keepsGoing }, progress, {
        account: options.as ?? context.account(),
        now: context.now(),
        newId: context.newId,
      }),
    );
    if (options.json === true) context.stdout.write(asJson(outcome));
    else context.stdout.write(isDryRun ? dryRunTable(outcome.lines) : inWords(outcome));
  });
}

export function undoCommand(context: CliContext): Command {
  const command = new Command("undo")
    .description("Take back what an `import time` brought and nobody changed since.")
    .argument("<import>", "its id, or how it begins");
  return addLedgerOptions(command).action(async (idStart: string, options: LedgerOptions) => {
    const { entries } = await withLedger(context, options, ({ database, tenantId }) =>
      inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
        await lockTenant(trx, tenantId);
        return undoTimeImport(trx, tenantId, idStart, context.now());
      }),
    );
    context.stdout.write(`${counted(entries, "entry", "entries")} taken back.\n`);
  });
}

export function listCommand(context: CliContext): Command {
  const command = new Command("list")
    .description("The imports of time files, the latest first.")
    .option("--json", "print them as JSON");
  return addLedgerOptions(command).action(async (options: LedgerOptions & { readonly json?: boolean }) => {
    const imports = await withLedger(context, options, ({ database, tenantId }) =>
      inTransaction(database, { role: "recorder", tenantId }, (trx) => listTimeImports(trx, tenantId)),
    );
    if (options.json === true) {
      context.stdout.write(`${JSON.stringify({ imports: imports.map(withDates) }, null, 2)}\n`);
      return;
    }
    const lines = imports.map(
      ({ importId, layout, importedAt, undoneAt }) =>
        `${shortId(importId)}  ${instantText(importedAt)}  ${layout}${undoneAt === undefined ? "" : `, taken back ${instantText(undoneAt)}`}`,
    );
    context.stdout.write(lines.length === 0 ? "No time file was imported.\n" : `${lines.join("\n")}\n`);
  });
}

function withDates({ importId, layout, importedAt, undoneAt }: Awaited<ReturnType<typeof listTimeImports>>[number]) {
  return {
    import: importId,
    layout,
    importedAt: new Date(importedAt).toISOString(),
    undoneAt: undoneAt === undefined ? null : new Date(undoneAt).toISOString(),
  };
}

/** In UTC, to the minute. */
function instantText(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function countsOf({ lines, tooOld }: TimeImportOutcome) {
  const of = (outcome: string): number => lines.filter((line) => line.outcome === outcome).length;
  return { newEntries: of("new") - tooOld, knownEntries: of("known already"), leftOut: of("left out") + tooOld };
}

function asJson(outcome: TimeImportOutcome): string {
  const { importId = null, layout, lines, skippedRows } = outcome;
  const refusals = lines.flatMap((line) =>
    line.outcome === "left out" ? [{ line: line.refusal.line, code: line.refusal.code }] : [],
  );
  return `${JSON.stringify({ import: importId, layout, ...countsOf(outcome), skippedRows, refusals }, null, 2)}\n`;
}

function inWords(outcome: TimeImportOutcome): string {
  const { newEntries, knownEntries, leftOut } = countsOf(outcome);
  const sums = `${counted(newEntries, "new entry", "new entries")}, ${count(knownEntries)} known already, ${count(leftOut)} left out.`;
  const { importId } = outcome;
  return importId === undefined
    ? `${sums}\n`
    : `${sums}\nTake them back with: stageledger import undo ${shortId(importId)}\n`;
}
