/** `stageledger release`: closes the weeks that have settled and publishes what may be shown of them. */
import { previewRelease, release, retain } from "@stageledger/db";
import { Command } from "commander";
import { instantOption } from "../access/instant-option.ts";
import { addLedgerOptions, type LedgerOptions, withLedger } from "../access/with-ledger.ts";
import type { CliContext } from "../main/cli-context.ts";
import { releaseWords, retentionWords } from "./release-words.ts";

interface ReleaseOptions extends LedgerOptions {
  readonly preview?: boolean;
  readonly asOf?: number;
}

export function releaseCommand(context: CliContext): Command {
  const command = new Command("release")
    .description("Close the weeks that have settled, and publish what may be shown of them.")
    .option("--preview", "only say what would be published (of a demo)")
    .option("--as-of <when>", "for --preview: as of a day or instant", instantOption);
  return addLedgerOptions(command).action(async (options: ReleaseOptions) => {
    const now = context.now();
    if (options.preview === true) {
      const outcome = await withLedger(context, options, ({ database, tenantId, masterKey }) =>
        previewRelease(database, tenantId, masterKey, options.asOf ?? now),
      );
      context.stdout.write(`A preview; nothing was published.\n${releaseWords(outcome)}`);
      return;
    }
    const { outcome, retained } = await withLedger(context, options, async ({ database, tenantId, masterKey }) => ({
      outcome: await release(database, tenantId, masterKey, now),
      retained: await retain(database, tenantId, now),
    }));
    context.stdout.write(`${releaseWords(outcome)}${retentionWords(retained)}`);
  });
}
