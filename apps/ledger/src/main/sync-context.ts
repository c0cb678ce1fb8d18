/** What the Asana side works with, built for a command or a server. */
import {
  DEFAULT_TIMING,
  gatewayOpener,
  type Limiters,
  processLimiters,
  redisLimiters,
  type SyncContext,
} from "@stageledger/asana-sync";
import type { Database, MasterKey } from "@stageledger/db";
import { type Log, realPacing } from "@stageledger/sync";
import type { CliContext } from "./cli-context.ts";
import type { ServerSettings } from "./server-settings.ts";

export interface SyncSurroundings {
  readonly database: Database;
  readonly masterKey: MasterKey;
  readonly settings: ServerSettings;
  readonly log: Log;
  /** Ends every call to Asana and every wait for one. */
  readonly signal: AbortSignal;
}

/** Close it when the work is done. @throws StageledgerError REDIS_UNREACHABLE */
export async function openSyncContext(
  { random, newId, now }: CliContext,
  { database, masterKey, settings, log, signal }: SyncSurroundings,
): Promise<SyncContext & { close(): Promise<void> }> {
  const pacing = { ...realPacing, now };
  const { redisUrl, asanaUrl: baseUrl, publicUrl } = settings;
  const limiters: Limiters =
    redisUrl === undefined ? processLimiters(pacing) : await redisLimiters(redisUrl, pacing, newId);
  const tokenUrl = baseUrl === undefined ? undefined : new URL(baseUrl).origin;
  return {
    database,
    masterKey,
    pacing,
    random,
    newId,
    log,
    publicUrl,
    timing: DEFAULT_TIMING,
    openGateway: gatewayOpener({ baseUrl, tokenUrl, limiters, pacing, signal, log }),
    close: () => limiters.close(),
  };
}
