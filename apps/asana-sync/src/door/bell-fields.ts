/** Pure: what is kept of an event. Ids and kinds, and nothing of who did what, nor of what changed. */
import type { BellFields } from "@stageledger/db";
import type { AsanaEvent } from "../asana/schemas.ts";

/** What can ring. Others say nothing of time or stages, and some stand for a person, whose account their id would be. */
const RINGING = new Set([
  ...["task", "story", "project", "section", "time_tracking_entry"],
  ...["custom_field", "custom_field_setting", "enum_option"],
]);
/** What has to be read when something hangs on it. A section may be one of a person's own list, which its id would lead to. */
const PARENT = "task";

/**
 * Undefined for an event that rings nobody.
 *
 * @returns `what`, `gid` and `action`; `subtype`, `parent` with `parentType` and `at` (epoch milliseconds) where they are given
 */
export function bellFields({ action, created_at: at, resource, parent }: AsanaEvent): BellFields | undefined {
  const { gid, resource_type: what, resource_subtype: subtype } = resource;
  if (typeof what !== "string" || !RINGING.has(what)) return undefined;
  return {
    what,
    gid,
    action,
    ...(typeof subtype === "string" ? { subtype } : {}),
    ...(parent?.resource_type === PARENT ? { parent: parent.gid, parentType: PARENT } : {}),
    ...(typeof at === "number" ? { at } : {}),
  };
}
