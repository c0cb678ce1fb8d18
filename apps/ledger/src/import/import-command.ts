/** `stageledger import`: the options of the command line, and what is said afterwards. */

import { counted } from "@stageledger/core/contract/figure-text";
import { Command } from "commander";
import { addLedgerOptions, type LedgerOptions, withLedger } from "../access/with-ledger.ts";
import { harmless } from "../analyse/output/harmless.ts";
import { progressOn } from "../analyse/progress.ts";
import type { CliContext } from "../main/cli-context.ts";
import { type ImportOutcome, importJira } from "./jira/import-jira.ts";
import { listCommand, timeCommand, undoCommand } from "./time/time-command.ts";

interface JiraOptions extends LedgerOptions {
  readonly statuses?: string;
  readonly stages?: string;
  readonly worklogs?: boolean;
  readonly json?: boolean;
}

export function importCommand(context: CliContext): Command {
  const command = new Command("import").description(
    "Record exported work in the shared ledger. Importing twice records once.",
  );
  command.addCommand(jiraCommand(context));
  command.addCommand(timeCommand(context));
  command.addCommand(undoCommand(context));
  command.addCommand(listCommand(context));
  return command;
}

function jiraCommand(context: CliContext): Command {
  const command = new Command("jira")
    .description("Stage changes of Jira issues, and their worklogs if asked for.")
    .argument("[files...]", "exports as for `analyse jira`; - is standard input; none with --stages alone")
    .option("--statuses <file>", "the site's status list (GET /rest/api/3/status)")
    .option("--stages <file>", "your stages (stages.yaml); else each status is one")
    .option("--worklogs", "take the worklogs too; people become pseudonyms")
    .option("--json", "print the counts as JSON");
  return addLedgerOptions(command).action(async (files: string[], options: JiraOptions) => {
    if (files.length === 0 && options.stages === undefined) {
      command.error("error: no file was named. Name an export, or stages of your own with --stages <file>.");
    }
    const progress = progressOn(context.stderr, () => performance.now());
    const outcome = await withLedger(context, options, (ledger) =>
      importJira(
        ledger,
        { files, statuses: options.statuses, stages: options.stages, worklogs: options.worklogs === true },
        progress,
        context,
      ),
    );
    context.stdout.write(
      options.json === true ? `${JSON.stringify(outcome, null, 2)}\n` : harmless(inWords(outcome, files.length > 0)),
    );
  });
}

function inWords(outcome: ImportOutcome, hasFiles: boolean): string {
  const { stages } = outcome;
  const lines = [
    ...(hasFiles
      ? [
          `${counted(outcome.issues, "issue")} read: ${outcome.newItems} new, ${outcome.changedItems} changed, ${counted(outcome.newFacts, "new fact")}.`,
        ]
      : []),
    ...(outcome.worklogs === 0
      ? []
      : [`${counted(outcome.worklogs, "worklog")} read: ${counted(outcome.newEntries, "new entry", "new entries")}.`]),
    ...(outcome.leftOut === 0
      ? []
      : [`${counted(outcome.leftOut, "worklog")} left out: impossible, too old, or of someone erased.`]),
    ...(outcome.overfullDays === 0
      ? []
      : [`Recorded as Jira has them: ${counted(outcome.overfullDays, "day")} with more than 24 hours of one person.`]),
    ...(outcome.truncated === 0
      ? []
      : [
          `${counted(outcome.truncated, "issue")} showed only some of their worklogs; export all of them to have the rest.`,
        ]),
    ...(stages === null ? [] : [`The stages are those of the file, as version ${stages.version}.`]),
    ...(stages === null || stages.unknown.length === 0
      ? []
      : [`The stages file also names what the ledger does not have: ${stages.unknown.join(", ")}.`]),
  ];
  return `${lines.join("\n")}\n`;
}
