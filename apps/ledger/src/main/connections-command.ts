/** `stageledger connections`: what is connected and how it goes; `sync` compares it now. */
import type { DescribedConnection } from "@stageledger/asana-sync";
import { counted } from "@stageledger/core/contract/figure-text";
import { agoText } from "@stageledger/sync";
import { Command } from "commander";
import { addLedgerOptions, type LedgerOptions, withKnownLedger } from "../access/with-ledger.ts";
import { harmless } from "../analyse/output/harmless.ts";
import { wrap } from "../analyse/output/wrap.ts";
import { describeSites } from "../jira-sync/connect/describe-sites.ts";
import type { CliContext } from "./cli-context.ts";
import { siteAsJson, siteInWords } from "./sites-in-words.ts";
import { syncCommand } from "./sync-command.ts";

const WIDTH = 80;
const INDENT = "  ";

export function connectionsCommand(context: CliContext): Command {
  const command = new Command("connections")
    .description("What is connected, and how it goes. `doctor` says what to do.")
    .enablePositionalOptions()
    .option("--json", "print the connections as JSON");
  command.addCommand(syncCommand(context));
  return addLedgerOptions(command).action(async (options: LedgerOptions & { readonly json?: boolean }) => {
    const { describeConnections } = await import("@stageledger/asana-sync");
    const described = await withKnownLedger(context, options, async (ledger) => ({
      connections: await describeConnections(ledger, ledger.tenantId),
      sites: await describeSites(ledger.database, ledger.tenantId),
    }));
    const { connections, sites } = described ?? { connections: [], sites: [] };
    if (options.json === true) {
      const all = [...connections.map(asJson), ...sites.map(siteAsJson)];
      context.stdout.write(`${JSON.stringify({ connections: all }, null, 2)}\n`);
      return;
    }
    const ago = (instant: number | undefined): string => agoText(instant, context.now());
    const words = [
      ...connections.map((connection) => inWords(connection, ago)),
      ...sites.map((site) => siteInWords(site, ago)),
    ];
    context.stdout.write(words.length === 0 ? NOTHING : harmless(words.join("\n")));
  });
}

const NOTHING = "Nothing is connected. Begin with: stageledger connect asana, or connect jira\n";

function inWords(connection: DescribedConnection, ago: (instant: number | undefined) => string): string {
  const { workspace, state, problemCode, projects, projectsWithWebhook, comparedAt } = connection;
  const { bellsWaiting, bellsParked, itemsInDoubt, hasTimeTracking } = connection;
  const names = [...new Set(projects.map(({ project }) => project))];
  const isAlive = projectsWithWebhook === projects.length && projects.length > 0;
  const webhooks = isAlive
    ? "changes arrive at once"
    : projectsWithWebhook === 0
      ? "changes are found by asking"
      : `${projectsWithWebhook} of ${projects.length} projects tell at once, the others are asked`;
  const lines = [
    `compared ${ago(comparedAt)}; ${webhooks}`,
    ...(hasTimeTracking === false ? ["no time tracking on this plan [ASANA_PLAN]"] : []),
    ...(itemsInDoubt === 0 ? [] : [`${counted(itemsInDoubt, "task")} cannot be read any more: stageledger doctor`]),
    ...(bellsWaiting === 0 ? [] : [`${counted(bellsWaiting, "bell")} to be read`]),
    ...(bellsParked === 0 ? [] : [`${counted(bellsParked, "bell")} parked: stageledger inbox list`]),
  ];
  const states = { new: "not read yet", works: "works", problem: `problem [${problemCode}]` };
  return [
    `Asana ${workspace}: ${states[state]}`,
    ...wrap(`${counted(projects.length, "project")}: ${names.join(", ")}`, WIDTH, INDENT),
    ...lines.map((line) => `${INDENT}${line}`),
    "",
  ].join("\n");
}

function asJson(connection: DescribedConnection) {
  const { connectionId, problemCode, comparedAt, dueAt, oldestBellAt, hasTimeTracking, ...rest } = connection;
  return {
    connection: connectionId,
    source: "asana",
    ...rest,
    problemCode: problemCode ?? null,
    comparedAt: instantText(comparedAt),
    dueAt: instantText(dueAt),
    oldestBellAt: instantText(oldestBellAt),
    hasTimeTracking: hasTimeTracking ?? null,
  };
}

function instantText(instant: number | undefined): string | null {
  return instant === undefined ? null : new Date(instant).toISOString();
}
