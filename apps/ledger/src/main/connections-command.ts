/** `stageledger connections`: what is connected and how it goes; `sync` compares it now. */
import type { BackFilled, DescribedConnection } from "@stageledger/asana-sync";
import { Command } from "commander";
import { addLedgerOptions, type LedgerOptions, withLedger } from "../access/with-ledger.ts";
import { harmless } from "../analyse/output/harmless.ts";
import { wrap } from "../analyse/output/wrap.ts";
import { progressOn } from "../analyse/progress.ts";
import { counted } from "../analyse/words.ts";
import { describeSites } from "../jira-sync/connect/describe-sites.ts";
import { backFillInWords, showBackFill } from "./back-fill-in-words.ts";
import { type CliContext, Ended } from "./cli-context.ts";
import { siteAsJson, siteInWords } from "./sites-in-words.ts";
import { stoppable } from "./stoppable.ts";
import { withSync } from "./with-sync.ts";

const WIDTH = 80;
const INDENT = "  ";
const INCOMPLETE = 1;

export function connectionsCommand(context: CliContext): Command {
  const command = new Command("connections")
    .description("What is connected, and how it goes. `doctor` says what to do.")
    .enablePositionalOptions()
    .option("--json", "print the connections as JSON");
  command.addCommand(syncCommand(context));
  return addLedgerOptions(command).action(async (options: LedgerOptions & { readonly json?: boolean }) => {
    const { agoText, describeConnections } = await import("@stageledger/asana-sync");
    const { connections, sites } = await withLedger(context, options, async (ledger) => ({
      connections: await describeConnections(ledger, ledger.tenantId),
      sites: await describeSites(ledger.database, ledger.tenantId),
    }));
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

const STOPPED = "Stopped. What was recorded stays; the next run goes on.";

function syncCommand(context: CliContext): Command {
  const command = new Command("sync")
    .description("Compare with the source now, and record what is different.")
    .option("--workspace <workspace>", "only this one, by its number")
    .option("--full", "look at every task and entry, whenever that was done last")
    .option("--json", "print the counts as JSON");
  return addLedgerOptions(command).action((options: SyncOptions) =>
    stoppable(context, STOPPED, (signal) => syncNow(context, options, signal)),
  );
}

interface SyncOptions extends LedgerOptions {
  readonly workspace?: string;
  readonly full?: boolean;
  readonly json?: boolean;
}

/** Ends with 1 when something could not be read. */
async function syncNow(context: CliContext, options: SyncOptions, signal: AbortSignal): Promise<void> {
  const { backFill, listKnownConnections, oneConnection } = await import("@stageledger/asana-sync");
  const progress = progressOn(context.stderr, () => performance.now());
  const synced: (BackFilled & { readonly workspace: string })[] = [];
  await withSync(context, options, signal, async (sync) => {
    const known = await listKnownConnections(sync.context, sync.tenantId);
    const meant =
      known.length > 0 && options.workspace === undefined ? known : [oneConnection(known, options.workspace)];
    for (const { connection } of meant) {
      const job = { tenantId: sync.tenantId, connectionId: connection.connectionId };
      const filled = await showBackFill(backFill, sync.context, job, signal, progress, options.full === true);
      synced.push({ ...filled, workspace: connection.workspace });
    }
  });
  if (options.json === true) {
    context.stdout.write(`${JSON.stringify({ connections: synced.map(countsOf) }, null, 2)}\n`);
  } else {
    const words = synced.map(
      (filled) => `${synced.length > 1 ? `${filled.workspace}\n` : ""}${backFillInWords(filled)}`,
    );
    context.stdout.write(harmless(words.join("\n")));
  }
  if (synced.some(({ problemCode }) => problemCode !== undefined)) throw new Ended(INCOMPLETE);
}

function countsOf({
  workspace,
  tally,
  bells,
  unread,
  problemCode,
  hasTimeTracking,
}: BackFilled & { readonly workspace: string }) {
  const { waiting: bellsWaiting, parked: bellsParked } = bells;
  return { workspace, ...tally, bellsWaiting, bellsParked, unread, problemCode: problemCode ?? null, hasTimeTracking };
}

function inWords(connection: DescribedConnection, ago: (instant: number | undefined) => string): string {
  const { workspace, state, problemCode, projects, projectsWithWebhook, comparedAt } = connection;
  const { bellsWaiting, bellsParked, hasTimeTracking } = connection;
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
