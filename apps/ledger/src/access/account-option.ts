/** `--as` and `--source`: whose entries a command is about. An account lives at the edge only. */
import { StageledgerError } from "@stageledger/core";
import type { Account } from "@stageledger/db";
import { type Command, Option } from "commander";
import { TIME_FILE } from "../import/time/import-time.ts";
import { personKey } from "../import/time/read-row.ts";
import { COMMAND_LINE } from "../log-time/log-entry.ts";
import type { CliContext } from "../main/cli-context.ts";

export interface AccountOptions {
  readonly as?: string;
  readonly source: string;
}

export function addAccountOptions(command: Command): Command {
  return command
    .option("--as <account>", "whose (default: your account on this machine)")
    .addOption(
      new Option("--source <kind>", "where the account is: this command line, Jira, Asana or a time file")
        .choices([COMMAND_LINE, "jira", "asana", TIME_FILE])
        .default(COMMAND_LINE),
    );
}

/** @throws StageledgerError PERSON_UNKNOWN: only of the command line is it known who sits there */
export function accountOf({ as, source }: AccountOptions, context: CliContext): Account {
  if (source === COMMAND_LINE) return { source, account: as ?? context.account() };
  if (as === undefined) {
    throw new StageledgerError("PERSON_UNKNOWN", "Nothing says whose entries are meant.", {
      next: "Name the account with --as: an account id of Jira or Asana, or the person as the time file has them.",
    });
  }
  return { source, account: source === TIME_FILE ? personKey(as) : as };
}
