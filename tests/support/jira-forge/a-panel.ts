/** The app's panel, opened on an issue by somebody, in front of a real ledger. */
import type { ForgeDoor } from "../forge/a-forge-door.ts";
import type { ForgeHost } from "./forge-host.ts";
import { openPage, type PageOptions } from "./open-page.ts";

interface PanelOptions extends PageOptions {
  /** Jira's id of the issue; PAY-88's unless said. */
  readonly issue?: string;
  readonly type?: "jira:issueContext" | "jira:issuePanel" | "jira:issueAction";
}

/** Opened and drawn; what it asks may still be open. Opening it again is a reload: nothing of the page is left. */
export function openPanel(
  door: ForgeDoor,
  { issue = "10088", type = "jira:issueContext", ...options }: PanelOptions = {},
): Promise<ForgeHost> {
  const extension = { type, issue: { id: issue, key: "PAY-88", type: "Task" }, project: { id: "1", key: "PAY" } };
  return openPage(door, { file: "panel.tsx", extension }, options);
}
