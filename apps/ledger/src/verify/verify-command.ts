/** `stageledger verify`: recounts the ledger from its facts. */
import { StageledgerError } from "@stageledger/core";
import { counted } from "@stageledger/core/contract/figure-text";
import { verify } from "@stageledger/db";
import { Command } from "commander";
import { addLedgerOptions, type LedgerOptions, withLedger } from "../access/with-ledger.ts";
import { harmless } from "../analyse/output/harmless.ts";
import type { CliContext } from "../main/cli-context.ts";

export function verifyCommand(context: CliContext): Command {
  const command = new Command("verify").description(
    "Recount everything from the recorded facts, and name differences.",
  );
  return addLedgerOptions(command).action(async (options: LedgerOptions) => {
    const differences = await withLedger(context, options, ({ database, tenantId }) => verify(database, tenantId));
    if (differences.length === 0) {
      context.stdout.write("Recounted: timelines, entries, balances, stages, cells and weekly totals agree.\n");
      return;
    }
    for (const { kind, what, expected, found } of differences)
      context.stdout.write(harmless(`${kind} ${what}: ${found}, should be ${expected}\n`));
    throw new StageledgerError(
      "LEDGER_DIFFERS",
      `${counted(differences.length, "difference")} between the ledger and its facts.`,
      { next: "Keep a copy of the database and report it: the lines above name no person." },
    );
  });
}
