/** The app's panel, opened on an issue by somebody, in front of a real ledger. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { vi } from "vitest";
import { aPerson, type ForgeDoor } from "../forge/a-forge-door.ts";
import { userTokenOf } from "../forge/a-jira-of-rights.ts";
import { appFolder } from "./app-folder.ts";
import { ForgeHost, type RemoteCall } from "./forge-host.ts";

export type Send = (call: RemoteCall) => Promise<Response>;

interface PanelOptions {
  readonly accountId?: string;
  /** Jira's id of the issue; PAY-88's unless said. */
  readonly issue?: string;
  readonly type?: "jira:issueContext" | "jira:issuePanel" | "jira:issueAction";
  readonly timezone?: string;
  /** What happens between the app and the ledger; nothing unless said. */
  readonly way?: (send: Send) => Send;
  readonly refusalsAre?: "answers" | "errors";
}

/** Opened, and settled unless `isWaiting`. Opening it again is a reload: nothing of the page is left. */
export async function openPanel(
  door: ForgeDoor,
  {
    accountId = "ada",
    issue = "10088",
    type = "jira:issueContext",
    timezone = "Europe/Berlin",
    way,
    refusalsAre = "answers",
  }: PanelOptions = {},
): Promise<ForgeHost> {
  const send = asPerson(door, accountId);
  const host = new ForgeHost({
    context: {
      accountId,
      cloudId: "cloud-1",
      locale: "en_GB",
      timezone,
      extension: { type, issue: { id: issue, key: "PAY-88", type: "Task" }, project: { id: "1", key: "PAY" } },
    },
    refusalsAre,
    remote: way === undefined ? send : way(send),
  });
  vi.resetModules();
  await import(pathToFileURL(join(appFolder, "src/frontend/panel.tsx")).href);
  await host.drawn();
  return host;
}

/** Forge's proxy: each call goes with a new token that names the person. */
function asPerson(door: ForgeDoor, accountId: string): Send {
  const person = aPerson(door, accountId);
  return async ({ method, path, headers, body }) =>
    fetch(`${door.url}${path}`, {
      method,
      headers: {
        ...headers,
        authorization: `Bearer ${await person.token()}`,
        "x-forge-oauth-user": userTokenOf(accountId),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}
