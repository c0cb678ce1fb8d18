import { type AllowedMembers, keepMembers } from "./keep-allowed.ts";
import type { RawHistory, RawIssue } from "./schemas.ts";

/** Fields that the search is asked for, besides the Flagged field. Never a person, a summary or a comment. */
export const NAMED_FIELDS = [
  "created",
  "updated",
  "status",
  "project",
  "issuetype",
  "parent",
  "resolution",
  "resolutiondate",
] as const;

/** Fields whose changes are asked for, besides the Flagged field, by the names that the changelog uses. */
export const CHANGELOG_FIELDS = ["status", "resolution", "project", "Key", "Link"] as const;

/**
 * What is kept of an issue. Asking for named fields is not enough: Jira answers `parent` with the parent's summary,
 * and every field with more than its id and name.
 */
export function keepIssue(issue: RawIssue, flaggedFieldIds: readonly string[]): Record<string, unknown> {
  const flagged = Object.fromEntries(flaggedFieldIds.map((id) => [id, [FLAG]]));
  return keepMembers(issue, { id: "value", key: "value", fields: { ...FIELDS, ...flagged } });
}

/**
 * What is kept of one history: id, instant (`created`, epoch milliseconds here) and the items of the fields asked for;
 * undefined when none is left. Author and history metadata name people, and so do the other items (assignee, reporter)
 * that were changed together with an asked field.
 */
export function keepHistory(history: RawHistory, fieldIds: ReadonlySet<string>): Record<string, unknown> | undefined {
  const items = history.items.filter((item) => fieldIds.has(item.fieldId || item.field));
  if (items.length === 0) return undefined;
  return { ...keepMembers(history, HISTORY), items: items.map((item) => keepMembers(item, ITEM)) };
}

export function keepStatus(status: object): Record<string, unknown> {
  return keepMembers(status, STATUS);
}

const CATEGORY: AllowedMembers = { id: "value", key: "value", name: "value" };

/** `scope` tells which project owns a status of a team-managed project: its name can be there many times. */
const STATUS: AllowedMembers = {
  id: "value",
  name: "value",
  untranslatedName: "value",
  statusCategory: CATEGORY,
  scope: { type: "value", project: { id: "value" } },
};

const FLAG: AllowedMembers = { id: "value", value: "value" };

const FIELDS: Record<(typeof NAMED_FIELDS)[number], "value" | AllowedMembers> = {
  created: "value",
  updated: "value",
  status: STATUS,
  project: { id: "value", key: "value", name: "value" },
  issuetype: { id: "value", name: "value", subtask: "value", hierarchyLevel: "value" },
  parent: { id: "value", key: "value" },
  resolution: { id: "value", name: "value" },
  resolutiondate: "value",
};

const HISTORY: AllowedMembers = { id: "value", created: "value" };

const ITEM: AllowedMembers = {
  field: "value",
  fieldtype: "value",
  fieldId: "value",
  from: "value",
  fromString: "value",
  to: "value",
  // Without the assertion its type would be taken from the method that every object has.
  toString: "value" as const,
};
