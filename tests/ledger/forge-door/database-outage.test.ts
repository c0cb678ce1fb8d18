import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entry } from "@stageledger/core/contract/entries";
import { migrate, openDatabase } from "@stageledger/db";
import { expect, onTestFinished, test } from "vitest";
import { startPostgres } from "../../support/database/postgres-server.ts";
import { aForgeDoor, aPerson, ITEM } from "../../support/forge/a-forge-door.ts";

const ENTRIES = `/forge/v1/items/${ITEM}/entries`;

test("while the database is away a call is put off (503), and nothing of the fault is told", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stageledger-postgres-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const server = await startPostgres(folder);
  const database = await openDatabase({ kind: "postgres", url: `${server.url}/postgres` });
  onTestFinished(() => database.close());
  await migrate(database, 0);
  const door = await aForgeDoor(database);
  const ada = aPerson(door);
  await ada.told(entry, ENTRIES, { body: { minutes: 60 } });
  await server.stop();
  const told = await ada.refused(ENTRIES, { body: { minutes: 60 } });
  expect(told).toEqual({
    type: "urn:stageledger:error:DATABASE_UNREACHABLE",
    title: "Service Unavailable",
    status: 503,
    code: "DATABASE_UNREACHABLE",
    detail: "The database cannot answer now.",
    next: "Try again in a moment: nothing was recorded.",
    requestId: "none",
  });
  expect(door.log).toEqual([expect.stringContaining('"code":"DATABASE_UNREACHABLE"')]);
});
