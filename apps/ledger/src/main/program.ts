/** The commands of the `stageledger` command line. */
import { Command, CommanderError } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { migrateCommand } from "../access/migrate-command.ts";
import { analyseCommand } from "../analyse/analyse-command.ts";
import { HELP_TOPICS } from "../analyse/help-topics.ts";
import { doctorCommand } from "../doctor/doctor-command.ts";
import { eraseCommand } from "../erase/erase-command.ts";
import { exportCommand } from "../export/export-command.ts";
import { openApiCommand } from "../forge/open-api-command.ts";
import { importCommand } from "../import/import-command.ts";
import { logCommand } from "../log-time/log-command.ts";
import { meCommand } from "../log-time/me-command.ts";
import { releaseCommand } from "../release/release-command.ts";
import { reportCommand } from "../report/report-command.ts";
import { verifyCommand } from "../verify/verify-command.ts";
import { type CliContext, EXIT } from "./cli-context.ts";
import { connectCommand } from "./connect-command.ts";
import { connectionChecks } from "./connection-checks.ts";
import { connectionsCommand } from "./connections-command.ts";
import { disconnectCommand } from "./disconnect-command.ts";
import { inboxCommand } from "./inbox-command.ts";
import { startCommand } from "./start-command.ts";

export function createProgram(context: CliContext): Command {
  const program = new Command("stageledger")
    .description("Which stage holds the work up, by project and stage, never by person.")
    .version(manifest.version, "-V, --version")
    // An option belongs to the command that it follows: analyse and analyse jira both have --format.
    .enablePositionalOptions();
  program.addCommand(analyseCommand(context));
  program.addCommand(importCommand(context));
  program.addCommand(connectCommand(context));
  program.addCommand(connectionsCommand(context));
  program.addCommand(disconnectCommand(context));
  program.addCommand(inboxCommand(context));
  program.addCommand(logCommand(context));
  program.addCommand(meCommand(context));
  program.addCommand(reportCommand(context));
  program.addCommand(releaseCommand(context));
  program.addCommand(exportCommand(context));
  program.addCommand(eraseCommand(context));
  program.addCommand(verifyCommand(context));
  program.addCommand(doctorCommand(context, connectionChecks(context)));
  program.addCommand(migrateCommand(context));
  program.addCommand(startCommand(context));
  program.addCommand(openApiCommand(context));
  // Sub-commands are built on their own, so each is told how to print and not to exit.
  for (const command of [program, ...descendants(program)]) {
    command
      .exitOverride()
      .showHelpAfterError("(stageledger --help shows what there is)")
      .configureOutput({
        writeOut: (text) => context.stdout.write(text),
        writeErr: (text) => context.stderr.write(text),
      });
  }
  return program;
}

/** Text of `analyse --help <topic>`; undefined when no topic is asked for. @throws CommanderError for a topic that there is not */
export function helpTopicIn(argv: readonly string[], { stderr }: CliContext): string | undefined {
  const at = argv.findIndex((word) => word === "--help" || word === "-h");
  const topic = at === -1 ? undefined : argv[at + 1];
  if (topic === undefined || argv[0] !== "analyse" || topic === "jira" || topic.startsWith("-")) return undefined;
  const text = Object.hasOwn(HELP_TOPICS, topic) ? HELP_TOPICS[topic] : undefined;
  if (text !== undefined) return text;
  stderr.write(`error: there is no help on "${topic}"; topics: ${Object.keys(HELP_TOPICS).join(", ")}\n`);
  throw new CommanderError(EXIT.usage, "stageledger.unknownTopic", "unknown help topic");
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)]);
}
