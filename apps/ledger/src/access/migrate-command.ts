/** `stageledger migrate`: brings a PostgreSQL database to the schema of this version. Embedded data do it by themselves. */
import { migrate } from "@stageledger/db";
import { Command } from "commander";
import type { CliContext } from "../main/cli-context.ts";
import { addLedgerOptions, type LedgerOptions, openLedgerDatabase } from "./with-ledger.ts";

export function migrateCommand(context: CliContext): Command {
  const command = new Command("migrate").description("Bring the database of DATABASE_URL to this version's schema.");
  return addLedgerOptions(command).action(async (options: LedgerOptions) => {
    const database = await openLedgerDatabase(context, options);
    try {
      const applied = await migrate(database, context.now());
      const lines = applied.map(({ number, name, reason }) => `${number} ${name}: ${reason}\n`);
      context.stdout.write(lines.length === 0 ? "The database is up to date.\n" : lines.join(""));
    } finally {
      await database.close();
    }
  });
}
