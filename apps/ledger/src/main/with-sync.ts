/** Opens the ledger and the Asana side for one command. */
import type { SyncContext } from "@stageledger/asana-sync";
import { type Ledger, type LedgerOptions, withKnownLedger, withLedger } from "../access/with-ledger.ts";
import type { CliContext } from "./cli-context.ts";
import { serverSettings } from "./server-settings.ts";

export interface Sync extends Ledger {
  readonly context: SyncContext;
}

/** @throws StageledgerError as withLedger, PUBLIC_URL_UNUSABLE, REDIS_UNREACHABLE */
export function withSync<T>(
  context: CliContext,
  options: LedgerOptions,
  signal: AbortSignal,
  work: (sync: Sync) => Promise<T>,
): Promise<T> {
  return withLedger(context, options, (ledger) => workIn(context, ledger, signal, work));
}

/** Undefined where no ledger has begun: none is begun for it. @throws StageledgerError as withSync */
export function withKnownSync<T>(
  context: CliContext,
  options: LedgerOptions,
  signal: AbortSignal,
  work: (sync: Sync) => Promise<T>,
): Promise<T | undefined> {
  return withKnownLedger(context, options, (ledger) => workIn(context, ledger, signal, work));
}

async function workIn<T>(
  context: CliContext,
  ledger: Ledger,
  signal: AbortSignal,
  work: (sync: Sync) => Promise<T>,
): Promise<T> {
  const settings = serverSettings(context.env);
  // Loaded when it is needed: most commands ask no vendor, and it takes as long as all the rest.
  const { openSyncContext } = await import("./sync-context.ts");
  const log = syncLog(context);
  const sync = await openSyncContext(context, { ...ledger, settings, log, signal });
  try {
    return await work({ ...ledger, context: sync });
  } finally {
    await sync.close();
  }
}

/** Events, ids and codes, for whoever looks for a fault. */
export function syncLog({ env, stderr }: CliContext): SyncContext["log"] {
  if (env.STAGELEDGER_DEBUG === undefined) return () => undefined;
  return (event, details) => void stderr.write(`${JSON.stringify({ event, ...details })}\n`);
}
