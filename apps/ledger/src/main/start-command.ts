/** `stageledger start`: the options of the command line. */
import { Command, Option } from "commander";
import { addDataOption } from "../access/with-ledger.ts";
import type { CliContext } from "./cli-context.ts";
import type { StartOptions } from "./run-server.ts";

export function startCommand(context: CliContext): Command {
  const command = new Command("start")
    .description("Run the server: takes what Asana rings, and does the work behind it.")
    .addOption(
      new Option("--role <role>", "with DATABASE_URL and REDIS_URL both can run apart, several of each")
        .choices(["all", "door", "worker"])
        .default("all"),
    )
    .addHelpText("after", ENVIRONMENT);
  return addDataOption(command).action(async (options: StartOptions) => {
    // Loaded when it is needed: it takes twice as long to load as all other commands together.
    const { runServer } = await import("./run-server.ts");
    await runServer(context, options);
  });
}

const ENVIRONMENT = `
From the environment (.env.example explains each):
  DATABASE_URL, STAGELEDGER_MASTER_KEY, REDIS_URL, PUBLIC_URL, HOST, PORT,
  FORGE_APP_ID, FORGE_ENVIRONMENT,
  OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME
It logs JSON lines to standard output: events, ids and codes, never a name.
Stop it with Ctrl-C or SIGTERM: what is under way is ended first.
`;
