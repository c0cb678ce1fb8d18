/** `stageledger doctor`: what is in order, what somebody should look at, and what to do about it. */
import { Command } from "commander";
import { addLedgerOptions } from "../access/with-ledger.ts";
import { harmless } from "../analyse/output/harmless.ts";
import { wrap } from "../analyse/output/wrap.ts";
import { type CliContext, Ended } from "../main/cli-context.ts";
import type { Check } from "./check.ts";
import { type DoctorOptions, type ExamineMore, examineLedger } from "./examine-ledger.ts";

const WANTS_ATTENTION = 1;
const WIDTH = 80;
const INDENT = " ".repeat(7);

/** @param examineMore what is looked at besides the ledger itself */
export function doctorCommand(context: CliContext, examineMore: ExamineMore): Command {
  const command = new Command("doctor")
    .description("Look whether everything is in order. Exit code 1 when it is not.")
    .option("--offline", "do not ask the tools that are connected")
    .option("--json", "print the checks as JSON");
  return addLedgerOptions(command).action(async (options: DoctorOptions & { readonly json?: boolean }) => {
    const checks = await examineLedger(context, options, examineMore);
    context.stdout.write(
      options.json === true ? `${JSON.stringify({ checks }, null, 2)}\n` : harmless(checks.map(inWords).join("")),
    );
    if (checks.some(({ state }) => state !== "ok")) throw new Ended(WANTS_ATTENTION);
  });
}

function inWords({ what, state, finding, code, next }: Check): string {
  const said = `${what}: ${finding}${code === undefined ? "" : ` [${code}]`}`;
  const lines = [said, ...(next === undefined ? [] : [next])].flatMap((line) => wrap(line, WIDTH, INDENT));
  return `${state.padEnd(INDENT.length)}${lines.join("\n").slice(INDENT.length)}\n`;
}
