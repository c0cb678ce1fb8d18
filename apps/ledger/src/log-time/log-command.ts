/** `stageledger log`: time on an item, in one line. */
import { dayText, durationText, parseDuration, parseEntryDate } from "@stageledger/core";
import { Command } from "commander";
import { addLedgerOptions, type LedgerOptions, withLedger } from "../access/with-ledger.ts";
import { harmless } from "../analyse/output/harmless.ts";
import type { CliContext } from "../main/cli-context.ts";
import { logEntry } from "./log-entry.ts";
import { shortId } from "./short-id.ts";

interface LogOptions extends LedgerOptions {
  readonly date?: string;
  readonly activity: string;
  readonly stage?: string;
  readonly as?: string;
  readonly json?: boolean;
}

export function logCommand(context: CliContext): Command {
  const command = new Command("log")
    .description("Log time on a work item. Only you see it; reports show projects and stages.")
    .argument("<item>", "the item's key, such as PAY-88")
    .argument("<duration>", "1h 30m, 90m, 1.5h, 1,5h or 0:45")
    .option("--date <day>", "the day of the work, such as 2026-09-07 (default: today)")
    .option("--activity <kind>", "build, review, test, meeting, support, learning, other", "other")
    .option("--stage <name>", "where the work was done (default: where the item was)")
    .option("--as <account>", "who is logging (default: your account on this machine)")
    .option("--json", "print the entry as JSON");
  return addLedgerOptions(command).action(async (itemKey: string, duration: string, options: LogOptions) => {
    const minutes = parseDuration(duration);
    const date = options.date === undefined ? undefined : parseEntryDate(options.date);
    const { activity, stage } = options;
    const {
      entryId,
      entry,
      itemKey: key,
    } = await withLedger(context, options, (ledger) =>
      logEntry(
        ledger,
        { itemKey, minutes, date, activity, stage },
        { account: options.as ?? context.account(), now: context.now(), newId: context.newId },
      ),
    );
    const day = dayText(entry.date);
    context.stdout.write(
      options.json === true
        ? `${JSON.stringify({ entry: entryId, item: key, date: day, minutes, activity }, null, 2)}\n`
        : harmless(`Logged ${durationText(minutes)} on ${key} · ${activity} · ${day} · entry ${shortId(entryId)}\n`),
    );
  });
}
