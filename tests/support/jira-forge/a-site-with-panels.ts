/** A simulated Jira, a ledger that reads it, and the app's pages in front of both: what is written in one is read by the other. */
import { randomUUID } from "node:crypto";
import type { Database } from "@stageledger/db";
import { aForgeDoor, aSecondDoor, bindSite, type ForgeDoor } from "../forge/a-forge-door.ts";
import { aJiraSync, type JiraSync } from "../jira/a-jira-sync.ts";
import { openMyTime } from "./a-my-time-page.ts";
import { openPanel } from "./a-panel.ts";
import type { ForgeHost } from "./forge-host.ts";
import type { PageOptions } from "./open-page.ts";

export interface SiteWithPanels {
  readonly sync: JiraSync;
  readonly door: ForgeDoor;
  /** In Build, and known to the ledger. */
  readonly issue: string;
  /** Of a person of the site. */
  readonly ada: string;
  readonly bob: string;
  /** What the browser asked of Jira, as `POST /rest/api/3/issue/20003/worklog?…`. */
  readonly asked: string[];
  /** What happens between the browser and Jira; nothing unless a test says otherwise. */
  way: (send: Send) => Promise<Response>;
  /** Opened by Ada on the issue, and settled. Again is a reload. */
  open(options?: Parameters<typeof openPanel>[1]): Promise<ForgeHost>;
  /** Of Ada, and settled. */
  openMyTime(options?: Pick<PageOptions, "way">): Promise<ForgeHost>;
}

type Send = () => Promise<Response>;

/** With worklogs taken in, which is where a copy could be counted twice. It is Monday 7 September 2026, 09:00 UTC. */
export async function aSiteWithPanels(database: Database): Promise<SiteWithPanels> {
  const sync = await aJiraSync(database, { takesWorklogs: true });
  const { world, jira, clock, project, statuses, tenant } = sync;
  const [ada, bob] = [world.createPerson(), world.createPerson()];
  const issue = world.createIssue({ project, status: statuses.build, by: bob });
  clock.advance(3_600_000);
  await sync.compare();
  const installationId = `ari:cloud:ecosystem::installation/${randomUUID()}`;
  await bindSite({ tenant, installationId }, database);
  const door = await aSecondDoor({ ...(await aForgeDoor(database)), tenant, installationId }, database);
  door.clock.now = clock.now();
  const asked: string[] = [];
  const asUser =
    (accountId: string) =>
    async (path: string, { method = "GET", headers, body }: RequestInit): Promise<Response> => {
      asked.push(`${method} ${path}`);
      const token = jira.tokens.giveUserToken(accountId);
      return site.way(() =>
        fetch(jira.apiBaseUrl + path, {
          method,
          headers: { ...Object.fromEntries(new Headers(headers)), authorization: `Bearer ${token}` },
          ...(body === null || body === undefined ? {} : { body }),
        }),
      );
    };
  const site: SiteWithPanels = {
    ...{ sync, door, issue, ada, bob, asked },
    way: (send) => send(),
    open: async (options = {}) => {
      const { accountId = ada } = options;
      const panel = await openPanel(door, { issue, accountId, jira: asUser(accountId), ...options });
      await panel.settle();
      return panel;
    },
    openMyTime: (options) => openMyTime(door, { ...options, accountId: ada, jira: withoutTitles(asUser(ada)) }),
  };
  return site;
}

type Ask = (path: string, init: RequestInit) => Promise<Response>;

/** Titles are read by a call that Jira's document does not know yet: nobody could referee it. */
function withoutTitles(ask: Ask): Ask {
  return async (path, init) => (path.endsWith("/issue/bulkfetch") ? Response.json({ issues: [] }) : ask(path, init));
}
