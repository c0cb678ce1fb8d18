/** What the parts of this app work with; built in one place, and handed in. */
import type { Database, MasterKey, RandomBytes } from "@stageledger/db";
import type { Log, Pacing } from "@stageledger/sync";
import type { AsanaGateway } from "./asana/gateway.ts";

export interface SyncContext {
  readonly database: Database;
  readonly masterKey: MasterKey;
  readonly pacing: Pacing;
  readonly random: RandomBytes;
  /** A new UUID. */
  readonly newId: () => string;
  readonly log: Log;
  /** Where Asana can reach this server, without a slash at its end; undefined while it cannot: then only reconcile finds changes. */
  readonly publicUrl: string | undefined;
  /** @param credentials as they were sealed; `save` keeps renewed ones */
  readonly openGateway: (
    connectionId: string,
    credentials: string,
    save: (credentials: string) => Promise<void>,
  ) => AsanaGateway;
  readonly timing: Timing;
}

/** All in milliseconds. */
export interface Timing {
  /** Between two reconciles of a connection. */
  readonly reconcileEvery: number;
  /** Between two sweeps over all tasks of a project. */
  readonly sweepEvery: number;
  /** Between two lists of all entries of a project, whenever they were entered for. */
  readonly listAllEntriesEvery: number;
  /** Between two looks at the webhooks. */
  readonly keepEvery: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const DEFAULT_TIMING: Timing = {
  reconcileEvery: 15 * MINUTE,
  sweepEvery: HOUR,
  listAllEntriesEvery: 7 * 24 * HOUR,
  keepEvery: 2 * HOUR,
};
