/** The app's admin page, opened by an admin of the site, in front of a real ledger. */

import type { Database } from "@stageledger/db";
import { recordFacts } from "@stageledger/db";
import { aForgeDoor, type ForgeDoor, NOW } from "../forge/a-forge-door.ts";
import type { ForgeHost } from "./forge-host.ts";
import { openPage, type PageOptions } from "./open-page.ts";

interface JiraProject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

/** Everybody's door where "admin" administers the site. Jira lists two statuses that are in no stage: In QA and Held. */
export async function anAdminsDoor(database: Database): Promise<ForgeDoor> {
  const door = await aForgeDoor(database);
  const listed = (statusId: string, name: string) =>
    ({ statusId, origin: "list", name, category: "indeterminate", lastSeenAt: NOW }) as const;
  const statuses = [listed("jira:10007", "In QA"), listed("jira:10008", "Held")];
  await recordFacts(database, door.tenant.tenantId, { items: [], entries: [], statuses });
  door.jira.answer = ({ accountId, permission }) => permission !== "ADMINISTER" || accountId === "admin";
  return door;
}

/** Opened, and settled unless `isWaiting`. */
export async function openAdmin(
  door: ForgeDoor,
  { isWaiting = false, ...options }: PageOptions & { readonly isWaiting?: boolean } = {},
): Promise<ForgeHost> {
  const page = await openPage(
    door,
    { file: "admin.tsx", extension: { type: "jira:adminPage" } },
    { accountId: "admin", jira: jiraOfProjects(), ...options },
  );
  if (!isWaiting) await page.settle();
  return page;
}

/** Jira, as it tells the names of its projects. */
export function jiraOfProjects(...projects: readonly JiraProject[]): NonNullable<PageOptions["jira"]> {
  return async (path) => {
    const url = new URL(path, "http://jira.invalid");
    if (url.pathname !== "/rest/api/3/project/search") return new Response("", { status: 404 });
    const ids = url.searchParams.getAll("id");
    return Response.json({ values: projects.filter(({ id }) => ids.includes(id)) });
  };
}
