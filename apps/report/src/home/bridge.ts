/**
 * Jira's bridge, as far as the page uses it. Jira puts it into every page of an app before the page's own script runs; what is sent
 * here is what @forge/bridge sends, which is not in the bundle: the browser would load it for nothing.
 */
import { z } from "zod";

export type CallBridge = (command: string, data?: unknown) => Promise<unknown>;

/** Undefined in a browser that shows the page by itself. */
export function findCallBridge(scope: object): CallBridge | undefined {
  const bridge = "__bridge" in scope ? scope.__bridge : undefined;
  if (typeof bridge !== "object" || bridge === null || !("callBridge" in bridge)) return undefined;
  const { callBridge } = bridge;
  return typeof callBridge === "function" ? async (command, data) => callBridge(command, data) : undefined;
}

export interface RemoteAnswer {
  readonly status: number;
  readonly body: unknown;
}

const answer = z.looseObject({ status: z.number(), body: z.unknown().optional() });
/** Whether a refusal comes as payload or as error, Atlassian's documents do not say. */
const invoked = z.looseObject({ payload: answer.nullish().catch(undefined), error: answer.nullish().catch(undefined) });

/** Reads at the remote of the module's resolver. Undefined where that did not answer. */
export async function readRemote(call: CallBridge, path: string): Promise<RemoteAnswer | undefined> {
  const told = invoked.safeParse(
    await call("invoke", {
      path,
      method: "GET",
      headers: { accept: "application/json" },
      invokeType: "ui-remote-fetch",
    }),
  ).data;
  const found = told?.payload ?? told?.error;
  return found === undefined || found === null ? undefined : { status: found.status, body: found.body };
}

/** In a tab of Jira's browser. */
export async function openInNewTab(call: CallBridge, url: string): Promise<void> {
  await call("navigate", { url, type: "new-tab" });
}

/** Of the page's own addresses behind that of Jira's page; whatever Jira hands out. */
export function createHistory(call: CallBridge): Promise<unknown> {
  return call("createHistory");
}

const place = z.looseObject({
  siteUrl: z.string().optional().catch(undefined),
  extension: z.looseObject({ project: z.looseObject({ id: z.union([z.string(), z.number()]) }) }),
});

/** Where in Jira the page was opened. */
export interface PlaceInJira {
  /** Such as https://example.atlassian.net; null where Jira does not say. */
  readonly siteUrl: string | null;
  /** As the ledger names it, such as `jira:10001`. */
  readonly sourceProject: string;
}

/** Undefined where it was opened in no project. */
export async function findPlace(call: CallBridge): Promise<PlaceInJira | undefined> {
  const told = place.safeParse(await call("getContext")).data;
  if (told === undefined) return undefined;
  const { siteUrl = null, extension } = told;
  return { siteUrl, sourceProject: `jira:${extension.project.id}` };
}
