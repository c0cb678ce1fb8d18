/** A desk at which somebody connects Asana: a fake Asana, an empty folder, and the command line with a token. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, listTenantIds, MasterKey, openDatabase } from "@stageledger/db";
import { sql } from "kysely";
import { afterAll, beforeAll } from "vitest";
import { migratedServerData } from "../database/migrated-data.ts";
import { startPostgres } from "../database/postgres-server.ts";
import { stageledgerInProcess } from "../stageledger-in-process.ts";
import type { EndedProcess } from "../stageledger-process.ts";
import { aFolder } from "../temporary-folder.ts";
import { type AsanaInTest, aFakeAsana } from "./a-fake-asana.ts";

const DAY = 86_400_000;
/** The command line works by the machine's clock: what it reads happened in the weeks before. */
const DAYS_AGO = 28;

export interface Desk extends AsanaInTest {
  readonly folder: string;
  /** Runs a command in the folder, with the token unless said otherwise. */
  run(words: readonly string[], variables?: Readonly<Record<string, string>>): Promise<EndedProcess>;
  /** The variables that a command gets. */
  readonly variables: Readonly<Record<string, string>>;
  /** Opens the ledger that the commands made; embedded data only while none of them runs. @param folder another than the desk's */
  inLedger<T>(look: (database: Database, tenantId: string) => Promise<T>, folder?: string): Promise<T>;
}

type DeskOptions = Parameters<typeof aFakeAsana>[0];

/** With embedded data. */
export function aDesk(options: DeskOptions = {}): Promise<Desk> {
  return deskWith({}, options);
}

/**
 * Desks whose commands work on a PostgreSQL server, each on a database of its own that is migrated already: they start in a
 * quarter of the time. Called once in a file, outside of its tests.
 */
export function desksOnAServer(): (options?: DeskOptions) => Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), "stageledger-postgres-"));
  let server: Awaited<ReturnType<typeof startPostgres>> | undefined;
  let desks = 0;
  const besides = async (statement: string): Promise<void> => {
    const other = await openDatabase({ kind: "postgres", url: `${server?.url}/template1` });
    await sql.raw(statement).execute(other.kysely);
    await other.close();
  };
  beforeAll(async () => {
    server = await startPostgres(folder, { like: await migratedServerData() });
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return async (options = {}) => {
    desks += 1;
    await besides(`create database desk_${desks} template postgres`);
    const variables = {
      DATABASE_URL: `${server?.url}/desk_${desks}`,
      STAGELEDGER_MASTER_KEY: MasterKey.generate(randomBytes),
    };
    return deskWith(variables, options);
  };
}

async function deskWith(more: Readonly<Record<string, string>>, options: DeskOptions): Promise<Desk> {
  const fake = await aFakeAsana({ startsAt: new Date(Date.now() - DAYS_AGO * DAY).toISOString(), ...options });
  const folder = aFolder();
  const variables = { ASANA_BASE_URL: fake.asana.apiUrl, ASANA_TOKEN: "personal-token", TZ: "UTC", ...more };
  const url = more.DATABASE_URL;
  return {
    ...fake,
    folder,
    variables,
    run: (words, others = {}) => stageledgerInProcess(words, { folder, variables: { ...variables, ...others } }),
    inLedger: async (look, elsewhere = folder) => {
      const database = await openDatabase(
        url === undefined ? { kind: "embedded", folder: join(elsewhere, "data/ledger") } : { kind: "postgres", url },
      );
      try {
        const [tenantId = ""] = await listTenantIds(database);
        return await look(database, tenantId);
      } finally {
        await database.close();
      }
    },
  };
}

/** A task that was made, worked on, and ticked off in Done, with this many minutes logged; undefined for none. */
export function aDoneTask({ world, clock, project, sections }: AsanaInTest, minutes?: number): string {
  const task = world.createTask({ project });
  clock.advance(DAY / 24);
  world.moveToSection(task, sections.build);
  if (minutes !== undefined) world.logTime(task, { minutes, enteredOn: dayOf(clock.now()) });
  clock.advance(DAY / 24);
  world.moveToSection(task, sections.done);
  world.complete(task);
  return task;
}

export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** Every row of every table, as text. */
export async function dumpOf({ kysely }: Database): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('control', 'inbox', 'flow', 'ledger', 'published')`.execute(kysely);
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`select one::text as row from ${sql.raw(name)} one`.execute(kysely);
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join("\n");
}
