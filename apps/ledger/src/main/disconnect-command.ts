/** `stageledger disconnect`: ends a connection. What it brought stays in the ledger. */
import type { Disconnected } from "@stageledger/asana-sync";
import { StageledgerError } from "@stageledger/core";
import { counted } from "@stageledger/core/contract/figure-text";
import { Command } from "commander";
import { addLedgerOptions, type LedgerOptions } from "../access/with-ledger.ts";
import { harmless } from "../analyse/output/harmless.ts";
import { agrees, canAsk } from "./ask.ts";
import type { CliContext } from "./cli-context.ts";
import { disconnectJiraCommand } from "./jira-installations.ts";
import { stoppable } from "./stoppable.ts";
import { withKnownSync } from "./with-sync.ts";

interface DisconnectOptions extends LedgerOptions {
  readonly workspace?: string;
  readonly yes?: boolean;
}

const MORE = `
Removes the webhooks at Asana, the credentials, and all that waits to be read.
What was recorded stays: it is the organisation's history, and entries leave it
by retention, or when the person whose they are erases them (stageledger erase).
The token itself stays good until you take it back in Asana: My settings, Apps.
`;

export function disconnectCommand(context: CliContext): Command {
  const command = new Command("disconnect").description("End a connection. What it brought stays in the ledger.");
  const asana = new Command("asana")
    .description("Forget an Asana workspace: its webhooks, credentials and cursors.")
    .option("--workspace <workspace>", "which one, by its number; not needed for one")
    .option("--yes", "do it without asking");
  command.addCommand(
    addLedgerOptions(asana)
      .addHelpText("after", MORE)
      .action((options: DisconnectOptions) =>
        stoppable(context, "Stopped. The connection may still be there.", (signal) =>
          disconnect(context, options, signal),
        ),
      ),
  );
  command.addCommand(disconnectJiraCommand(context));
  return command;
}

async function disconnect(context: CliContext, options: DisconnectOptions, signal: AbortSignal): Promise<void> {
  const { disconnectWorkspace, listKnownConnections, oneConnection } = await import("@stageledger/asana-sync");
  const wasThere = await withKnownSync(context, options, signal, async (sync) => {
    const known = await listKnownConnections(sync.context, sync.tenantId);
    const { connection, projects } = oneConnection(known, options.workspace);
    const names = [...new Set(projects.map(({ project }) => project))].join(", ");
    if (options.yes !== true) {
      const what = `Asana ${connection.workspace} (${names}) would be disconnected. What it brought stays.`;
      if (!canAsk(context)) {
        throw new StageledgerError("SETTING_INVALID", what, { next: "Add --yes to do it." });
      }
      context.stderr.write(harmless(`${what}\n`));
      if (!(await agrees(context, "Disconnect it?", false, signal))) {
        context.stdout.write("Nothing was changed.\n");
        return true;
      }
    }
    const done = await disconnectWorkspace(sync.context, sync.tenantId, connection.connectionId);
    context.stdout.write(harmless(inWords(connection.workspace, done)));
    return true;
  });
  if (wasThere === undefined) oneConnection([], options.workspace);
}

function inWords(workspace: string, { webhooksRemoved, webhooksLeft, problemCode }: Disconnected): string {
  const lines = [
    `Disconnected: Asana ${workspace}. Credentials, cursors and waiting bells are removed.`,
    ...(webhooksRemoved === 0 ? [] : [`${counted(webhooksRemoved, "webhook")} removed at Asana.`]),
    ...(webhooksLeft === 0
      ? []
      : [
          `${counted(webhooksLeft, "webhook")} could not be removed at Asana [${problemCode ?? "UNEXPECTED"}]. What they bring is refused`,
          "from now on, and Asana drops them within a day.",
        ]),
    "What was recorded stays. The token stays good until you take it back in Asana:",
    "My settings, Apps.",
  ];
  return `${lines.join("\n")}\n`;
}
