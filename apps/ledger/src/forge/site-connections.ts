/** How the connections of a ledger go, as who administers the site is told: counts, codes and what to do. */
import type { SiteState } from "@stageledger/core/contract/site-state";
import { agoText } from "@stageledger/sync";
import { type DescribedSite, describeSitesIn } from "../jira-sync/connect/describe-sites.ts";
import { examineSites } from "../jira-sync/connect/examine-sites.ts";
import type { LedgerTransaction } from "../log-time/record-revision.ts";

export type SiteConnection = SiteState["connections"][number];

/** In words for who does not run the ledger. Inside a transaction of role recorder; `now` in epoch milliseconds. */
export type TellConnections = (
  trx: LedgerTransaction,
  tenantId: string,
  now: number,
) => Promise<readonly SiteConnection[]>;

/** Those to Jira. Nothing is asked of it. */
export const tellJiraConnections: TellConnections = async (trx, tenantId, now) =>
  (await describeSitesIn(trx, tenantId)).map((site) => toldOf(site, now));

function toldOf(site: DescribedSite, now: number): SiteConnection {
  const { state, comparedAt = null, dueAt = null, bellsWaiting, bellsParked, itemsInDoubt } = site;
  const found = examineSites([site], now, (instant) => agoText(instant, now));
  // What goes well, the other members say.
  const doubts = found.filter((one) => one.state !== "ok");
  return {
    kind: "jira",
    state,
    findings: doubts.map(({ code = null, finding, nextInJira = null }) => ({ code, finding, next: nextInJira })),
    ...{ comparedAt, dueAt, bellsWaiting, bellsParked, itemsInDoubt },
  };
}
