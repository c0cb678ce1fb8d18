import { cpSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROUTES } from "@stageledger/core/contract/routes";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Document, parseDocument } from "yaml";
import { z } from "zod";
import { appFolder } from "../support/jira-forge/app-folder.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import { readManifestText } from "../support/jira-forge/manifest.ts";
import { manifestFaults } from "../support/jira-forge/manifest-faults.ts";
import { aFolder } from "../support/temporary-folder.ts";

const MINUTES = 60_000;
const PANEL = ["modules", "jira:issuePanel", 0];
const [AS_USER, SITE_TOKEN] = [
  ["modules", "endpoint", 0],
  ["modules", "endpoint", 1],
] as const;
const LONG_KEY = "a".repeat(24);

/** The manifest, broken in one way. */
function broken(breakIt: (manifest: Document) => void): string {
  const manifest = parseDocument(readManifestText());
  breakIt(manifest);
  return manifest.toString();
}

describe("the manifest", () => {
  test("has none of the faults that Atlassian's validators let through", () => {
    expect(manifestFaults(readManifestText())).toEqual([]);
  });

  /** What is wrong, how it comes about, and the one fault that has to be found. */
  const faults: readonly (readonly [string, (manifest: Document) => void, string])[] = [
    [
      "a UI module without an endpoint",
      (m) => m.deleteIn([...PANEL, "resolver"]),
      "jira:issuePanel time-panel reaches no endpoint",
    ],
    [
      "a UI module that calls a function instead",
      (m) => m.setIn([...PANEL, "resolver"], { function: "on-installed" }),
      "jira:issuePanel time-panel reaches no endpoint",
    ],
    [
      "a UI module whose calls carry no user's token",
      (m) => m.deleteIn([...AS_USER, "auth"]),
      "jira:issuePanel time-panel reaches the ledger without the user's token",
    ],
    [
      "a misspelt token",
      (m) => m.setIn([...AS_USER, "auth"], { appUserTokens: { enabled: true } }),
      "jira:issueAction time-action reaches the ledger without the user's token",
    ],
    [
      "a token that is switched off",
      (m) => m.setIn([...AS_USER, "auth", "appUserToken", "enabled"], false),
      "jira:issueContext time-context reaches the ledger without the user's token",
    ],
    [
      "UI Kit 1",
      (m) => {
        for (const member of ["resource", "render"]) m.deleteIn([...PANEL, member]);
        m.setIn([...PANEL, "function"], "on-installed");
      },
      "jira:issuePanel time-panel is no resource of UI Kit",
    ],
    [
      "a command whose dialog is drawn by nothing",
      (m) => m.deleteIn(["modules", "jira:command", 0, "target", "render"]),
      "jira:command log-time is no resource of UI Kit",
    ],
    [
      "a command that goes where Jira does not",
      (m) => m.setIn(["modules", "jira:command", 0, "target", "url"], "/browse"),
      "jira:command log-time has a target with url, which Jira does not know",
    ],
    [
      "a command that opens a resource and reaches nothing",
      (m) =>
        m.setIn(
          ["modules", "jira:command"],
          m.createNode([{ key: "log", title: "Log time", target: { resource: "panel", render: "native" } }]),
        ),
      "jira:command log reaches no endpoint",
    ],
    [
      "a member that Jira does not know",
      (m) => m.setIn([...PANEL, "nonsense"], true),
      "jira:issuePanel time-panel has nonsense, which Jira does not know",
    ],
    [
      "an icon that is nowhere",
      (m) => m.setIn([...PANEL, "icon"], "icon.svg"),
      "jira:issuePanel time-panel has an icon from nowhere",
    ],
    [
      "a schedule without the app's token",
      (m) => m.deleteIn([...SITE_TOKEN, "auth"]),
      "schedule hourly-token brings no token of the app",
    ],
    [
      "a schedule without a path",
      (m) => m.deleteIn([...SITE_TOKEN, "route"]),
      "schedule hourly-token does not reach /forge/v1/site-token",
    ],
    [
      "a path without its slash",
      (m) => m.setIn([...SITE_TOKEN, "route", "path"], "forge/v1/site-token"),
      "schedule hourly-token does not reach /forge/v1/site-token",
    ],
    [
      "a schedule that is too seldom for a token of an hour",
      (m) => m.setIn(["modules", "scheduledTrigger", 0, "interval"], "day"),
      "schedule hourly-token does not run each hour",
    ],
    [
      "more schedules than an app may have",
      (m) =>
        m.setIn(
          ["modules", "scheduledTrigger"],
          m.createNode(
            [1, 2, 3, 4, 5, 6].map((i) => ({ key: `s${i}`, endpoint: "site-token", interval: "hour" })),
            { aliasDuplicateObjects: false },
          ),
        ),
      "there are too many scheduled triggers",
    ],
    [
      "two functions at the end",
      (m) => m.addIn(["modules", "preUninstall"], m.createNode({ key: "again", function: "before-uninstall" })),
      "the ledger is not told once of the end",
    ],
    [
      "a remote that may not compute",
      (m) => m.setIn(["remotes", 0, "operations"], m.createNode(["storage"])),
      "remote ledger does not compute and store",
    ],
    [
      "a remote that says nothing of what it does",
      (m) => m.deleteIn(["remotes", 0, "operations"]),
      "remote ledger does not compute and store",
    ],
    [
      "a remote that keeps quiet about the data it stores",
      (m) => m.setIn(["remotes", 0, "storage", "inScopeEUD"], false),
      "remote ledger does not say that it stores user data",
    ],
    [
      "functions whose calls carry no token of the app",
      (m) => m.deleteIn(["remotes", 0, "auth"]),
      "remote ledger gets no token of the app with a function's call",
    ],
    [
      "no leave to reach the ledger",
      (m) => m.deleteIn(["permissions", "external"]),
      "external.fetch.backend does not name the remotes alone",
    ],
    [
      "leave to reach somebody else",
      (m) => m.addIn(["permissions", "external", "fetch", "backend"], "https://example.com"),
      "external.fetch.backend does not name the remotes alone",
    ],
    ...["read:jira-work", "write:jira-work", "read:jira-user", "read:app-system-token", "read:app-user-token"].map(
      (scope, i) =>
        [
          `no scope ${scope}`,
          (m: Document) => void m.deleteIn(["permissions", "scopes", i]),
          `scope ${scope} is missing`,
        ] as const,
    ),
    [
      "a scope that nobody needs",
      (m) => m.addIn(["permissions", "scopes"], "manage:jira-configuration"),
      "scope manage:jira-configuration is one too many",
    ],
    [
      "a scope without a reason",
      (m) => m.setIn(["permissions", "scopes", 0], m.createNode("read:jira-work")),
      "scope read:jira-work gives no reason",
    ],
    [
      "events as objects, whose scopes nobody checks",
      (m) => m.setIn(["modules", "trigger", 0, "events", 0], m.createNode({ eventType: "avi:jira:created:issue" })),
      "trigger jira-changed hears an object, which is no event",
    ],
    [
      "an event that does not exist",
      (m) => m.addIn(["modules", "trigger", 0, "events"], "avi:jira:transitioned:issue"),
      "trigger jira-changed hears avi:jira:transitioned:issue, which is no event",
    ],
    [
      "the same event twice",
      (m) => m.addIn(["modules", "trigger", 0, "events"], "avi:jira:created:issue"),
      "trigger jira-changed hears an event twice",
    ],
    [
      "a filter, which may be no expression",
      (m) => m.setIn(["modules", "trigger", 0, "filter"], m.createNode({ expression: "((" })),
      "trigger jira-changed filters",
    ],
    [
      "events straight to the ledger, with all that they say",
      (m) => {
        m.deleteIn(["modules", "trigger", 0, "function"]);
        m.setIn(["modules", "trigger", 0, "endpoint"], "site-token");
      },
      "an event goes to the ledger unstripped",
    ],
    [
      "a handler that its file does not export",
      (m) => m.setIn(["modules", "function", 0, "handler"], "functions/on-jira-event.none"),
      "handler functions/on-jira-event.none is not exported",
    ],
    [
      "a queue that the code does not fill",
      (m) => m.setIn(["modules", "consumer", 0, "queue"], "changed"),
      "consumer changes has a queue that nobody fills",
    ],
    [
      "a remote that the code does not call",
      (m) => m.setIn(["remotes", 0, "key"], "server"),
      "the functions call a remote that is not there",
    ],
    [
      "a function that nothing uses",
      (m) =>
        m.addIn(["modules", "function"], m.createNode({ key: "idle", handler: "functions/on-installed.onInstalled" })),
      "function idle is used by nothing",
    ],
    [
      "a resource that nothing uses",
      (m) => m.addIn(["resources"], m.createNode({ key: "idle", path: "src/frontend/panel.tsx" })),
      "resource idle is used by nothing",
    ],
    [
      "an endpoint that nothing uses",
      (m) => m.addIn(["modules", "endpoint"], m.createNode({ key: "idle", remote: "ledger" })),
      "endpoint idle is used by nothing",
    ],
    [
      "an endpoint's key of 24 characters",
      (m) => m.setIn([...AS_USER, "key"], LONG_KEY),
      `key ${LONG_KEY} is too long`,
    ],
    [
      "a module's key of 300 characters",
      (m) => m.setIn([...PANEL, "key"], "p".repeat(300)),
      `key ${"p".repeat(300)} is too long`,
    ],
    [
      "somebody's own app id",
      (m) => m.setIn(["app", "id"], "ari:cloud:ecosystem::app/1"),
      "app.id is not the variable FORGE_APP_ID",
    ],
    [
      "somebody's own address",
      (m) => m.setIn(["remotes", 0, "baseUrl"], "https://ledger.example.com"),
      "remote ledger is not at LEDGER_URL",
    ],
    [
      "a default address, which would be deployed unnoticed",
      (m) =>
        m.setIn(["environment", "variables", 1], m.createNode({ key: "LEDGER_URL", default: "https://a.example" })),
      "LEDGER_URL is no variable without a default",
    ],
  ];

  test.each(faults)("with %s has a fault", (_what, breakIt, fault) => {
    expect(manifestFaults(broken(breakIt))).toContain(fault);
  });

  test("sends the schedule where the ledger takes the token", () => {
    expect(ROUTES.bringSiteToken).toMatchObject({ method: "post", path: "/forge/v1/site-token", caller: "service" });
  });
});

const validated = z.object({
  success: z.boolean(),
  errors: z.array(z.object({ level: z.string(), message: z.string() })).optional(),
});
interface Builder {
  withValidation(type: string | undefined): { build(): { process(): Promise<unknown> } };
}
const atlassian = z.object({
  ValidationTypes: z.record(z.string(), z.string()),
  ProcessorBuilder: z.custom<{ instance(): Builder }>((it) => typeof it === "function" && "instance" in it),
});

/** What Atlassian's own validator says of a manifest beside the app's sources; nothing where it has no complaint. */
async function complaintsOf(text: string, type: string): Promise<readonly string[]> {
  const { ProcessorBuilder, ValidationTypes } = atlassian.parse(
    createRequire(join(appFolder, "package.json"))("@forge/manifest"),
  );
  const folder = aFolder({ "manifest.yml": text });
  cpSync(join(appFolder, "src"), join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}");
  // It reads the manifest of the working directory.
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  const { success, errors = [] } = validated.parse(
    await ProcessorBuilder.instance().withValidation(ValidationTypes[type]).build().process(),
  );
  return success && errors.length === 0 ? [] : [`${type}: ${errors.map(({ message }) => message).join(" ")}`];
}

describeWithApp("Atlassian's validator", () => {
  function deployedBy({ id, url }: { readonly id?: string; readonly url?: string }): void {
    vi.stubEnv("FORGE_APP_ID", id);
    vi.stubEnv("LEDGER_URL", url);
    onTestFinished(() => void vi.unstubAllEnvs());
  }
  const ours = {
    id: "ari:cloud:ecosystem::app/11111111-2222-3333-4444-555555555555",
    url: "https://ledger.example.com",
  };

  test.for(["FULL", "PRODUCT_TRIGGER", "FORGE_REMOTE_COMPUTE"])(
    "%s takes the manifest",
    { timeout: 3 * MINUTES },
    async (type) => {
      deployedBy(ours);
      expect(await complaintsOf(readManifestText(), type)).toEqual([]);
    },
  );

  test.for<[string, string, (manifest: Document) => void, RegExp]>([
    [
      "FULL",
      "a function that is not there",
      (m) => m.setIn(["modules", "trigger", 0, "function"], "none"),
      /undefined function/,
    ],
    [
      "FULL",
      "a resource's file that is not there",
      (m) => m.setIn(["resources", 0, "path"], "none.tsx"),
      /missing resource/,
    ],
    [
      "FULL",
      "a handler's file that is not there",
      (m) => m.setIn(["modules", "function", 0, "handler"], "none.run"),
      /cannot find/,
    ],
    [
      "FULL",
      "an endpoint that is not there",
      (m) => m.setIn([...PANEL, "resolver", "endpoint"], "none"),
      /undefined endpoint/,
    ],
    [
      "FULL",
      "a command's page that is not there",
      (m) => m.setIn(["modules", "jira:command", 0, "target"], m.createNode({ page: "none" })),
      /none/,
    ],
    ["FULL", "a scope that is none", (m) => m.setIn(["permissions", "scopes", 0], "read:none"), /Invalid 'scopes'/],
    [
      "PRODUCT_TRIGGER",
      "an event without its scope",
      (m) => m.deleteIn(["permissions", "scopes", 2]),
      /read:jira-user/,
    ],
  ])("%s refuses %s", { timeout: 3 * MINUTES }, async ([type, , breakIt, complaint]) => {
    deployedBy(ours);
    expect((await complaintsOf(broken(breakIt), type)).join()).toMatch(complaint);
  });

  test.each([
    ["without the app's id", { url: ours.url }, /FORGE_APP_ID/],
    ["without the ledger's address", { id: ours.id }, /LEDGER_URL/],
    ["to an address without encryption", { ...ours, url: "http://ledger.example.com" }, /external.fetch.backend/],
    ["as an app that is none", { ...ours, id: "stageledger" }, /pattern/],
  ])("lets nobody deploy %s", { timeout: 3 * MINUTES }, async (_what, deployer, complaint) => {
    deployedBy(deployer);
    expect((await complaintsOf(readManifestText(), "FULL")).join()).toMatch(complaint);
  });
});
