/** Titles of issues as the person may see them: for showing, and kept nowhere. */
import { requestJira } from "@forge/bridge";
import { z } from "zod";
import { jiraIssueId } from "./jira-issue-id.ts";

/** As many as Jira takes at once. */
const MOST_ISSUES = 100;
const MOST_CALLS_AT_ONCE = 3;

const found = z.object({
  issues: z.array(z.object({ id: z.string(), fields: z.object({ summary: z.string() }) })).catch([]),
});

type Title = readonly [itemId: string, title: string];

/** By item. Never throws: what cannot be read has no title. */
export async function readTitles(itemIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const waiting = inParts(itemIds.map(jiraIssueId).filter((id) => id !== undefined));
  const titles: Title[] = [];
  const readOn = async (): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) titles.push(...(await readPart(part)));
  };
  await Promise.all(Array.from({ length: MOST_CALLS_AT_ONCE }, readOn));
  return new Map(titles);
}

function inParts(ids: readonly string[]): (readonly string[])[] {
  const count = Math.ceil(ids.length / MOST_ISSUES);
  return Array.from({ length: count }, (_, i) => ids.slice(i * MOST_ISSUES, (i + 1) * MOST_ISSUES));
}

async function readPart(issueIdsOrKeys: readonly string[]): Promise<readonly Title[]> {
  try {
    const response = await requestJira("/rest/api/3/issue/bulkfetch", {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify({ issueIdsOrKeys, fields: ["summary"] }),
    });
    if (!response.ok) return [];
    const { issues } = found.parse(await response.json());
    return issues.map(({ id, fields }) => [`jira:${id}`, fields.summary]);
  } catch {
    return [];
  }
}
