/** Who calls, from the token alone: nothing that a request says takes part. */
import type { IncomingMessage } from "node:http";
import { StageledgerError } from "@stageledger/core";
import type { Account, CallProof } from "@stageledger/db";
import type { ForgeContext } from "./forge-context.ts";
import type { KnownInstallations } from "./known-installations.ts";
import { isOfOtherSite, otherSite } from "./site-of-call.ts";
import type { ProvedToken } from "./token.ts";

/** A person who calls, by whichever door. Lives at the edge only. */
export interface Caller {
  readonly tenantId: string;
  readonly account: Account;
  readonly proof: CallProof;
  /** Projects of whose items, by the entry or by now, this caller is not shown the keys; none in Jira, which shows its people what it wants to. */
  readonly keysHiddenIn: ReadonlySet<string>;
}

/** Somebody in Jira. */
export interface CallerInJira extends Caller {
  readonly apiBaseUrl: string | undefined;
}

/** The app itself at a site, on nobody's behalf. */
export interface ServiceCaller extends ProvedToken {
  /** Undefined where nobody has connected the site. */
  readonly tenantId: string | undefined;
  /** The ledger's issues came from another site: nothing of this one is taken. */
  readonly isOfOtherSite: boolean;
}

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/u;

/** What a page of Jira shows; triggers, schedules and functions have other kinds. */
const UI_MODULE = "jira:";

/** Accounts of Jira's people, wherever we hear of them: a worklog's author and who opens the panel are the same person. */
export const JIRA_ACCOUNT = "jira";

/** @throws StageledgerError TOKEN_REFUSED, TOKEN_KEYS_UNREACHABLE, TOKEN_WITHOUT_PERSON, INSTALLATION_UNKNOWN, CONNECTION_OTHER_SITE */
export async function proveCaller(
  context: Pick<ForgeContext, "readToken">,
  installations: KnownInstallations,
  request: IncomingMessage,
): Promise<CallerInJira> {
  const proved = await proveToken(context, request);
  const { accountId, installationId, tokenId, expiresAt, apiBaseUrl } = proved;
  if (accountId === undefined) {
    throw new StageledgerError("TOKEN_WITHOUT_PERSON", "This call names nobody on whose behalf it is made.", {
      next: "Log in to Jira, and open the panel there.",
    });
  }
  const bound = await installations.find(installationId);
  if (bound === undefined) throw installationUnknown();
  if (isOfOtherSite(bound.knownSite, proved)) throw otherSite();
  return {
    tenantId: bound.tenantId,
    account: { source: JIRA_ACCOUNT, account: accountId },
    proof: { kind: "installation", installationId, tokenId, expiresAt },
    keysHiddenIn: new Set(),
    apiBaseUrl,
  };
}

/**
 * A token that names a person does not do: what the app tells of a site is not for everybody to tell who works there. Nor does one
 * that was made for a part of Jira's pages: whether that of somebody who is not logged in names anybody is not established.
 *
 * @throws StageledgerError TOKEN_REFUSED, TOKEN_KEYS_UNREACHABLE, TOKEN_OF_PERSON
 */
export async function proveService(
  context: Pick<ForgeContext, "readToken">,
  installations: KnownInstallations,
  request: IncomingMessage,
): Promise<ServiceCaller> {
  const proved = await proveToken(context, request);
  if (proved.accountId !== undefined) throw tokenOfPerson("This call is the app's own: no person makes it.");
  if (proved.moduleType?.startsWith(UI_MODULE) === true) {
    throw tokenOfPerson("This call is the app's own: nothing that people open in Jira makes it.");
  }
  const bound = await installations.find(proved.installationId);
  return { ...proved, tenantId: bound?.tenantId, isOfOtherSite: isOfOtherSite(bound?.knownSite, proved) };
}

function proveToken(
  { readToken }: Pick<ForgeContext, "readToken">,
  { headers }: IncomingMessage,
): Promise<ProvedToken> {
  const [, token] = BEARER.exec(headers.authorization ?? "") ?? [];
  // Goes the way of every token that is none, and comes back refused.
  return readToken(token ?? "");
}

function tokenOfPerson(what: string): StageledgerError {
  return new StageledgerError("TOKEN_OF_PERSON", what, {
    next: "Call it from a trigger, a schedule or a queue of the app, not from a page.",
  });
}

export function installationUnknown(): StageledgerError {
  return new StageledgerError("INSTALLATION_UNKNOWN", "This Jira site is not connected to a ledger yet.", {
    next: "An admin connects it: stageledger connect jira --installation <id>",
  });
}
