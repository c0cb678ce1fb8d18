/**
 * What changed at a site. An event is a bell: it is kept before it is acknowledged, and what it is about is read from Jira later.
 * Only ids are kept of it. It may come again, and rings again then.
 */
import { StageledgerError } from "@stageledger/core";
import type { JiraChangeEvent } from "@stageledger/core/contract/jira-events";
import { ROUTES } from "@stageledger/core/contract/routes";
import { eventsIn } from "@stageledger/core/contract/service-calls";
import { type BellFields, erasePerson, holdConnectionTo, inTransaction, ringBells } from "@stageledger/db";
import { installationUnknown, JIRA_ACCOUNT } from "../caller.ts";
import type { ForgeContext } from "../forge-context.ts";
import { renewSiteToken } from "../keep-site-token.ts";
import { serviceRoute } from "../service-route.ts";

export const tellEventsRoute = serviceRoute(ROUTES.tellEvents, async ({ context, caller, body, siteToken }) => {
  const { tenantId, installationId, apiBaseUrl } = caller;
  if (tenantId === undefined) throw installationUnknown();
  const site = { tenantId, installationId };
  await renewSiteToken(context, site, apiBaseUrl, siteToken);
  const told = eventsIn(body);
  const events = told.filter((event) => event !== undefined);
  for (const event of events) if (event.what === "user") await erase(context, tenantId, event.account);
  await keepBells(
    context,
    site,
    events.filter((event) => event.what !== "user"),
  );
  return { taken: events.length, dropped: told.length - events.length };
});

/** Of somebody whom the ledger does not know there is nothing to erase. */
async function erase({ database, masterKey }: ForgeContext, tenantId: string, account: string): Promise<void> {
  try {
    await erasePerson(database, tenantId, masterKey, { source: JIRA_ACCOUNT, account });
  } catch (error) {
    if (!(error instanceof StageledgerError && error.code === "PERSON_UNKNOWN")) throw error;
  }
}

async function keepBells(
  { database, newId, now, ring }: ForgeContext,
  { tenantId, installationId }: { readonly tenantId: string; readonly installationId: string },
  events: readonly JiraChangeEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const connectionId = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const connection = await holdConnectionTo(trx, tenantId, { kind: "jira", workspace: installationId });
    if (connection === undefined) throw installationUnknown();
    const { connectionId } = connection;
    const bells = events.map((event) => ({ bellId: newId(), connectionId, fields: bellFields(event) }));
    await ringBells(trx, tenantId, bells, now());
    return connectionId;
  });
  ring({ kind: "answer", tenantId, connectionId });
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
