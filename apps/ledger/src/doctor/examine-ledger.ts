/** What the doctor looks at, one after the other; it ends at the first thing without which the rest cannot be seen. */
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { StageledgerError, weekText } from "@stageledger/core";
import { counted } from "@stageledger/core/contract/figure-text";
import {
  type Database,
  examineGuards,
  examineTenant,
  findTenantIdByName,
  listTenantIds,
  type MasterKey,
  requireCurrentSchema,
} from "@stageledger/db";
import { masterKeyFromVariable, masterKeyInFolder } from "../access/master-key.ts";
import { type Ledger, type LedgerOptions, openLedgerDatabase } from "../access/with-ledger.ts";
import type { CliContext } from "../main/cli-context.ts";
import { type Check, fault, look, ok } from "./check.ts";

const FOR_OTHERS = 0o077;

export interface DoctorOptions extends LedgerOptions {
  /** True: nothing beyond the database is asked. */
  readonly offline?: boolean;
}

/** What else is looked at in a tenant's ledger, by those who know the tools that people work in. */
export type ExamineMore = (ledger: Ledger, options: { readonly asks: boolean }) => Promise<readonly Check[]>;

export async function examineLedger(
  context: CliContext,
  options: DoctorOptions,
  examineMore: ExamineMore,
): Promise<readonly Check[]> {
  const folder = resolve(options.data);
  const isServer = (context.env.DATABASE_URL ?? "") !== "";
  if (!isServer && !existsSync(join(folder, "postgres"))) {
    return [look("data", "There is no ledger in the data folder yet.", "Begin one: stageledger import jira <file>")];
  }
  const checks: Check[] = isServer ? [] : [...examineFolder(folder)];
  const database = await orFault(checks, "database", () => openLedgerDatabase(context, options));
  if (database === undefined) return checks;
  try {
    await examineDatabase(context, options, database, examineMore, checks);
    return checks;
  } finally {
    await database.close();
  }
}

/** Embedded data are as private as the folder that they lie in. */
function* examineFolder(folder: string): Generator<Check> {
  const isPrivate = (path: string): boolean => (statSync(path).mode & FOR_OTHERS) === 0;
  yield isPrivate(folder)
    ? ok("data folder", "Only its owner may open it.")
    : look("data folder", "Others at this machine may open it.", "Run: chmod 700 on the data folder.");
  const key = join(folder, "master.key");
  if (!existsSync(key)) return;
  yield isPrivate(key)
    ? ok("master key file", "Only its owner may read it. Keep a copy apart from copies of the data.")
    : look("master key file", "Others at this machine may read it.", "Run: chmod 600 on master.key.");
}

async function examineDatabase(
  context: CliContext,
  options: DoctorOptions,
  database: Database,
  examineMore: ExamineMore,
  checks: Check[],
): Promise<void> {
  const isCurrent = await orFault(checks, "schema", async () => {
    await requireCurrentSchema(database);
    return true;
  });
  if (isCurrent === undefined) return;
  checks.push(ok("schema", "It is the one of this version."));
  const guards = await examineGuards(database);
  checks.push(
    database.kind === "embedded"
      ? ok(
          "database",
          `Embedded PostgreSQL ${guards.serverVersion}: roles guard against mistakes, not against who has the files.`,
        )
      : guards.isSuperuser
        ? look(
            "database",
            `PostgreSQL ${guards.serverVersion}; the login is a superuser, whom nothing stops.`,
            "Give DATABASE_URL a login without superuser rights that may set the ledger's roles.",
          )
        : ok("database", `PostgreSQL ${guards.serverVersion}`),
  );
  const unguarded = [...guards.notIsolated, ...guards.changeable];
  checks.push(
    unguarded.length === 0
      ? ok("guards", "Tenants are kept apart, and what is recorded cannot be changed.")
      : look("guards", `Not guarded: ${unguarded.join(", ")}.`, "Run: stageledger migrate"),
  );
  const masterKey = await orFault(checks, "master key", () =>
    database.kind === "embedded"
      ? masterKeyInFolder(resolve(options.data), true, context.random)
      : masterKeyFromVariable(context.env),
  );
  if (masterKey === undefined) return;
  const tenantIds = await chosenTenants(database, options, checks);
  for (const tenantId of tenantIds) {
    const isReadable = await examineOne(context, database, tenantId, masterKey, checks);
    if (!isReadable) continue;
    const more = await orFault(checks, "connections", () =>
      examineMore({ database, tenantId, masterKey }, { asks: options.offline !== true }),
    );
    checks.push(...(more ?? []));
  }
}

async function chosenTenants(
  database: Database,
  { tenant }: LedgerOptions,
  checks: Check[],
): Promise<readonly string[]> {
  if (tenant === undefined) return listTenantIds(database);
  const found = await findTenantIdByName(database, tenant);
  if (found !== undefined) return [found];
  checks.push(look("tenant", "There is no tenant of that name.", "Check --tenant."));
  return [];
}

/** False when its secrets cannot be opened. */
async function examineOne(
  { now }: CliContext,
  database: Database,
  tenantId: string,
  masterKey: MasterKey,
  checks: Check[],
): Promise<boolean> {
  const found = await orFault(checks, "master key", () => examineTenant(database, tenantId, masterKey, now()));
  if (found === undefined) return false;
  const { items, unmappedStatuses, due, isPending } = found;
  checks.push(ok("master key", "It opens what it should."));
  checks.push(
    items === 0
      ? look("items", "Nothing is recorded yet.", "Import a log: stageledger import jira <file>")
      : ok("items", counted(items, "item")),
  );
  checks.push(
    unmappedStatuses.length === 0
      ? ok("stages", "Every status that items are in belongs to a stage.")
      : look(
          "stages",
          `Items are in statuses of no stage: ${unmappedStatuses.join(", ")}.`,
          "Give all stages anew, with these in them: stageledger import jira --stages <file>",
        ),
  );
  const [first] = due.weeksToClose;
  if (isPending) {
    checks.push(
      look("release", "A release was interrupted; nothing of it is shown.", "Finish it: stageledger release"),
    );
  } else if (first !== undefined) {
    checks.push(
      look(
        "release",
        `${counted(due.weeksToClose.length, "week")} settled and not released, from ${weekText(first)} on.`,
        "Run it every week: stageledger release",
      ),
    );
  } else checks.push(ok("release", "Nothing is due."));
  return true;
}

/** Undefined, and a fault more, when it was refused with a code. */
async function orFault<T>(checks: Check[], what: string, examine: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await examine();
  } catch (error) {
    if (!(error instanceof StageledgerError)) throw error;
    checks.push(fault(what, error));
    return undefined;
  }
}
