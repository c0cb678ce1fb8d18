/** `stageledger export`: what the organisation owns, as files. People's entries leave only by `stageledger me export`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { StageledgerError } from "@stageledger/core";
import { counted } from "@stageledger/core/contract/figure-text";
import { exportTenant } from "@stageledger/db";
import { Command } from "commander";
import { addLedgerOptions, type LedgerOptions, withLedger } from "../access/with-ledger.ts";
import { OutputFile } from "../analyse/output/output-file.ts";
import { progressOn } from "../analyse/progress.ts";
import type { CliContext } from "../main/cli-context.ts";

const FORMAT_VERSION = 1;

export function exportCommand(context: CliContext): Command {
  const command = new Command("export")
    .description("Settings, stage maps, flow and published hours as JSON lines. No entries.")
    .argument("<folder>", "where to; it is made if needed");
  return addLedgerOptions(command).action(async (folder: string, options: LedgerOptions) => {
    const counts = await withLedger(context, options, async ({ database, tenantId }) => {
      const files = new ExportFolder(folder);
      const writing = progressOn(context.stderr, () => performance.now()).begin(
        "exporting",
        undefined,
        "rows",
        () => files.rowsWritten,
      );
      try {
        await exportTenant(database, tenantId, files);
        return files.finish(new Date(context.now()).toISOString());
      } finally {
        writing.end();
      }
    });
    const rows = counts.reduce((sum, one) => sum + one.rows, 0);
    context.stdout.write(
      `${counted(counts.length, "file")} with ${counted(rows, "row")}. manifest.json says what is in each.\n`,
    );
  });
}

/** One file a table; the manifest comes last, so that a folder which has one is whole. */
class ExportFolder {
  readonly #folder: string;
  readonly #counts: { readonly name: string; rows: number }[] = [];
  #file: OutputFile | undefined;
  rowsWritten = 0;

  /** @throws StageledgerError OUTPUT_UNWRITABLE */
  constructor(folder: string) {
    this.#folder = folder;
    try {
      mkdirSync(folder, { recursive: true });
    } catch (cause) {
      throw folderUnwritable(cause);
    }
  }

  begin(name: string): void {
    this.#file?.keep();
    this.#file = new OutputFile(join(this.#folder, `${name}.jsonl`));
    this.#counts.push({ name: `${name}.jsonl`, rows: 0 });
  }

  rows(lines: readonly string[]): void {
    this.#file?.write(`${lines.join("\n")}\n`);
    const count = this.#counts.at(-1);
    if (count !== undefined) count.rows += lines.length;
    this.rowsWritten += lines.length;
  }

  finish(exportedAt: string): readonly { readonly name: string; readonly rows: number }[] {
    this.#file?.keep();
    const manifest = new OutputFile(join(this.#folder, "manifest.json"));
    manifest.write(`${JSON.stringify({ schema: FORMAT_VERSION, exportedAt, files: this.#counts }, null, 2)}\n`);
    manifest.keep();
    return this.#counts;
  }
}

function folderUnwritable(cause: unknown): StageledgerError {
  return new StageledgerError("OUTPUT_UNWRITABLE", "The folder cannot be made.", {
    next: "Name another one, or check who may write there.",
    cause,
  });
}
