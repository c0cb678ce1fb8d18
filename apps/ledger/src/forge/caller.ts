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

/** The app itself at a site, on nobody's behalf. */
export interface ServiceCaller extends ProvedToken {
  /** Undefined where nobody has connected the site. */
  readonly tenantId: string | undefined;
}

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/u;

/** Accounts of Jira's people, wherever we hear of them: a worklog's author and who opens the panel are the same person. */
export const JIRA_ACCOUNT = "jira";

/** @throws StageledgerError TOKEN_REFUSED, TOKEN_KEYS_UNREACHABLE, TOKEN_WITHOUT_PERSON, INSTALLATION_UNKNOWN */
export async function proveCaller(
  context: Pick<ForgeContext, "readToken">,
  installations: KnownInstallations,
  request: IncomingMessage,
): Promise<Caller> {
  const proved = await proveToken(context, request);
  const { accountId } = proved;
  if (accountId === undefined) {
    throw new StageledgerError("TOKEN_WITHOUT_PERSON", "This call names nobody on whose behalf it is made.");
  }
  const tenantId = await installations.findTenant(proved.installationId);
  if (tenantId === undefined) throw installationUnknown();
  return { ...proved, accountId, tenantId };
}

/**
 * A token that names a person does not do: what the app tells of a site is not for everybody to tell who works there.
 *
 * @throws StageledgerError TOKEN_REFUSED, TOKEN_KEYS_UNREACHABLE, TOKEN_OF_PERSON
 */
export async function proveService(
  context: Pick<ForgeContext, "readToken">,
  installations: KnownInstallations,
  request: IncomingMessage,
): Promise<ServiceCaller> {
  const proved = await proveToken(context, request);
  if (proved.accountId !== undefined) {
    throw new StageledgerError("TOKEN_OF_PERSON", "This call is the app's own: no person makes it.");
  }
  return { ...proved, tenantId: await installations.findTenant(proved.installationId) };
}

function proveToken(
  { readToken }: Pick<ForgeContext, "readToken">,
  { headers }: IncomingMessage,
): Promise<ProvedToken> {
  const [, token] = BEARER.exec(headers.authorization ?? "") ?? [];
  // Goes the way of every token that is none, and comes back refused.
  return readToken(token ?? "");
}

export function installationUnknown(): StageledgerError {
  return new StageledgerError("INSTALLATION_UNKNOWN", "This Jira site is not connected to a ledger yet.", {
    next: "An admin connects it: stageledger connect jira --installation <id>",
  });
}
