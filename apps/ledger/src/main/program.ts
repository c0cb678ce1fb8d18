/** The commands of the `stageledger` command line. */
import { Command, CommanderError } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { HELP_TOPICS } from "../analyse/help-topics.ts";
import { type CliContext, EXIT } from "./cli-context.ts";

type LoadCommand = (context: CliContext) => Promise<Command>;

/** In the order of `--help`. Loading all of them takes three times as long as most commands take: only the one named is. */
const COMMANDS: readonly (readonly [name: string, load: LoadCommand])[] = [
  ["analyse", async (context) => (await import("../analyse/analyse-command.ts")).analyseCommand(context)],
  ["import", async (context) => (await import("../import/import-command.ts")).importCommand(context)],
  ["connect", async (context) => (await import("./connect-command.ts")).connectCommand(context)],
  ["connections", async (context) => (await import("./connections-command.ts")).connectionsCommand(context)],
  ["disconnect", async (context) => (await import("./disconnect-command.ts")).disconnectCommand(context)],
  ["invite", async (context) => (await import("../page/sign-in/invite-command.ts")).inviteCommand(context)],
  ["restrict", async (context) => (await import("../page/restrict-command.ts")).restrictCommand(context)],
  ["inbox", async (context) => (await import("./inbox-command.ts")).inboxCommand(context)],
  ["log", async (context) => (await import("../log-time/log-command.ts")).logCommand(context)],
  ["me", async (context) => (await import("../log-time/me-command.ts")).meCommand(context)],
  ["report", async (context) => (await import("../report/report-command.ts")).reportCommand(context)],
  ["release", async (context) => (await import("../release/release-command.ts")).releaseCommand(context)],
  ["export", async (context) => (await import("../export/export-command.ts")).exportCommand(context)],
  ["erase", async (context) => (await import("../erase/erase-command.ts")).eraseCommand(context)],
  ["verify", async (context) => (await import("../verify/verify-command.ts")).verifyCommand(context)],
  ["doctor", loadDoctor],
  ["migrate", async (context) => (await import("../access/migrate-command.ts")).migrateCommand(context)],
  ["start", async (context) => (await import("./start-command.ts")).startCommand(context)],
  ["openapi", async (context) => (await import("../forge/open-api-command.ts")).openApiCommand(context)],
];

/** @param argv says which command is wanted; where it does not, all are there */
export async function createProgram(argv: readonly string[], context: CliContext): Promise<Command> {
  const program = new Command("stageledger")
    .description("Which stage holds the work up, by project and stage, never by person.")
    .version(manifest.version, "-V, --version")
    // An option belongs to the command that it follows: analyse and analyse jira both have --format.
    .enablePositionalOptions();
  for (const load of loadersFor(argv)) program.addCommand(await load(context));
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

async function loadDoctor(context: CliContext): Promise<Command> {
  const { connectionChecks } = await import("./connection-checks.ts");
  const { doctorCommand } = await import("../doctor/doctor-command.ts");
  return doctorCommand(context, connectionChecks(context));
}

function loadersFor([first]: readonly string[]): readonly LoadCommand[] {
  const named = COMMANDS.filter(([name]) => name === first);
  return (named.length > 0 ? named : COMMANDS).map(([, load]) => load);
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
