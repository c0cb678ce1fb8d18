/** Opens the ledger for one command: the database, its keys and the tenant that is meant. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ReportZone, StageledgerError } from "@stageledger/core";
import {
  createTenant,
  type Database,
  findTenantIdByName,
  getTenant,
  inTransaction,
  listTenantIds,
  type MasterKey,
  migrate,
  openDatabase,
  requireCurrentSchema,
} from "@stageledger/db";
import type { Command } from "commander";
import type { CliContext } from "../main/cli-context.ts";
import { masterKeyFromVariable, masterKeyInFolder } from "./master-key.ts";

export interface LedgerOptions {
  readonly data: string;
  readonly tenant?: string;
  readonly zone?: string;
}

export interface Ledger {
  readonly database: Database;
  readonly tenantId: string;
  readonly masterKey: MasterKey;
}

const DEFAULT_FOLDER = "data/ledger";
const DEFAULT_NAME = "My organisation";

const DATA_OPTION = ["--data <folder>", "embedded data, unless DATABASE_URL is set", DEFAULT_FOLDER] as const;

export function addLedgerOptions(command: Command): Command {
  return command
    .option("--tenant <name>", "whose ledger; not needed while there is one only")
    .option("--zone <zone>", "time zone of a ledger that begins (default: here's)")
    .option(...DATA_OPTION);
}

/** For what works for all tenants at once. */
export function addDataOption(command: Command): Command {
  return command.option(...DATA_OPTION);
}

/**
 * A ledger that has no tenant yet gets one, in the time zone of this machine.
 *
 * @throws StageledgerError DATABASE_…, MASTER_KEY_…, TENANT_UNKNOWN, TENANT_AMBIGUOUS
 */
export async function withLedger<T>(
  context: CliContext,
  options: LedgerOptions,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const database = await openLedgerDatabase(context, options);
  try {
    return await workIn(context, options, database, await tenantsOf(context, database), work);
  } finally {
    await database.close();
  }
}

/**
 * Undefined where no ledger has begun: what only looks, or ends something, begins none.
 *
 * @throws StageledgerError as withLedger
 */
export async function withKnownLedger<T>(
  context: CliContext,
  options: LedgerOptions,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T | undefined> {
  const isServer = (context.env.DATABASE_URL ?? "") !== "";
  if (!isServer && !existsSync(join(resolve(options.data), "postgres"))) return undefined;
  const database = await openLedgerDatabase(context, options);
  try {
    const tenantIds = await tenantsOf(context, database);
    return tenantIds.length === 0 ? undefined : await workIn(context, options, database, tenantIds, work);
  } finally {
    await database.close();
  }
}

async function workIn<T>(
  context: CliContext,
  options: LedgerOptions,
  database: Database,
  tenantIds: readonly string[],
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const masterKey =
    database.kind === "embedded"
      ? masterKeyInFolder(resolve(options.data), tenantIds.length > 0, context.random)
      : masterKeyFromVariable(context.env);
  const tenantId = await chooseTenant(database, tenantIds, masterKey, options, context);
  await refuseOtherZone(database, tenantId, options.zone);
  return work({ database, tenantId, masterKey });
}

async function tenantsOf({ now }: CliContext, database: Database): Promise<readonly string[]> {
  if (database.kind === "embedded") await migrate(database, now());
  else await requireCurrentSchema(database);
  return listTenantIds(database);
}

/** Days that were recorded in one zone mean something else in another. @throws StageledgerError SETTING_INVALID */
async function refuseOtherZone(database: Database, tenantId: string, wanted: string | undefined): Promise<void> {
  if (wanted === undefined) return;
  const { zone } = await inTransaction(database, { role: "person", tenantId }, (trx) => getTenant(trx, tenantId));
  if (ReportZone.find(wanted)?.id === zone.id) return;
  throw new StageledgerError("SETTING_INVALID", `The ledger has the time zone ${zone.id} since it began.`, {
    next: "Leave out --zone, or begin another ledger with --data or --tenant.",
  });
}

/** @throws StageledgerError DATABASE_UNREACHABLE, DATABASE_IN_USE, DATABASE_FOLDER_UNUSABLE */
export function openLedgerDatabase({ env }: CliContext, { data }: LedgerOptions): Promise<Database> {
  const url = env.DATABASE_URL;
  return openDatabase(
    url === undefined || url === "" ? { kind: "embedded", folder: resolve(data) } : { kind: "postgres", url },
  );
}

async function chooseTenant(
  database: Database,
  tenantIds: readonly string[],
  masterKey: MasterKey,
  { tenant, zone: wanted }: LedgerOptions,
  context: CliContext,
): Promise<string> {
  if (tenantIds.length === 0) {
    const tenantId = context.newId();
    const zone = wanted ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const name = tenant ?? DEFAULT_NAME;
    await createTenant(database, { tenantId, name, zone, isDemo: false }, masterKey, context.random, context.now());
    context.stderr.write(`A ledger was begun for "${name}", time zone ${zone}.\n`);
    return tenantId;
  }
  if (tenant !== undefined) {
    const found = await findTenantIdByName(database, tenant);
    if (found !== undefined) return found;
    throw new StageledgerError("TENANT_UNKNOWN", "There is no tenant of that name.", { next: "Check --tenant." });
  }
  const [only, ...others] = tenantIds;
  if (only !== undefined && others.length === 0) return only;
  throw new StageledgerError("TENANT_AMBIGUOUS", "This database has several tenants.", {
    next: "Say which one with --tenant.",
  });
}
