/**
 * What changed at a site. An event is a bell: it is kept before it is acknowledged, and what it is about is read from Jira later.
 * Only ids are kept of it. It may come again, and rings again then; but a token says once only that somebody's account is gone.
 *
 * What the app sent and nobody can understand is kept to be looked at, by its hash and size.
 */
import type { JiraChangeEvent, JiraEvent } from "@stageledger/core/contract/jira-events";
import { ROUTES } from "@stageledger/core/contract/routes";
import { eventsIn } from "@stageledger/core/contract/service-calls";
import {
  type BellFields,
  eraseAccounts,
  holdConnectionTo,
  holdInstallation,
  inTransaction,
  ringBells,
  useToken,
} from "@stageledger/db";
import type { LedgerTransaction } from "../../log-time/record-revision.ts";
import { installationUnknown, JIRA_ACCOUNT, type ServiceCaller } from "../caller.ts";
import type { ForgeContext } from "../forge-context.ts";
import { renewSiteToken } from "../keep-site-token.ts";
import { refuseOtherSite } from "../refuse-other-site.ts";
import { serviceRoute } from "../service-route.ts";
import { tokenUsed } from "../token-used.ts";
import { type UnreadableBody, unreadableEvents } from "../unreadable-body.ts";

type Connected = ServiceCaller & { readonly tenantId: string };

export const tellEventsRoute = serviceRoute(
  ROUTES.tellEvents,
  async ({ context, caller, body, bytes, siteToken }) => {
    const { tenantId, installationId, apiBaseUrl } = caller;
    if (tenantId === undefined) throw installationUnknown();
    await refuseOtherSite(context, caller);
    await renewSiteToken(context, { tenantId, installationId }, apiBaseUrl, siteToken);
    const { events, dropped, unreadable } = eventsIn(body);
    await keep(context, { ...caller, tenantId }, events, unreadableEvents(bytes, unreadable));
    return { taken: events.length, dropped };
  },
  {
    async keep(context, caller, body) {
      const { tenantId } = caller;
      if (tenantId === undefined) return;
      await refuseOtherSite(context, caller);
      await keep(context, { ...caller, tenantId }, [], body);
    },
  },
);

/** All of it, or nothing. */
async function keep(
  context: ForgeContext,
  caller: Connected,
  events: readonly JiraEvent[],
  unreadable: UnreadableBody | undefined,
): Promise<void> {
  const changes = events.filter((event) => event.what !== "user");
  const accounts = events.flatMap((event) =>
    event.what === "user" ? [{ source: JIRA_ACCOUNT, account: event.account }] : [],
  );
  if (events.length === 0 && unreadable === undefined) return;
  const { database, masterKey, ring } = context;
  const { tenantId } = caller;
  const holdsTenant = accounts.length > 0;
  const connectionId = await inTransaction(database, { role: "recorder", tenantId, holdsTenant }, async (trx) => {
    if (accounts.length > 0) await useUp(trx, caller, context.now());
    const kept = await keepBells(trx, context, caller, changes, unreadable);
    await eraseAccounts(trx, tenantId, masterKey, accounts);
    return kept;
  });
  if (unreadable !== undefined) {
    const { path, bytes } = unreadable.fields;
    context.log("events unreadable", { connectionId, code: unreadable.errorCode, path, bytes });
  }
  if (connectionId !== undefined && changes.length > 0) ring({ kind: "answer", tenantId, connectionId });
}

/** Whoever erases does it for a site that is connected still, and once. @throws StageledgerError INSTALLATION_UNKNOWN, TOKEN_USED */
async function useUp(
  trx: LedgerTransaction,
  { tenantId, installationId, tokenId, expiresAt }: Connected,
  now: number,
): Promise<void> {
  if (!(await holdInstallation(trx, tenantId, installationId))) throw installationUnknown();
  if (!(await useToken(trx, tenantId, tokenId, expiresAt, now))) throw tokenUsed();
}

/** @returns the connection's id; undefined where nothing is to be kept */
async function keepBells(
  trx: LedgerTransaction,
  { newId, now }: ForgeContext,
  { tenantId, installationId }: Connected,
  changes: readonly JiraChangeEvent[],
  unreadable: UnreadableBody | undefined,
): Promise<string | undefined> {
  if (changes.length === 0 && unreadable === undefined) return undefined;
  const connection = await holdConnectionTo(trx, tenantId, { kind: "jira", workspace: installationId });
  if (connection === undefined) {
    if (changes.length === 0) return undefined;
    throw installationUnknown();
  }
  const { connectionId } = connection;
  const rung = [...changes.map((event) => ({ fields: bellFields(event) })), ...(unreadable ? [unreadable] : [])];
  const bells = rung.map((bell) => ({ ...bell, bellId: newId(), connectionId }));
  await ringBells(trx, tenantId, bells, now());
  return connectionId;
}

/** `what`, `gid` and `action`; of a worklog its `issue`, and `at` (epoch milliseconds), where they are told. */
function bellFields(event: JiraChangeEvent): BellFields {
  const { what, action, issue, at } = event;
  return {
    what,
    gid: event.what === "issue" ? event.issue : event.worklog,
    action,
    ...(what === "issue" || issue === undefined ? {} : { issue }),
    ...(at === undefined ? {} : { at }),
  };
}
