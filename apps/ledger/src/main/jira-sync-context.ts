/** What Jira's side works with, built for a server. */
import type { Database, MasterKey } from "@stageledger/db";
import { type Log, realPacing } from "@stageledger/sync";
import { DEFAULT_JIRA_TIMING, type JiraSyncContext } from "../jira-sync/context.ts";
import { gatewayOpener } from "../jira-sync/jira/gateway-opener.ts";
import { processLimiters } from "../jira-sync/jira/process-limiter.ts";
import type { CliContext } from "./cli-context.ts";
import { serverSettings } from "./server-settings.ts";

interface JiraSurroundings {
  readonly database: Database;
  readonly masterKey: MasterKey;
  readonly log: Log;
  /** Ends every call to Jira and every wait for one. */
  readonly signal: AbortSignal;
}

/** Close it when the work is done. @throws StageledgerError REDIS_UNREACHABLE */
export async function openJiraSyncContext(
  { newId, now, env }: CliContext,
  { database, masterKey, log, signal }: JiraSurroundings,
): Promise<JiraSyncContext & { close(): Promise<void> }> {
  const pacing = { ...realPacing, now };
  const { redisUrl } = serverSettings(env);
  const limiters =
    redisUrl === undefined
      ? processLimiters(pacing)
      : await (await import("../jira-sync/jira/redis-limiter.ts")).redisLimiters(redisUrl, pacing, newId);
  return {
    database,
    masterKey,
    pacing,
    newId,
    log,
    openGateway: gatewayOpener({ limiters, pacing, signal }),
    timing: DEFAULT_JIRA_TIMING,
    close: () => limiters.close(),
  };
}
