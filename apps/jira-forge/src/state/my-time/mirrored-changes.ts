import { jiraIssueId } from "../../jira/jira-issue-id.ts";
import { type MirrorState, mirroring } from "../../mirror/mirror-state.ts";
import type { Change } from "./week-changes.ts";

/** What is logged anew on issues is said to be copied, where its author wants that. Pure. */
export function mirroredChanges(changes: readonly Change[], mirror: MirrorState): readonly Change[] {
  return changes.map((change) =>
    change.kind === "log" && jiraIssueId(change.item) !== undefined ? { ...change, ...mirroring(mirror) } : change,
  );
}
