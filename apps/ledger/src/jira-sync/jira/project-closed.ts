/** A project that is closed to the app. What there is of it looks gone, and what happened in it untold: nothing of that is believed. */
import { StageledgerError } from "@stageledger/core";
import type { JiraGateway } from "./gateway.ts";

export function projectClosed(): StageledgerError {
  return new StageledgerError("JIRA_FORBIDDEN", "A project cannot be read any more.", {
    next: "Nothing of it was changed. Check that the app may still browse it.",
  });
}

/**
 * Jira leaves out histories of what the app may not browse: that there are none is believed of projects that are open still.
 *
 * @throws StageledgerError JIRA_FORBIDDEN for one that is closed or gone; JIRA_…
 */
export async function requireOpen(
  gateway: Pick<JiraGateway, "findProject">,
  projects: Iterable<string>,
): Promise<void> {
  for (const project of projects) if ((await gateway.findProject(project)) === undefined) throw projectClosed();
}
