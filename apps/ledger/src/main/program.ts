/** The commands of the `stageledger` command line. */
import { Command } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { analyseCommand } from "../analyse/analyse-command.ts";
import { HELP_TOPICS } from "../analyse/help-topics.ts";
import type { CliContext } from "./cli-context.ts";

export function createProgram(context: CliContext): Command {
  const program = new Command("stageledger")
    .description("Which stage holds the work up, by project and stage, never by person.")
    .version(manifest.version, "-V, --version");
  program.addCommand(analyseCommand(context));
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

/** Text of `… --help <topic>`; undefined when no known topic is asked for. */
export function helpTopicIn(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((word) => word === "--help" || word === "-h");
  const topic = at === -1 ? undefined : argv[at + 1];
  return topic !== undefined && Object.hasOwn(HELP_TOPICS, topic) ? HELP_TOPICS[topic] : undefined;
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)]);
}
