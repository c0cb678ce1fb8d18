/** Titles of issues as the person may see them: for showing, and kept nowhere. */
import { requestJira } from "@forge/bridge";
import { z } from "zod";
import { jiraIssueId } from "./jira-issue-id.ts";

/** As many as Jira takes at once. */
const MOST_ISSUES = 100;

const found = z.object({
  issues: z.array(z.object({ id: z.string(), fields: z.object({ summary: z.string() }) })).catch([]),
});

/** By item. Never throws: what cannot be read has no title. */
export async function readTitles(itemIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = itemIds.map(jiraIssueId).filter((id) => id !== undefined);
  if (ids.length === 0) return new Map();
  try {
    const response = await requestJira("/rest/api/3/issue/bulkfetch", {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify({ issueIdsOrKeys: ids.slice(0, MOST_ISSUES), fields: ["summary"] }),
    });
    if (!response.ok) return new Map();
    const { issues } = found.parse(await response.json());
    return new Map(issues.map(({ id, fields }) => [`jira:${id}`, fields.summary]));
  } catch {
    return new Map();
  }
}
