/** Whether a sweep shows a task as it was when it was last recorded. */
import type { TenantSecrets } from "@stageledger/db";
import type { AsanaEntry, AsanaTask } from "./schemas.ts";

/** Over everything that a list of tasks shows and that a look at the task would turn into facts. */
export function taskChecksum(secrets: TenantSecrets, task: AsanaTask): string {
  const memberships = (task.memberships ?? []).map(
    ({ project, section }) => `${project?.gid ?? ""}/${section?.gid ?? ""}`,
  );
  const values = (task.custom_fields ?? []).map(({ gid, enum_value }) => `${gid}=${enum_value?.gid ?? ""}`);
  return secrets.checksum([
    task.completed,
    task.completed_at,
    task.modified_at,
    task.actual_time_minutes,
    task.num_subtasks,
    task.parent?.gid,
    memberships.sort().join(" "),
    values.sort().join(" "),
  ]);
}

/** Over what of an entry is recorded. Its author never changes and is no part of it. */
export function entryChecksum(secrets: TenantSecrets, entry: AsanaEntry): string {
  const categories = (entry.categories ?? []).map(({ gid, name }) => `${gid}=${name}`);
  return secrets.checksum([
    entry.duration_minutes,
    entry.entered_on,
    entry.attributable_to?.gid,
    categories.sort().join(" "),
  ]);
}
