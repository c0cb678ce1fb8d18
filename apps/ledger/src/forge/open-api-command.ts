/** `stageledger openapi`: the panel's API, for whoever writes a client. */
import { Command } from "commander";
import type { CliContext } from "../main/cli-context.ts";
import { openApiDocument } from "./open-api.ts";

export function openApiCommand({ stdout }: CliContext): Command {
  return new Command("openapi")
    .description("Print the OpenAPI document of the panel's API in Jira.")
    .action(() => void stdout.write(`${JSON.stringify(openApiDocument(), null, 2)}\n`));
}
