/** The built page as a Custom UI resource of Jira's: in a frame of another site, under its policy and sandbox, with a bridge that forwards to the ledger's real door. */
import express from "express";
import type { Browser, Frame } from "playwright-core";
import { onTestFinished } from "vitest";
import { z } from "zod";
import type { Person } from "../forge/a-forge-door.ts";
import { aReportPage, type ReportPage } from "./a-report-page.ts";

export interface JiraFrame extends ReportPage {
  readonly frame: Frame;
  /** What the page asked of the bridge but for its reading, in order. */
  readonly asked: (readonly [command: string, data: unknown])[];
  /** Where it read, in order. */
  readonly paths: string[];
  /** What the policy forbade, as the page itself was told. */
  readonly violations: string[];
}

interface Options {
  readonly folder: string;
  readonly person: Pick<Person, "call">;
  /** As Jira tells where the page is. */
  readonly context?: unknown;
  /** Behind the address of Jira's page. */
  readonly address?: string;
  /** What goes wrong with a reading before it is forwarded; nothing unless it throws. */
  readonly beforeReading?: (path: string) => void;
  /** False: Jira hands out no history. */
  readonly history?: boolean;
}

/** As Atlassian's hosting of static resources sends it, without what an app can allow itself. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "object-src 'none'",
].join("; ");

/** All that developer.atlassian.com lists; no window can be opened. */
const SANDBOX = "allow-downloads allow-forms allow-modals allow-pointer-lock allow-same-origin allow-scripts";

const IN_PROJECT = {
  siteUrl: "https://example.atlassian.net",
  extension: { type: "jira:projectPage", project: { id: "10001", key: "PAY", type: "software" } },
};

const invocation = z.strictObject({
  path: z.string(),
  method: z.literal("GET"),
  headers: z.record(z.string(), z.string()),
  invokeType: z.literal("ui-remote-fetch"),
});

/** Closed with the test. */
export async function aJiraFrame(
  browser: Browser,
  { folder, person, context = IN_PROJECT, address = "/", beforeReading, history = true }: Options,
): Promise<JiraFrame> {
  const shown = await aReportPage(browser);
  const asked: (readonly [string, unknown])[] = [];
  const paths: string[] = [];
  const violations: string[] = [];
  const read = async (data: unknown): Promise<unknown> => {
    const { path } = invocation.parse(data);
    paths.push(path);
    beforeReading?.(path);
    const response = await person.call(path);
    const payload = { status: response.status, headers: {}, body: await response.json() };
    return response.ok ? { success: true, payload } : { success: false, error: payload };
  };
  await shown.page.exposeFunction("askJira", async (command: string, data: unknown): Promise<unknown> => {
    if (command === "invoke") return read(data);
    if (command === "violation") return violations.push(String(data));
    asked.push([command, data]);
    return command === "getContext" ? context : undefined;
  });
  await shown.page.addInitScript({ content: bridgeScript(address, history) });
  const resource = await listen(
    express().use((_request, response, next) => {
      response.set("content-security-policy", POLICY);
      next();
    }, express.static(folder)),
  );
  const jira = await listen(
    express().get("/", (_request, response) => {
      // Another site than Jira's: a frame of the same one could do more.
      const source = `http://localhost:${resource}/index.html`;
      response.send(`<!doctype html><title>Jira</title><link rel="icon" href="data:,">
<iframe name="app" sandbox="${SANDBOX}" width="1200" height="860" src="${source}"></iframe>`);
    }),
  );
  await shown.page.goto(`http://127.0.0.1:${jira}/`);
  const frame = shown.page.frame({ name: "app" });
  if (frame === null) throw new Error("Jira shows no frame.");
  return { ...shown, frame, asked, paths, violations };
}

/** Runs in each frame before its scripts, where no policy is asked: as Atlassian's own script does. */
const bridgeScript = (address: string, hasHistory: boolean): string => `
if (window !== window.top) {
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    void askJira("violation", effectiveDirective + " " + blockedURI);
  });
  const partsOf = (text) => {
    const { pathname, search, hash } = new URL(text, "https://jira.invalid");
    return { pathname, search, hash };
  };
  const steps = [partsOf(${JSON.stringify(address)})];
  const listeners = [];
  const tell = () => {
    history.location = steps.at(-1);
    for (const listener of listeners) listener(history.location);
  };
  const history = {
    location: steps[0],
    push(to) {
      steps.push(partsOf(to));
      void askJira("pushed", to);
      tell();
    },
    replace(to) {
      steps.splice(-1, 1, partsOf(to));
      void askJira("replaced", to);
      tell();
    },
    listen: (listener) => void listeners.push(listener),
  };
  globalThis.goBackInJira = () => {
    steps.pop();
    tell();
  };
  const callBridge = async (command, data) => {
    if (command !== "createHistory") return askJira(command, data);
    if (${hasHistory}) return history;
    throw new Error("This product has no history.");
  };
  globalThis.__bridge = { callBridge };
}`;

async function listen(app: express.Express): Promise<number> {
  const server = app.listen(0);
  await new Promise((listening) => server.once("listening", listening));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return z.object({ port: z.number() }).parse(server.address()).port;
}
