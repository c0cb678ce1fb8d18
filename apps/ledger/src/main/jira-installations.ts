/** `stageledger connect jira` and `disconnect jira`: which ledger the people of an installation of our Jira app log into. */
import { StageledgerError } from "@stageledger/core";
import { bindInstallation, unbindInstallation } from "@stageledger/db";
import { Command, InvalidArgumentError } from "commander";
import { addLedgerOptions, type LedgerOptions, withLedger } from "../access/with-ledger.ts";
import type { CliContext } from "./cli-context.ts";

interface InstallationOptions extends LedgerOptions {
  readonly installation: string;
}

const MOST_CHARACTERS = 500;

const MORE = `
The id is that of the app's installation at the Jira site, as \`forge install list\`
shows it. Whoever opens the panel there logs into this ledger, so only who runs the
server can say so. The server itself needs FORGE_APP_ID.

Example:
  stageledger connect jira --installation ari:cloud:ecosystem::installation/…
`;

export function connectJiraCommand(context: CliContext): Command {
  return installationCommand("Let people log from the panel of a Jira site.")
    .addHelpText("after", MORE)
    .action(async (options: InstallationOptions) => {
      await withLedger(context, options, ({ database, tenantId }) =>
        bindInstallation(database, tenantId, options.installation),
      );
      context.stdout.write("Connected: people of this Jira site log into this ledger.\n");
    });
}

export function disconnectJiraCommand(context: CliContext): Command {
  return installationCommand("Take the panel of a Jira site no longer. What it brought stays.").action(
    async (options: InstallationOptions) => {
      const wasBound = await withLedger(context, options, ({ database, tenantId }) =>
        unbindInstallation(database, tenantId, options.installation),
      );
      if (!wasBound) {
        throw new StageledgerError("INSTALLATION_UNKNOWN", "This installation is not connected to this ledger.", {
          next: "Check --installation and --tenant.",
        });
      }
      context.stdout.write("Disconnected. What was recorded stays.\n");
    },
  );
}

function installationCommand(description: string): Command {
  const command = new Command("jira")
    .description(description)
    .requiredOption("--installation <id>", "the id of our app's installation at the site", installationId);
  return addLedgerOptions(command);
}

function installationId(text: string): string {
  if (/^\S+$/u.test(text) && text.length <= MOST_CHARACTERS) return text;
  throw new InvalidArgumentError("It is one word, as Forge shows it.");
}
