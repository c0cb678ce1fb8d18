/** Databases for tests: the same tests over both engines, each with a migrated database that the tests share by tenants. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "@stageledger/db";
import { afterAll, beforeAll, describe } from "vitest";
import { migratedFolder, migratedServerData } from "./migrated-data.ts";
import { startPostgres } from "./postgres-server.ts";

type EngineName = "embedded" | "postgres";

/** What the tests of one engine work with. Asked for inside a test: the database opens before the first one. */
export interface Engine {
  readonly name: EngineName;
  readonly database: Database;
  /** Of the database, for other processes; undefined on the embedded engine. */
  readonly url: string | undefined;
}

/** Runs the same tests on PostgreSQL and on PGlite. */
export function onBothEngines(tests: (engine: () => Engine) => void): void {
  onEngine("postgres", tests);
  onEngine("embedded", tests);
}

/** For what only a server has, or what is the same above both engines. */
export function onPostgres(tests: (engine: () => Engine) => void): void {
  onEngine("postgres", tests);
}

function onEngine(name: EngineName, tests: (engine: () => Engine) => void): void {
  describe(`on ${name}`, () => {
    let opened: (Engine & { close(): Promise<void> }) | undefined;
    beforeAll(async () => {
      opened = name === "postgres" ? await openServer() : await openFolder();
    });
    afterAll(() => opened?.close());
    tests(() => {
      if (opened === undefined)
        throw new Error("The database opens before the first test, not while tests are collected.");
      return opened;
    });
  });
}

async function openServer(): Promise<Engine & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "stageledger-postgres-"));
  const server = await startPostgres(folder, { like: await migratedServerData() });
  const url = `${server.url}/postgres`;
  const database = await openDatabase({ kind: "postgres", url });
  return {
    name: "postgres",
    database,
    url,
    close: async () => {
      await database.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openFolder(): Promise<Engine & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "stageledger-embedded-"));
  await migratedFolder(folder);
  const database = await openDatabase({ kind: "embedded", folder });
  return {
    name: "embedded",
    database,
    url: undefined,
    close: async () => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
