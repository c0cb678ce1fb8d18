/** `stageledger me`: a person's own week, and changes to it. */
import {
  dayText,
  durationText,
  type EpochDay,
  mondayOf,
  parseDuration,
  parseEntryDate,
  weekText,
} from "@stageledger/core";
import {
  type Account,
  findContributor,
  getTenant,
  inTransaction,
  listMyEntries,
  type MyEntry,
  openTenantSecrets,
} from "@stageledger/db";
import Table from "cli-table3";
import { Command, Option } from "commander";
import { type AccountOptions, accountOf, addAccountOptions } from "../access/account-option.ts";
import { addLedgerOptions, type Ledger, type LedgerOptions, withLedger } from "../access/with-ledger.ts";
import { writeAnswer } from "../access/write-answer.ts";
import { harmless } from "../analyse/output/harmless.ts";
import type { CliContext } from "../main/cli-context.ts";
import { canChangeHere, changeEntry } from "./log-entry.ts";
import { EVERY_DAY, type ExportFormat, myExport } from "./my-export.ts";
import { shortId } from "./short-id.ts";

interface MeOptions extends LedgerOptions, AccountOptions {
  readonly week?: string;
  readonly json?: boolean;
}

const DAYS_TO_SUNDAY = 6;

export function meCommand(context: CliContext): Command {
  const me = withPerson(new Command("me"))
    .description("Your own entries of a week. Nobody else can list them.")
    .enablePositionalOptions()
    .option("--week <day>", "the week of that day, such as 2026-09-07 (default: this one)")
    .option("--json", "print the entries as JSON")
    .action(async (options: MeOptions) => {
      const day = options.week === undefined ? undefined : parseEntryDate(options.week);
      const account = accountOf(options, context);
      const answer = await withLedger(context, options, (ledger) => myWeek(ledger, account, day, context.now()));
      context.stdout.write(options.json === true ? asJson(answer) : harmless(inWords(answer)));
    });
  me.addCommand(
    withPerson(new Command("edit"))
      .description("Give an entry of yours another duration.")
      .argument("<entry>", "its id, or how it begins")
      .argument("<duration>", "1h 30m, 90m, 1.5h, 1,5h or 0:45")
      .action(async (idStart: string, duration: string, options: MeOptions) => {
        const minutes = parseDuration(duration);
        await change(context, options, idStart, { minutes });
        context.stdout.write(`The entry has ${durationText(minutes)} now.\n`);
      }),
  );
  me.addCommand(
    withPerson(new Command("delete"))
      .description("Take an entry of yours back.")
      .argument("<entry>", "its id, or how it begins")
      .action(async (idStart: string, options: MeOptions) => {
        await change(context, options, idStart, "delete");
        context.stdout.write("The entry is deleted.\n");
      }),
  );
  me.addCommand(
    withPerson(new Command("export"))
      .description("All your entries as a file: yours to take along.")
      .addOption(new Option("--format <format>", "form of the file").choices(["csv", "json"]).default("csv"))
      .option("--output <file>", "write it there instead of to the terminal")
      .action(async (options: MeOptions & { readonly format: ExportFormat; readonly output?: string }) => {
        const account = accountOf(options, context);
        const entries = await withLedger(context, options, (ledger) => allOfMine(ledger, account));
        writeAnswer(context, myExport(entries, options.format), options.output);
      }),
  );
  return me;
}

function withPerson(command: Command): Command {
  return addLedgerOptions(addAccountOptions(command));
}

interface MyWeek {
  readonly week: EpochDay;
  readonly entries: readonly MyEntry[];
}

async function myWeek(ledger: Ledger, account: Account, day: EpochDay | undefined, now: number): Promise<MyWeek> {
  const { database, tenantId } = ledger;
  const { zone } = await inTransaction(database, { role: "person", tenantId }, (trx) => getTenant(trx, tenantId));
  const week = mondayOf(day ?? zone.dayOf(now));
  const contributorId = await contributorOf(ledger, account);
  if (contributorId === undefined) return { week, entries: [] };
  const entries = await inTransaction(database, { role: "person", tenantId, contributorId }, (trx) =>
    listMyEntries(trx, tenantId, week, week + DAYS_TO_SUNDAY),
  );
  return { week, entries };
}

async function allOfMine(ledger: Ledger, account: Account): Promise<readonly MyEntry[]> {
  const { database, tenantId } = ledger;
  const contributorId = await contributorOf(ledger, account);
  if (contributorId === undefined) return [];
  return inTransaction(database, { role: "person", tenantId, contributorId }, (trx) =>
    listMyEntries(trx, tenantId, EVERY_DAY.from, EVERY_DAY.to),
  );
}

async function change(
  context: CliContext,
  options: MeOptions,
  idStart: string,
  wish: Parameters<typeof changeEntry>[3],
): Promise<void> {
  const account = accountOf(options, context);
  await withLedger(context, options, async (ledger) => {
    const contributorId = await contributorOf(ledger, account);
    // Somebody without entries is told the same as somebody whose id fits nothing.
    await changeEntry(ledger, contributorId ?? context.newId(), idStart, wish);
  });
}

function contributorOf({ database, tenantId, masterKey }: Ledger, account: Account): Promise<string | undefined> {
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) =>
    findContributor(trx, tenantId, await openTenantSecrets(trx, tenantId, masterKey), account),
  );
}

function asJson({ week, entries }: MyWeek): string {
  const rows = entries.map(({ entryId, entry, itemKey, isClosed, isOwn }) => ({
    entry: entryId,
    item: itemKey,
    date: dayText(entry.date),
    minutes: entry.minutes,
    activity: entry.activity,
    isClosed,
    canChange: canChangeHere({ entry, isOwn }),
  }));
  return `${JSON.stringify({ week: weekText(week), entries: rows }, null, 2)}\n`;
}

function inWords({ week, entries }: MyWeek): string {
  if (entries.length === 0)
    return `Nothing is logged in ${weekText(week)}. Log time with: stageledger log <item> <duration>\n`;
  const table = new Table({
    head: ["day", "item", "time", "activity", "entry"],
    style: { head: [], border: [], compact: true },
    chars: {
      top: "",
      "top-mid": "",
      "top-left": "",
      "top-right": "",
      bottom: "",
      "bottom-mid": "",
      "bottom-left": "",
      "bottom-right": "",
      left: "",
      "left-mid": "",
      mid: "",
      "mid-mid": "",
      right: "",
      "right-mid": "",
      middle: "",
    },
    colAligns: ["left", "left", "right", "left", "left"],
  });
  for (const { entryId, entry, itemKey } of entries)
    table.push([dayText(entry.date), itemKey, durationText(entry.minutes), entry.activity, shortId(entryId)]);
  const sum = entries.reduce((minutes, { entry }) => minutes + entry.minutes, 0);
  return `${weekText(week)}: ${durationText(sum)}\n\n${table.toString()}\n\n${noteOn(entries).join("\n")}\n`;
}

function noteOn(entries: readonly MyEntry[]): readonly string[] {
  const elsewhere = "What colleagues can read in Jira or Asana is changed there.";
  if (!entries.some(canChangeHere)) return [elsewhere];
  const note = entries.some(({ isClosed }) => isClosed)
    ? "This week is closed: a change counts as a late correction."
    : "You can change or delete these until the week closes.";
  return entries.every(canChangeHere) ? [note] : [note, elsewhere];
}
