/** `stageledger connect`: the options of the command line. */
import { Command, InvalidArgumentError } from "commander";
import { addLedgerOptions } from "../access/with-ledger.ts";
import type { CliContext } from "./cli-context.ts";
import { type ConnectOptions, connectAsana } from "./connect-asana.ts";
import { connectJiraCommand } from "./jira-installations.ts";
import { stoppable } from "./stoppable.ts";

const DEFAULT_REDIRECT_PORT = 8417;

const MORE = `
The token comes from ASANA_TOKEN, never from an option. Make one in Asana: My
settings, Apps, View developer console, Personal access tokens. Or use --oauth,
with the app's ASANA_CLIENT_ID and ASANA_CLIENT_SECRET.

On a terminal it asks which projects to read and shows the stages that it would
make of their sections. Elsewhere say --project or --all, and --yes. Running it
again for the same workspace changes the connection: projects are added, and a
new token or new stages replace the old ones.

Examples:
  stageledger connect asana
  stageledger connect asana --project Checkout=PAY --project "Checkout iOS=PAY"
  stageledger connect asana --all --stages-out stages.yaml
  stageledger connect asana --all --stages stages.yaml
`;

export function connectCommand(context: CliContext): Command {
  const command = new Command("connect").description("Connect a tool that people work in to the ledger.");
  const asana = new Command("asana")
    .description("Choose projects of an Asana workspace, map their sections, read them.")
    .option("--workspace <name>", "which workspace, by name or number")
    .option("--project <name>", "a project to read; <name>=PAY counts it as PAY", several)
    .option("--all", "read every project that is not archived")
    .option("--as-project <name>", "what the projects named here count as")
    .option("--leave-out <project>", "read it no more; what it brought stays", several)
    .option("--stage-field <field>", "stages are this field's options, not sections")
    .option("--no-stage-field", "stages are the sections")
    .option("--stages-out <file>", "write the proposed stages there, and stop")
    .option("--stages <file>", "take the stages from this file")
    .option("--oauth", "let Asana ask you, instead of ASANA_TOKEN")
    .option("--redirect-port <port>", "where the answer to --oauth arrives", portOption, DEFAULT_REDIRECT_PORT)
    .option("--yes", "take what is proposed without asking");
  command.addCommand(
    addLedgerOptions(asana)
      .addHelpText("after", MORE)
      .action((options: ConnectOptions) =>
        stoppable(context, STOPPED, (signal) => connectAsana(context, options, signal)),
      ),
  );
  command.addCommand(connectJiraCommand(context));
  return command;
}

const STOPPED = `Stopped. What was recorded stays. Run the same command again to go on, or start
the server: npm start`;

function several(word: string, words: readonly string[] = []): readonly string[] {
  return [...words, word];
}

function portOption(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError("It is a number from 1 to 65535.");
}
