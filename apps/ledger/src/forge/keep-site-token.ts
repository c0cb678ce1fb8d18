/** The app's own token for a site, by which the site is asked what happened there. It lives for about an hour. */
import {
  holdConnectionTo,
  inTransaction,
  keepKnownSite,
  openCredentials,
  openTenantSecrets,
  replaceCredentials,
  type Site,
  setConnectionProblem,
  setDue,
} from "@stageledger/db";
import { z } from "zod";
import { jiraCredentialsJson } from "../jira-sync/jira/credentials.ts";
import type { ForgeContext } from "./forge-context.ts";
import { showOtherSite } from "./refuse-other-site.ts";
import { otherSite, siteOfCall } from "./site-of-call.ts";

export interface SiteToken {
  readonly tenantId: string;
  readonly installationId: string;
  /** As Forge proved it: where the token may be sent to. */
  readonly apiBaseUrl: string;
  readonly site: Site;
  readonly token: string;
}

/** Forge says that it is good for so long at least. */
const LIFE_MILLISECONDS = 55 * 60_000;
/** One that came along with another call replaces an older one. */
const FRESH_MILLISECONDS = 10 * 60_000;

/** Mended by a token. */
const WAITED_FOR_TOKEN = new Set(["JIRA_TOKEN_MISSING", "JIRA_UNAUTHORISED", "CONNECTION_OTHER_SITE"]);

const keptSchema = z.object({ expiresAt: z.number() });

/**
 * Keeps the token, sealed. A connection that waited for one is compared with the site at once. The site of the first token is the
 * ledger's from then on.
 *
 * @returns until when it is good, epoch milliseconds; undefined where there is no connection to the site
 * @throws StageledgerError CONNECTION_OTHER_SITE
 */
export function keepSiteToken(context: ForgeContext, token: SiteToken): Promise<number | undefined> {
  return keep(context, token, Number.POSITIVE_INFINITY);
}

/** The same, unless the one that is kept came in the last ten minutes. An address that no token may go to is passed over. */
export async function renewSiteToken(
  context: ForgeContext,
  installation: Pick<SiteToken, "tenantId" | "installationId">,
  apiBaseUrl: string | undefined,
  token: string | undefined,
): Promise<void> {
  const site = siteOfCall({ apiBaseUrl });
  if (token === undefined || apiBaseUrl === undefined || site === undefined) return;
  await keep(
    context,
    { ...installation, apiBaseUrl, site, token },
    context.now() + LIFE_MILLISECONDS - FRESH_MILLISECONDS,
  );
}

/** @param goodUntil a token that is good for longer stays */
async function keep(
  { database, masterKey, random, now, ring }: ForgeContext,
  { tenantId, installationId, apiBaseUrl, site, token }: SiteToken,
  goodUntil: number,
): Promise<number | undefined> {
  const at = now();
  const kept = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const connection = await holdConnectionTo(trx, tenantId, { kind: "jira", workspace: installationId });
    if (connection === undefined) return undefined;
    const { connectionId, problemCode } = connection;
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const before = expiryOf(await openCredentials(trx, tenantId, connectionId, secrets));
    if (before !== undefined && before > goodUntil) return { connectionId, expiresAt: before, hasWaited: false };
    if (!(await keepKnownSite(trx, tenantId, site))) {
      await showOtherSite(trx, tenantId, connectionId);
      return "other-site";
    }
    const expiresAt = at + LIFE_MILLISECONDS;
    const credentials = jiraCredentialsJson({ apiBaseUrl, token, expiresAt });
    await replaceCredentials(trx, tenantId, connectionId, credentials, secrets, random);
    const isMended = WAITED_FOR_TOKEN.has(problemCode ?? "");
    if (isMended) await setConnectionProblem(trx, tenantId, connectionId, undefined);
    const hasWaited = isMended || before === undefined || before <= at;
    if (hasWaited) await setDue(trx, { tenantId, connectionId, kind: "reconcile", dueAt: at });
    return { connectionId, expiresAt, hasWaited };
  });
  if (kept === "other-site") throw otherSite();
  if (kept?.hasWaited === true) ring({ kind: "reconcile", tenantId, connectionId: kept.connectionId });
  return kept?.expiresAt;
}

/** Undefined where none came yet. */
function expiryOf(credentials: string): number | undefined {
  return credentials === "" ? undefined : keptSchema.safeParse(JSON.parse(credentials)).data?.expiresAt;
}
