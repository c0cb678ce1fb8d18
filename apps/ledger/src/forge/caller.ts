/** Who calls, from the token alone: nothing that a request says takes part. */
import type { IncomingMessage } from "node:http";
import { StageledgerError } from "@stageledger/core";
import type { ForgeContext } from "./forge-context.ts";
import type { KnownInstallations } from "./known-installations.ts";
import type { ProvedToken } from "./token.ts";

/** Lives at the edge only. */
export interface Caller extends ProvedToken {
  readonly tenantId: string;
  readonly accountId: string;
}

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/u;

/** Accounts of Jira's people, wherever we hear of them: a worklog's author and who opens the panel are the same person. */
export const JIRA_ACCOUNT = "jira";

/** @throws StageledgerError TOKEN_REFUSED, TOKEN_KEYS_UNREACHABLE, TOKEN_WITHOUT_PERSON, INSTALLATION_UNKNOWN */
export async function proveCaller(
  { readToken }: Pick<ForgeContext, "readToken">,
  installations: KnownInstallations,
  { headers }: IncomingMessage,
): Promise<Caller> {
  const [, token] = BEARER.exec(headers.authorization ?? "") ?? [];
  // Goes the way of every token that is none, and comes back refused.
  const proved = await readToken(token ?? "");
  const { accountId } = proved;
  if (accountId === undefined) {
    throw new StageledgerError("TOKEN_WITHOUT_PERSON", "This call names nobody on whose behalf it is made.");
  }
  const tenantId = await installations.findTenant(proved.installationId);
  if (tenantId === undefined) {
    throw new StageledgerError("INSTALLATION_UNKNOWN", "This Jira site is not connected to a ledger yet.", {
      next: "An admin connects it: stageledger connect jira --installation <id>",
    });
  }
  return { ...proved, accountId, tenantId };
}
