/** Issues by key or words, found by Jira as the person may see them: for choosing, and kept nowhere. */
import { requestJira } from "@forge/bridge";
import { z } from "zod";

export interface FoundIssue {
  readonly itemId: string;
  readonly key: string;
  readonly title: string;
}

const MOST_FOUND = 8;

const picked = z.object({
  sections: z.array(
    z.object({
      issues: z
        .array(z.object({ id: z.union([z.number(), z.string()]), key: z.string(), summaryText: z.string().catch("") }))
        .catch([]),
    }),
  ),
});

/** One alone where it is the key that was asked for. Undefined where Jira could not be asked. Never throws. */
export async function findIssues(text: string): Promise<readonly FoundIssue[] | undefined> {
  try {
    const query = new URLSearchParams({ query: text, currentJQL: "order by lastViewed desc", showSubTasks: "true" });
    const response = await requestJira(`/rest/api/3/issue/picker?${query}`, {
      headers: { accept: "application/json" },
    });
    if (!response.ok) return undefined;
    const { sections } = picked.parse(await response.json());
    const issues = sections.flatMap((section) => section.issues);
    const found = [...new Map(issues.map((issue) => [issue.key, issue])).values()].map(
      ({ id, key, summaryText }): FoundIssue => ({ itemId: `jira:${id}`, key, title: summaryText }),
    );
    const asked = found.find(({ key }) => key.toLowerCase() === text.trim().toLowerCase());
    return asked === undefined ? found.slice(0, MOST_FOUND) : [asked];
  } catch {
    return undefined;
  }
}
