/** `stageledger erase`: a person takes everything of theirs out of the ledger. */

import { counted } from "@stageledger/core/contract/figure-text";
import { erasePerson } from "@stageledger/db";
import { Command } from "commander";
import { type AccountOptions, accountOf, addAccountOptions } from "../access/account-option.ts";
import { addLedgerOptions, type LedgerOptions, withLedger } from "../access/with-ledger.ts";
import type { CliContext } from "../main/cli-context.ts";

interface EraseOptions extends LedgerOptions, AccountOptions {
  readonly yes?: boolean;
}

const BEFORE = `This would erase every entry of the account, and cannot be undone. Published
numbers stay: nobody can be found in them. What a source still shows of the
account is not imported again. Add --yes to do it.
`;

export function eraseCommand(context: CliContext): Command {
  const command = addAccountOptions(
    new Command("erase").description("Take everything of one account out of the ledger."),
  ).option("--yes", "do it; without this nothing is changed");
  return addLedgerOptions(command).action(async (options: EraseOptions) => {
    if (options.yes !== true) {
      context.stdout.write(BEFORE);
      return;
    }
    const account = accountOf(options, context);
    const { entries } = await withLedger(context, options, ({ database, tenantId, masterKey }) =>
      erasePerson(database, tenantId, masterKey, account),
    );
    context.stdout.write(
      `Erased: ${counted(entries, "entry", "entries")} and all that led to the account. It will not be imported again.\n`,
    );
  });
}
