/** `stageledger connections sync`: compares with the sources now, and records what is different. */
import type { BackFilled } from "@stageledger/asana-sync";
import { StageledgerError } from "@stageledger/core";
import { Command } from "commander";
import { addLedgerOptions, type LedgerOptions } from "../access/with-ledger.ts";
import { harmless } from "../analyse/output/harmless.ts";
import { type Progress, progressOn } from "../analyse/progress.ts";
import { type DescribedSite, describeSites } from "../jira-sync/connect/describe-sites.ts";
import { backFillInWords } from "./back-fill-in-words.ts";
import { type CliContext, Ended } from "./cli-context.ts";
import { showBackFill } from "./show-back-fill.ts";
import { siteFilledInWords } from "./site-filled-in-words.ts";
import { stoppable } from "./stoppable.ts";
import { type Sync, syncLog, withKnownSync } from "./with-sync.ts";

const INCOMPLETE = 1;
const STOPPED = "Stopped. What was recorded stays; the next run goes on.";

interface SyncOptions extends LedgerOptions {
  readonly workspace?: string;
  readonly full?: boolean;
  readonly acceptDeleted?: boolean;
  readonly json?: boolean;
}

interface Synced {
  readonly workspace: string;
  readonly words: string;
  readonly counts: object;
  readonly problemCode: string | undefined;
}

export function syncCommand(context: CliContext): Command {
  const command = new Command("sync")
    .description("Compare with the sources now, and record what is different.")
    .option("--workspace <id>", "only this one: a workspace's number, or the id of an installation in Jira")
    .option("--full", "look at every task, issue and entry, whenever that was done last")
    .option("--accept-deleted", "what cannot be read any more was deleted, however much it is")
    .option("--json", "print the counts as JSON");
  return addLedgerOptions(command).action((options: SyncOptions) =>
    stoppable(context, STOPPED, (signal) => syncNow(context, options, signal)),
  );
}

/** Ends with 1 when something could not be read. */
async function syncNow(context: CliContext, options: SyncOptions, signal: AbortSignal): Promise<void> {
  const progress = progressOn(context.stderr, () => performance.now());
  const synced = await withKnownSync(context, options, signal, async (sync) => {
    const sites = await describeSites(sync.database, sync.tenantId);
    const meant = sites.filter(({ installationId }) => (options.workspace ?? installationId) === installationId);
    const isSite = options.workspace !== undefined && meant.length > 0;
    const workspaces = isSite ? [] : await syncWorkspaces(sync, options, sites, signal, progress);
    const filled: Synced[] = [...workspaces];
    for (const { connectionId, installationId } of meant)
      filled.push(await syncSite(context, sync, { connectionId, installationId }, options, signal, progress));
    return filled;
  });
  if (synced === undefined) throw nothingConnected();
  if (options.json === true) {
    context.stdout.write(`${JSON.stringify({ connections: synced.map(({ counts }) => counts) }, null, 2)}\n`);
  } else {
    const words = synced.map(({ workspace, words: told }) => `${synced.length > 1 ? `${workspace}\n` : ""}${told}`);
    context.stdout.write(harmless(words.join("\n")));
  }
  if (synced.some(({ problemCode }) => problemCode !== undefined)) throw new Ended(INCOMPLETE);
}

/** @throws StageledgerError CONNECTION_UNKNOWN when nothing is connected, or nothing of that name */
async function syncWorkspaces(
  sync: Sync,
  options: SyncOptions,
  sites: readonly DescribedSite[],
  signal: AbortSignal,
  progress: Progress,
): Promise<readonly Synced[]> {
  const wanted = options.workspace;
  const { backFill, listKnownConnections, oneConnection } = await import("@stageledger/asana-sync");
  const known = await listKnownConnections(sync.context, sync.tenantId);
  const ids = [...known.map(({ connection }) => connection.workspace), ...sites.map((site) => site.installationId)];
  if (ids.length === 0) throw nothingConnected();
  if (wanted !== undefined && known.length === 0) {
    throw new StageledgerError("CONNECTION_UNKNOWN", "That workspace or site is not connected.", {
      next: `Connected are: ${ids.join(", ")}.`,
    });
  }
  const synced: Synced[] = [];
  for (const { connection } of wanted === undefined ? known : [oneConnection(known, wanted)]) {
    const { connectionId, workspace } = connection;
    const job = { tenantId: sync.tenantId, connectionId };
    const filled = await showBackFill(progress, "tasks", (told) =>
      backFill(sync.context, job, signal, told, lookOf(options)),
    );
    const { problemCode } = filled;
    synced.push({ workspace, words: backFillInWords(filled), counts: countsOf(workspace, filled), problemCode });
  }
  return synced;
}

function nothingConnected(): StageledgerError {
  return new StageledgerError("CONNECTION_UNKNOWN", "Nothing is connected.", {
    next: "Begin with: stageledger connect asana, or connect jira",
  });
}

function lookOf({ full, acceptDeleted }: SyncOptions): { readonly isFull: boolean; readonly acceptsDeleted: boolean } {
  return { isFull: full === true, acceptsDeleted: acceptDeleted === true };
}

function countsOf(workspace: string, filled: BackFilled): object {
  const { tally, bells, unread, doubtful: itemsInDoubt, problemCode, hasTimeTracking } = filled;
  const { waiting: bellsWaiting, parked: bellsParked } = bells;
  return {
    workspace,
    ...tally,
    ...{ bellsWaiting, bellsParked, itemsInDoubt, unread },
    problemCode: problemCode ?? null,
    hasTimeTracking,
  };
}

async function syncSite(
  context: CliContext,
  sync: Sync,
  { connectionId, installationId }: { readonly connectionId: string; readonly installationId: string },
  options: SyncOptions,
  signal: AbortSignal,
  progress: Progress,
): Promise<Synced> {
  const { openJiraSyncContext } = await import("./jira-sync-context.ts");
  const { backFillJira } = await import("../jira-sync/connect/back-fill.ts");
  const jira = await openJiraSyncContext(context, { ...sync, log: syncLog(context), signal });
  try {
    const job = { tenantId: sync.tenantId, connectionId };
    const filled = await showBackFill(progress, "issues", (told) =>
      backFillJira(jira, job, signal, told, lookOf(options)),
    );
    const { tally, bells, doubtful: itemsInDoubt, problemCode } = filled;
    const { items, moves, entries } = tally;
    const { waiting: bellsWaiting, parked: bellsParked } = bells;
    const counts = { workspace: installationId, items, moves, entries, bellsWaiting, bellsParked, itemsInDoubt };
    return {
      workspace: installationId,
      words: siteFilledInWords(filled),
      counts: { ...counts, problemCode: problemCode ?? null },
      problemCode,
    };
  } finally {
    await jira.close();
  }
}
