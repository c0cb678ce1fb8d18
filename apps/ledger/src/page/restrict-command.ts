/** `stageledger restrict`: of one project, no item is named outside Jira any more. */
import { StageledgerError } from "@stageledger/core";
import { inTransaction, listLedgerProjects, setProjectRestricted } from "@stageledger/db";
import { Command } from "commander";
import { addLedgerOptions, type LedgerOptions, withKnownLedger } from "../access/with-ledger.ts";
import type { CliContext } from "../main/cli-context.ts";

interface RestrictOptions extends LedgerOptions {
  readonly off?: boolean;
}

const MORE = `
Members see the project's numbers as before, without any item's key: on the
page, in its files, and in My time there. Inside Jira, keys are shown to whom
Jira shows them. Nothing is restricted by itself: the ledger does not know who
may see a project in its source.

While the server runs on embedded data, nobody else can open them: restrict
before it starts, or use PostgreSQL.
`;

export function restrictCommand(context: CliContext): Command {
  const command = new Command("restrict")
    .description("Name no item of a project on the report page.")
    .argument("<project>", "its name, as the report has it")
    .option("--off", "name them again");
  return addLedgerOptions(command)
    .addHelpText("after", MORE)
    .action(async (project: string, options: RestrictOptions) => {
      const isRestricted = options.off !== true;
      const isDone = await withKnownLedger(context, options, ({ database, tenantId }) =>
        inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
          const known = await listLedgerProjects(trx, tenantId);
          if (!known.some((one) => one.project === project)) return false;
          await setProjectRestricted(trx, tenantId, project, isRestricted);
          return true;
        }),
      );
      if (isDone !== true) throw unknown();
      context.stdout.write(
        isRestricted
          ? `${project} is restricted: the page names no item of it.\n`
          : `${project} is not restricted: the page names its items.\n`,
      );
    });
}

function unknown(): StageledgerError {
  return new StageledgerError("PROJECT_UNKNOWN", "The ledger has no project of that name.", {
    next: "Write it as `stageledger report` does, capitals and all.",
  });
}
