/** `stageledger connect jira` and `disconnect jira`: which ledger a Jira site with our app belongs to, and what is read of it. */
import { StageledgerError } from "@stageledger/core";
import { Command, InvalidArgumentError, Option } from "commander";
import { addLedgerOptions, type LedgerOptions, withKnownLedger, withLedger } from "../access/with-ledger.ts";
import { type ConnectedSite, connectSite } from "../jira-sync/connect/connect-site.ts";
import { disconnectSite } from "../jira-sync/connect/disconnect-site.ts";
import type { CliContext } from "./cli-context.ts";

interface InstallationOptions extends LedgerOptions {
  readonly installation: string;
}

interface ConnectOptions extends InstallationOptions {
  readonly project?: ReadonlyMap<string, string | null>;
  readonly allProjects?: boolean;
  readonly worklogs?: "on" | "off";
}

const MOST_CHARACTERS = 500;

const MORE = `
The id is that of the app's installation at the Jira site, as \`forge install list\`
shows it. Whoever opens the panel there logs into this ledger, so only who runs the
server can say so. The server itself needs FORGE_APP_ID.

Reading begins when the app has brought its token, which it does each hour and with
what changes. A site that is new is read whole, unless --project names what to read.
Running it again with --project adds projects, and takes in no new ones by itself;
without, what is read stays as it was.

Examples:
  stageledger connect jira --installation ari:cloud:ecosystem::installation/…
  stageledger connect jira --installation … --project PAY --project SHOP=PAY
`;

export function connectJiraCommand(context: CliContext): Command {
  return installationCommand("Let people log from a Jira site, and read what moves there.")
    .option("--project <key>", "a project to read; SHOP=PAY counts it as PAY", projects)
    .option("--all-projects", "read every project, also new ones (a new site: unless --project)")
    .addOption(
      new Option("--worklogs <switch>", "whether Jira's own worklogs count (a new site: off)").choices(["on", "off"]),
    )
    .addHelpText("after", MORE)
    .action(async (options: ConnectOptions) => {
      const { installation, project = new Map<string, null>(), allProjects, worklogs } = options;
      const connected = await withLedger(context, options, ({ database, tenantId, masterKey }) =>
        connectSite({ ...context, database, masterKey }, tenantId, {
          installationId: installation,
          nameByKey: Object.fromEntries(project),
          takesAll: allProjects,
          takesWorklogs: worklogs === undefined ? undefined : worklogs === "on",
        }),
      );
      context.stdout.write(connectedInWords(connected, [...project.keys()]));
    });
}

function connectedInWords({ isNew, takesAll, tookAll, takesWorklogs }: ConnectedSite, keys: readonly string[]): string {
  const lines = [
    "Connected: people of this Jira site log into this ledger.",
    ...(keys.length === 0 ? [] : [`${keys.join(", ")} will be read as soon as the app has brought its token.`]),
    takesAll
      ? "Every project that the app may browse is read, also new ones."
      : isNew || keys.length > 0
        ? "No other project is taken in by itself."
        : "The same projects are read as before.",
    ...(tookAll && !takesAll ? ["New ones were until now: --all-projects takes them in again."] : []),
    takesWorklogs
      ? "Worklogs that people make in Jira itself count."
      : "Worklogs that people make in Jira itself do not count.",
  ];
  return `${lines.join("\n")}\n`;
}

export function disconnectJiraCommand(context: CliContext): Command {
  return installationCommand("Take a Jira site no longer. What it brought stays.").action(
    async (options: InstallationOptions) => {
      const wasBound = await withKnownLedger(context, options, ({ database, tenantId }) =>
        disconnectSite(database, tenantId, options.installation),
      );
      if (wasBound !== true) {
        throw new StageledgerError("INSTALLATION_UNKNOWN", "This installation is not connected to this ledger.", {
          next: "See what is connected: stageledger connections",
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

const PROJECT = /^(?<key>[A-Z][A-Z0-9_]{0,254})(?:=(?<name>\S.{0,199}))?$/u;

function projects(
  word: string,
  before: ReadonlyMap<string, string | null> = new Map(),
): ReadonlyMap<string, string | null> {
  const { key, name = null } = PROJECT.exec(word)?.groups ?? {};
  if (key === undefined) throw new InvalidArgumentError("It is a project's key in Jira, such as PAY or SHOP=PAY.");
  return new Map([...before, [key, name]]);
}
