/** Pure: what is kept of an event. Ids and kinds, and nothing of who did what, nor of what changed. */
import type { BellFields } from "@stageledger/db";
import type { AsanaEvent } from "../asana/schemas.ts";

/** What can ring. Others say nothing of time or stages, and some stand for a person, whose account their id would be. */
const RINGING = new Set([
  ...["task", "story", "project", "section", "time_tracking_entry"],
  ...["custom_field", "custom_field_setting", "enum_option"],
]);
/** What something can hang on. The task list of a person is none of them. */
const PARENTS = new Set(["task", "project", "section"]);

/**
 * Undefined for an event that rings nobody.
 *
 * @returns `what`, `gid` and `action`; `subtype`, `parent` with `parentType` and `at` (epoch milliseconds) where they are given
 */
export function bellFields({ action, created_at: at, resource, parent }: AsanaEvent): BellFields | undefined {
  const { gid, resource_type: what, resource_subtype: subtype } = resource;
  if (typeof what !== "string" || !RINGING.has(what)) return undefined;
  const parentType = parent?.resource_type ?? "";
  return {
    what,
    gid,
    action,
    ...(typeof subtype === "string" ? { subtype } : {}),
    ...(parent && PARENTS.has(parentType) ? { parent: parent.gid, parentType } : {}),
    ...(typeof at === "number" ? { at } : {}),
  };
}
