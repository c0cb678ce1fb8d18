/** `stageledger invite`: a code for one person who signs in to the page, printed once. */
import { addInvite, inTransaction, MEMBER_ROLES, type MemberRole } from "@stageledger/db";
import { Command, InvalidArgumentError, Option } from "commander";
import { addLedgerOptions, type LedgerOptions, withLedger } from "../../access/with-ledger.ts";
import type { CliContext } from "../../main/cli-context.ts";

interface InviteOptions extends LedgerOptions {
  readonly role: MemberRole;
  readonly days: number;
}

const DEFAULT_DAYS = 7;
const MOST_DAYS = 30;
const DAY_MILLISECONDS = 86_400_000;

const MORE = `
Pass it on to that person only: whoever brings the code first becomes a member,
with the role that is printed. Begin with an admin: --role admin

While the server runs on embedded data, nobody else can open them: make the
codes before it starts, or use PostgreSQL.
`;

export function inviteCommand(context: CliContext): Command {
  const command = new Command("invite")
    .description("Make a code by which one person joins who signs in to the page.")
    .addOption(new Option("--role <role>", "what that person becomes").choices(MEMBER_ROLES).default("member"))
    .option("--days <number>", `how long it is good for, at most ${MOST_DAYS}`, daysOption, DEFAULT_DAYS);
  return addLedgerOptions(command)
    .addHelpText("after", MORE)
    .action(async (options: InviteOptions) => {
      const { role, days } = options;
      const wanted = { role, lifeMilliseconds: days * DAY_MILLISECONDS };
      const { code, expiresAt } = await withLedger(context, options, ({ database, tenantId }) =>
        inTransaction(database, { role: "recorder", tenantId }, (trx) =>
          addInvite(trx, tenantId, wanted, context.random, context.now()),
        ),
      );
      context.stdout.write(`${code}\n${linkLine(context, code)}`);
      context.stderr.write(`Good for one ${role}, until ${new Date(expiresAt).toISOString().slice(0, 16)}Z.\n`);
    });
}

function linkLine({ env }: CliContext, code: string): string {
  const publicUrl = env.PUBLIC_URL?.trim().replace(/\/+$/u, "") ?? "";
  return publicUrl === "" ? "" : `${publicUrl}/join?${new URLSearchParams({ code })}\n`;
}

function daysOption(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new InvalidArgumentError(`It is a number from 1 to ${MOST_DAYS}.`);
}
