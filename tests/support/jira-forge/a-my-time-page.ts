/** The app's page My time, opened by somebody, with a Jira that knows the titles of issues. */
import { entry, myWeek } from "@stageledger/core/contract/entries";
import { z } from "zod";
import { aPerson, type ForgeDoor, ITEM } from "../forge/a-forge-door.ts";
import type { ForgeHost } from "./forge-host.ts";
import { openPage, type PageOptions } from "./open-page.ts";

/** By Jira's id. */
const ISSUES: Readonly<Record<string, { readonly key: string; readonly summary: string }>> = {
  "10088": { key: "PAY-88", summary: "Round half a cent up" },
  "10089": { key: "PAY-89", summary: "Show the fee before paying" },
};

/** Opened, and settled. Opening it again is a reload: nothing of the page is left. */
export async function openMyTime(door: ForgeDoor, options: PageOptions = {}): Promise<ForgeHost> {
  const page = await openMyTimeOnly(door, options);
  await page.settle();
  return page;
}

/** What it asks may still be open. */
export function openMyTimeOnly(door: ForgeDoor, options: PageOptions = {}): Promise<ForgeHost> {
  const extension = { type: "jira:globalPage" };
  return openPage(door, { file: "my-time.tsx", extension }, { jira: jiraOfIssues, ...options });
}

export const noJira = (): Promise<Response> => Promise.resolve(Response.json({ errorMessages: [] }, { status: 503 }));

const bulkFetch = z.object({ issueIdsOrKeys: z.array(z.string()), fields: z.tuple([z.literal("summary")]) });

/** As far as the page asks: titles by id, and issues by key or words. */
export async function jiraOfIssues(path: string, { method, body }: RequestInit): Promise<Response> {
  const url = new URL(path, "https://jira.invalid");
  if (url.pathname === "/rest/api/3/issue/bulkfetch" && method === "POST") {
    const { issueIdsOrKeys } = bulkFetch.parse(JSON.parse(String(body)));
    const issues = issueIdsOrKeys.flatMap((id) => {
      const issue = ISSUES[id];
      return issue === undefined ? [] : [{ id, key: issue.key, fields: { summary: issue.summary } }];
    });
    return Response.json({ issues, issueErrors: [] });
  }
  if (url.pathname !== "/rest/api/3/issue/picker") throw new Error(`Jira is not expected to be asked for ${path}.`);
  const words = url.searchParams.get("query")?.toLowerCase() ?? "";
  const issues = Object.entries(ISSUES)
    .filter(([, { key, summary }]) => `${key} ${summary}`.toLowerCase().includes(words))
    .map(([id, { key, summary }]) => ({
      id: Number(id),
      key,
      keyHtml: key,
      img: "/icon",
      summary,
      summaryText: summary,
    }));
  // As Jira does: what was looked at lately is found by the search, too.
  return Response.json({
    sections: [
      { id: "hs", label: "History Search", issues: issues.slice(0, 1) },
      { id: "cs", label: "Current Search", issues },
    ],
  });
}

/** Where a day of September 2026 is typed in. */
export function cellOf(day: number, key = "PAY-88"): string {
  return `cell-${key}-2026-09-${String(day).padStart(2, "0")}`;
}

/** Types, and goes on to what comes next. Returns that. */
export async function fill(page: ForgeHost, testId: string, text: string): Promise<string> {
  await page.type(testId, text);
  return page.tab(testId);
}

/** A day of September 2026, minutes, and where: on PAY-88 unless said. */
export type LoggedEntry = readonly [day: number, minutes: number, item?: string, activity?: string];

/** Logged in the ledger. */
export async function logFor(door: ForgeDoor, account: string, ...entries: readonly LoggedEntry[]): Promise<void> {
  for (const [day, minutes, item = ITEM, activity = "other"] of entries) {
    const body = { minutes, date: `2026-09-${String(day).padStart(2, "0")}`, activity };
    await aPerson(door, account).told(entry, `/forge/v1/items/${item}/entries`, { body });
  }
}

/** What the ledger holds of Ada's in that week: "2026-09-07 PAY-88 60". */
export async function recordedOf(door: ForgeDoor, day = "2026-09-08"): Promise<readonly string[]> {
  const { entries } = await aPerson(door, "ada").told(myWeek, `/forge/v1/my/week?day=${day}`);
  return entries.map(({ date, itemKey, minutes }) => `${date} ${itemKey} ${minutes}`).sort();
}
