import { jiraId } from "@stageledger/core/contract/jira-events";

const PREFIX = "jira:";

/** Jira's id of an item's issue; undefined for an item of another tool. */
export function jiraIssueId(itemId: string): string | undefined {
  return itemId.startsWith(PREFIX) ? jiraId.safeParse(itemId.slice(PREFIX.length)).data : undefined;
}
