import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  createHistory,
  findCallBridge,
  findPlace,
  openInNewTab,
  readRemote,
} from "../../apps/report/src/home/bridge.ts";
import { appFolder } from "../support/jira-forge/app-folder.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";

type Said = readonly [command: string, data: unknown];

const method = z.custom<(...data: readonly unknown[]) => Promise<unknown>>((value) => typeof value === "function");
const atlassians = z.object({
  invokeRemote: method,
  router: z.object({ open: method }),
  view: z.object({ getContext: method, createHistory: method }),
});

const PATH = "/forge/v1/source-projects/jira%3A10001/page-report?weeks=6";
const URL = "https://example.atlassian.net/browse/PAY-1";
const ANSWERS: Readonly<Record<string, unknown>> = {
  invoke: { success: true, payload: { status: 200, headers: {}, body: { schema: 1 } } },
  getContext: { siteUrl: "https://example.atlassian.net", extension: { project: { id: "10001" } } },
  createHistory: { listen: () => undefined },
};

describeWithApp("the page inside Jira", () => {
  test("says to the bridge, word for word, what Atlassian's own package would say, which it does not load", async () => {
    const said: Said[] = [];
    const callBridge = async (command: string, data?: unknown): Promise<unknown> => {
      said.push([command, data]);
      return structuredCloneOf(ANSWERS[command]);
    };
    // The package keeps the bridge that it finds when it is loaded.
    Object.assign(globalThis, { self: globalThis, __bridge: { callBridge } });
    const { invokeRemote, router, view } = atlassians.parse(
      createRequire(join(appFolder, "package.json"))("@forge/bridge"),
    );
    await invokeRemote({ path: PATH, method: "GET", headers: { accept: "application/json" } });
    await router.open(URL);
    await view.getContext();
    await view.createHistory();
    const theirs = said.splice(0);

    const call = findCallBridge(globalThis);
    if (call === undefined) throw new Error("The page does not find the bridge.");
    expect(await readRemote(call, PATH)).toEqual({ status: 200, body: { schema: 1 } });
    await openInNewTab(call, URL);
    expect(await findPlace(call)).toEqual({
      siteUrl: "https://example.atlassian.net",
      sourceProject: "jira:10001",
    });
    await createHistory(call);
    expect(theirs.map(([command]) => command)).toEqual(["invoke", "navigate", "getContext", "createHistory"]);
    expect(said).toEqual(theirs);
  });
});

/** A history has functions, which the bridge hands out as they are. */
function structuredCloneOf(answer: unknown): unknown {
  return typeof answer === "object" && answer !== null && "listen" in answer ? answer : structuredClone(answer);
}
