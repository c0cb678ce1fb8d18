/** A page of the app, opened by somebody, in front of a real ledger. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { vi } from "vitest";
import { aPerson, type ForgeDoor } from "../forge/a-forge-door.ts";
import { userTokenOf } from "../forge/a-jira-of-rights.ts";
import { appFolder } from "./app-folder.ts";
import { ForgeHost, type ForgeHostOptions, type RemoteCall } from "./forge-host.ts";

export type Send = (call: RemoteCall) => Promise<Response>;

export interface PageOptions {
  readonly accountId?: string;
  readonly timezone?: string;
  /** What happens between the app and the ledger; nothing unless said. */
  readonly way?: (send: Send) => Send;
  readonly refusalsAre?: ForgeHostOptions["refusalsAre"];
  /** Jira, asked as the user; unless given, asking it fails the test. */
  readonly jira?: ForgeHostOptions["jira"];
}

/** Where in Jira it is opened. */
interface Place {
  /** In the app's front end: `panel.tsx`. */
  readonly file: string;
  /** What Jira says of the place, with the module's `type`. */
  readonly extension: Readonly<Record<string, unknown>>;
}

/** Opened and drawn; what it asks may still be open. Opening it again is a reload: nothing of the page is left. */
export async function openPage(
  door: ForgeDoor,
  { file, extension }: Place,
  { accountId = "ada", timezone = "Europe/Berlin", way, refusalsAre = "answers", jira }: PageOptions = {},
): Promise<ForgeHost> {
  const send = asPerson(door, accountId);
  const host = new ForgeHost({
    context: { accountId, cloudId: "cloud-1", locale: "en_GB", timezone, extension },
    refusalsAre,
    remote: way === undefined ? send : way(send),
    ...(jira && { jira }),
  });
  vi.resetModules();
  await import(pathToFileURL(join(appFolder, "src/frontend", file)).href);
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
