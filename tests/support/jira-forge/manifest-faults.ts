/** What Atlassian's validators let through, and what keeps the app from working, or from asking for no more than it needs. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROUTES } from "@stageledger/core/contract/routes";
import { parse } from "yaml";
import { appFolder } from "./app-folder.ts";
import { type AppModule, type Manifest, parseManifest, uiModules } from "./manifest.ts";

const SCOPES = ["read:jira-work", "write:jira-work", "read:jira-user", "read:app-system-token", "read:app-user-token"];

const EVENTS = [
  ...["created", "updated", "deleted"].flatMap((action) => [`avi:jira:${action}:issue`, `avi:jira:${action}:worklog`]),
  "avi:jira:deleted:user",
  "avi:forge:installed:app",
];

const MOST_KEY_CHARACTERS = 23;
const MOST_MODULE_KEY_CHARACTERS = 64;
const MOST_SCHEDULES = 5;

/** Members of a module that Jira knows and we use. */
const MEMBERS = ["key", "title", "label", "description", "icon", "resource", "render", "resolver", "viewportSize"];
const PAGE_MEMBERS = [...MEMBERS, "layout", "useAsConfig", "useAsGetStarted", "keywords", "shortcut", "target"];

/** Of what a command opens: a page of ours, or a resource in a dialog. */
const TARGET_MEMBERS = ["page", "resource", "render", "viewportSize"];

/** @param text of manifest.yml @returns a sentence for each fault, which names where it is */
export function manifestFaults(text: string): string[] {
  if (Object.keys(parse(text).modules.trigger?.[0] ?? {}).includes("endpoint")) {
    return ["an event goes to the ledger unstripped"];
  }
  const manifest = parseManifest(text);
  return [
    ...faultsOfIds(manifest),
    ...faultsOfScopes(manifest, text),
    ...faultsOfRemotes(manifest),
    ...uiModules(manifest).flatMap(([kind, module]) => faultsOfUi(manifest, kind, module)),
    ...faultsOfEvents(manifest),
    ...faultsOfSchedules(manifest),
    ...faultsOfFunctions(manifest),
    ...faultsOfKeys(manifest),
  ];
}

function faultsOfIds({ app, remotes, environment }: Manifest): string[] {
  return [
    ...(app.id === variable("FORGE_APP_ID") ? [] : ["app.id is not the variable FORGE_APP_ID"]),
    ...remotes
      .filter(({ baseUrl }) => baseUrl !== variable("LEDGER_URL"))
      .map(({ key }) => `remote ${key} is not at LEDGER_URL`),
    ...["FORGE_APP_ID", "LEDGER_URL"]
      .filter((name) => !environment.variables.includes(name))
      .map((name) => `${name} is no variable without a default`),
  ];
}

function variable(name: string): string {
  return `\${${name}}`;
}

function faultsOfScopes({ permissions: { scopes } }: Manifest, text: string): string[] {
  return [
    ...SCOPES.filter((scope) => !scopes.includes(scope)).map((scope) => `scope ${scope} is missing`),
    ...scopes.filter((scope) => !SCOPES.includes(scope)).map((scope) => `scope ${scope} is one too many`),
    ...scopes
      .filter((scope) => !new RegExp(`- ${scope} # \\S`, "u").test(text))
      .map((scope) => `scope ${scope} gives no reason`),
  ];
}

function faultsOfRemotes({ remotes, permissions: { external } }: Manifest): string[] {
  const allowed = JSON.stringify({ fetch: { backend: remotes.map(({ key }) => ({ remote: key })) } });
  return [
    ...(JSON.stringify(external) === allowed ? [] : ["external.fetch.backend does not name the remotes alone"]),
    ...remotes.flatMap(({ key, operations, storage, auth }) => [
      ...(JSON.stringify(operations) === '["compute","storage"]' ? [] : [`remote ${key} does not compute and store`]),
      ...(JSON.stringify(storage) === '{"inScopeEUD":true}'
        ? []
        : [`remote ${key} does not say that it stores user data`]),
      ...(tokens(auth) === "appSystemToken" ? [] : [`remote ${key} gets no token of the app with a function's call`]),
    ]),
  ];
}

function tokens(auth: Record<string, { enabled: boolean }> | undefined): string {
  const enabled = Object.entries(auth ?? {}).filter(([, { enabled: is }]) => is);
  return enabled.map(([name]) => name).join();
}

function faultsOfUi({ modules: { endpoint } }: Manifest, kind: string, module: AppModule): string[] {
  const name = `${kind} ${module.key}`;
  const known = kind.endsWith("Page") || kind === "jira:command" ? PAGE_MEMBERS : MEMBERS;
  const unknown = Object.keys(module).filter((member) => !known.includes(member));
  const faults = unknown.map((member) => `${name} has ${member}, which Jira does not know`);
  if (module.icon !== undefined && !module.icon.startsWith("https://")) faults.push(`${name} has an icon from nowhere`);
  const { target = {} } = module;
  for (const member of Object.keys(target).filter((one) => !TARGET_MEMBERS.includes(one)))
    faults.push(`${name} has a target with ${member}, which Jira does not know`);
  const opensPage = kind === "jira:command" && module.target?.resource === undefined;
  if (opensPage) return faults;
  const { resource, render } =
    module.target === undefined ? module : { ...module.target, render: module.target.render };
  if (resource === undefined || render !== "native") faults.push(`${name} is no resource of UI Kit`);
  const reached = endpoint.find(({ key }) => key === module.resolver?.endpoint);
  if (reached === undefined) faults.push(`${name} reaches no endpoint`);
  else if (tokens(reached.auth) !== "appUserToken") faults.push(`${name} reaches the ledger without the user's token`);
  return faults;
}

function faultsOfEvents({ modules: { trigger } }: Manifest): string[] {
  return trigger.flatMap(({ key, events, filter }) => [
    ...(filter === undefined ? [] : [`trigger ${key} filters`]),
    ...events
      .filter((event) => !EVENTS.some((known) => known === event))
      .map((event) => `trigger ${key} hears ${typeof event === "string" ? event : "an object"}, which is no event`),
    ...(new Set(events).size < events.length ? [`trigger ${key} hears an event twice`] : []),
  ]);
}

function faultsOfSchedules({ modules: { scheduledTrigger, endpoint, preUninstall } }: Manifest): string[] {
  const { path } = ROUTES.bringSiteToken;
  return [
    ...(scheduledTrigger.length > MOST_SCHEDULES ? ["there are too many scheduled triggers"] : []),
    ...(preUninstall.length === 1 ? [] : ["the ledger is not told once of the end"]),
    ...scheduledTrigger.flatMap(({ key, endpoint: name, interval }) => {
      const reached = endpoint.find((one) => one.key === name);
      return [
        ...(interval === "hour" ? [] : [`schedule ${key} does not run each hour`]),
        ...(reached?.route?.path === path ? [] : [`schedule ${key} does not reach ${path}`]),
        ...(tokens(reached?.auth) === "appSystemToken" ? [] : [`schedule ${key} brings no token of the app`]),
      ];
    }),
  ];
}

function faultsOfFunctions({ modules, remotes }: Manifest): string[] {
  const handlers = modules.function.map(({ handler }) => handler.split("."));
  const unexported = handlers.filter(([file, name]) => !sourceOf(file).includes(`export async function ${name}(`));
  const queue = /new Queue\(\{ key: "(?<queue>[\w-]+)" \}\)/u.exec(sourceOf("functions/changes-queue"))?.groups?.queue;
  const remote = /LEDGER = "(?<remote>[\w-]+)"/u.exec(sourceOf("functions/call-ledger"))?.groups?.remote;
  return [
    ...unexported.map((handler) => `handler ${handler.join(".")} is not exported`),
    ...modules.consumer
      .filter((one) => one.queue !== queue)
      .map(({ key }) => `consumer ${key} has a queue that nobody fills`),
    ...(remotes.some(({ key }) => key === remote) ? [] : ["the functions call a remote that is not there"]),
  ];
}

function sourceOf(file = ""): string {
  const path = join(appFolder, `src/${file}.ts`);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function faultsOfKeys(manifest: Manifest): string[] {
  const { modules, resources, remotes } = manifest;
  const ui = uiModules(manifest);
  const text = JSON.stringify([
    ...ui.map(([, module]) => module),
    modules.trigger,
    modules.consumer,
    modules.preUninstall,
  ]);
  const used = (member: string, key: string): boolean => text.includes(`"${member}":"${key}"`);
  const schedules = modules.scheduledTrigger.map(({ endpoint }) => endpoint);
  const moduleKeys = [
    ...ui.map(([, { key }]) => key),
    ...[modules.trigger, modules.consumer].flat().map(({ key }) => key),
  ];
  return [
    ...resources.filter(({ key }) => !used("resource", key)).map(({ key }) => `resource ${key} is used by nothing`),
    ...modules.function
      .filter(({ key }) => !used("function", key))
      .map(({ key }) => `function ${key} is used by nothing`),
    ...modules.endpoint
      .filter(({ key }) => !used("endpoint", key) && !schedules.includes(key))
      .map(({ key }) => `endpoint ${key} is used by nothing`),
    ...[...resources, ...remotes, ...modules.function, ...modules.endpoint]
      .filter(({ key }) => key.length > MOST_KEY_CHARACTERS)
      .map(({ key }) => `key ${key} is too long`),
    ...moduleKeys.filter((key) => key.length > MOST_MODULE_KEY_CHARACTERS).map((key) => `key ${key} is too long`),
  ];
}
