/** `stageledger inbox`: bells that could not be answered, and are parked for somebody to look at. */
import { StageledgerError } from "@stageledger/core";
import { counted } from "@stageledger/core/contract/figure-text";
import { inTransaction, listConnections, listParkedBells, type ParkedBell, retryParkedBells } from "@stageledger/db";
import { Command } from "commander";
import { addLedgerOptions, type LedgerOptions, withKnownLedger } from "../access/with-ledger.ts";
import { harmless } from "../analyse/output/harmless.ts";
import { shortId } from "../log-time/short-id.ts";
import type { CliContext } from "./cli-context.ts";

interface InboxOptions extends LedgerOptions {
  readonly json?: boolean;
  readonly all?: boolean;
}

/** A bell, and the workspace or site whose it is. */
type Listed = ParkedBell & { readonly workspace: string | undefined; readonly source: string };

const MORE = `
A bell says that something changed. What it is about is read from the source; a
bell is parked when that failed five times for a reason that does not pass by
itself, when what came could not be understood, or when it is a worklog that no
entry can be like, such as one of over 24 hours. Nobody is named in it.
`;

export function inboxCommand(context: CliContext): Command {
  const command = new Command("inbox").description("Bells that could not be answered.").addHelpText("after", MORE);
  command.addCommand(listCommand(context));
  command.addCommand(showCommand(context));
  command.addCommand(retryCommand(context));
  return command;
}

const SPLIT = "Worklogs of over 24 hours are no time entries: split them in Jira.\n";

function listCommand(context: CliContext): Command {
  const command = new Command("list")
    .description("The parked bells, the oldest first.")
    .option("--json", "print them as JSON");
  return addLedgerOptions(command).action(async (options: InboxOptions) => {
    const bells = await loadBells(context, options);
    if (options.json === true) {
      context.stdout.write(`${JSON.stringify({ bells: bells.map(asJson) }, null, 2)}\n`);
      return;
    }
    const lines = bells.map(
      (bell) =>
        `${shortId(bell.bellId)}  ${ageText(bell, context)}  ${whatOf(bell).padEnd(27)} ${bell.errorCode}${isImpossible(bell) ? "" : `, ${counted(bell.attempts, "try", "tries")}`}`,
    );
    context.stdout.write(
      lines.length === 0
        ? "No bell is parked.\n"
        : harmless(
            `${lines.join("\n")}\n\n${bells.some(isImpossible) ? SPLIT : ""}More of one: stageledger inbox show <id>. Again: stageledger inbox retry --all\n`,
          ),
    );
  });
}

function showCommand(context: CliContext): Command {
  const command = new Command("show")
    .description("All that is kept of one: ids and kinds, never a text.")
    .argument("<bell>", "its id, or how it begins")
    .option("--json", "print it as JSON");
  return addLedgerOptions(command).action(async (idStart: string, options: InboxOptions) => {
    const found = (await loadBells(context, options)).filter(({ bellId }) => bellId.startsWith(idStart.toLowerCase()));
    const [bell, ...others] = found;
    if (bell === undefined) throw unknownBell();
    if (others.length > 0) throw ambiguousBell(found.length);
    context.stdout.write(
      options.json === true ? `${JSON.stringify(asJson(bell), null, 2)}\n` : harmless(inWords(bell, context)),
    );
  });
}

function retryCommand(context: CliContext): Command {
  const command = new Command("retry")
    .description("Let parked bells ring again.")
    .argument("[bell]", "its id, or how it begins")
    .option("--all", "all of them");
  return addLedgerOptions(command).action(async (idStart: string | undefined, options: InboxOptions) => {
    if ((idStart === undefined || idStart === "") === (options.all !== true)) {
      throw new StageledgerError("SETTING_INVALID", "Say which bell rings again, or --all.", {
        next: "See them with: stageledger inbox list",
      });
    }
    const rung =
      (await withKnownLedger(context, options, ({ database, tenantId }) =>
        inTransaction(database, { role: "recorder", tenantId }, (trx) =>
          retryParkedBells(trx, tenantId, (idStart ?? "").toLowerCase(), context.now()),
        ),
      )) ?? 0;
    if (rung === 0 && idStart !== undefined) throw unknownBell();
    context.stdout.write(
      rung === 0
        ? "No bell is parked.\n"
        : `${rung === 1 ? "1 bell rings" : `${rung} bells ring`} again. A running server answers within a minute; without one:
stageledger connections sync
`,
    );
  });
}

async function loadBells(context: CliContext, options: LedgerOptions): Promise<readonly Listed[]> {
  const loaded = await withKnownLedger(context, options, ({ database, tenantId }) =>
    inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      const connections = new Map((await listConnections(trx, tenantId)).map((one) => [one.connectionId, one]));
      const bells = await listParkedBells(trx, tenantId);
      return bells.map((bell) => {
        const { kind, workspace } = connections.get(bell.connectionId) ?? {};
        return { ...bell, workspace, source: kind === "jira" ? "Jira" : "Asana" };
      });
    }),
  );
  return loaded ?? [];
}

function whatOf({ fields }: Listed): string {
  const { what, gid, action } = fields;
  return [what, gid, action].filter((field) => field !== undefined).join(" ") || "unreadable";
}

function inWords(bell: Listed, context: CliContext): string {
  const { bellId, workspace, source, errorCode, attempts, receivedAt, fields } = bell;
  const rows: readonly (readonly [string, string])[] = [
    ["bell", bellId],
    ["connection", workspace === undefined ? bell.connectionId : `${source} ${workspace}`],
    ["came", `${new Date(receivedAt).toISOString()}, ${ageText(bell, context).trim()} ago`],
    ...(isImpossible(bell) ? [] : [["tried", counted(attempts, "time")] as const]),
    [isImpossible(bell) ? "cannot be" : "failed with", `${errorCode} (docs/errors.md says more)`],
    ...Object.entries(fields).map(([name, value]): [string, string] => [name, valueText(name, value)]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return `${rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n")}

${isImpossible(bell) ? howToSettle(bell) : `Again: stageledger inbox retry ${shortId(bellId)}`}
`;
}

/** A worklog that no entry can be like: it was read well, and has to be put right where it is. */
function isImpossible({ errorCode }: Listed): boolean {
  return errorCode.startsWith("ENTRY_");
}

function howToSettle({ errorCode, fields }: Listed): string {
  const what =
    errorCode === "ENTRY_MINUTES_OUT_OF_RANGE"
      ? "An entry has at most 24 hours: split it in Jira into worklogs of a day each."
      : "Put it right in Jira.";
  return `${what}
The search \`id = ${fields.issue ?? ""}\` finds its issue there. It leaves the inbox by itself then.`;
}

/** The instant at which the source says that it happened is kept as a number. */
function valueText(name: string, value: string | number): string {
  return name === "at" && typeof value === "number" ? new Date(value).toISOString() : String(value);
}

function asJson({ bellId, connectionId, workspace, errorCode, attempts, receivedAt, fields }: Listed) {
  return {
    bell: bellId,
    connection: connectionId,
    workspace: workspace ?? null,
    receivedAt: new Date(receivedAt).toISOString(),
    attempts,
    errorCode,
    fields,
  };
}

const MINUTE = 60_000;

/** Four characters: `12m`, `5h`, `3d`. */
function ageText({ receivedAt }: Listed, { now }: CliContext): string {
  const minutes = Math.max(0, Math.floor((now() - receivedAt) / MINUTE));
  const text =
    minutes < 60 ? `${minutes}m` : minutes < 2880 ? `${Math.floor(minutes / 60)}h` : `${Math.floor(minutes / 1440)}d`;
  return text.padStart(4);
}

function unknownBell(): StageledgerError {
  return new StageledgerError("BELL_UNKNOWN", "No parked bell has that id.", {
    next: "See them with: stageledger inbox list",
  });
}

function ambiguousBell(count: number): StageledgerError {
  return new StageledgerError("BELL_UNKNOWN", `${count} parked bells have an id that begins so.`, {
    next: "Give more of it.",
  });
}
