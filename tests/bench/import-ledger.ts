/** What recording costs on a real PostgreSQL, against COPY of the very rows that it left behind. Reading the export is not in it. */
import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ItemPart } from "@stageledger/core";
import { type Database, type RecordedRevision, recordFacts, recordStageMap } from "@stageledger/db";
import { sql } from "kysely";
import { aPart } from "../support/a-part.ts";
import { aStageMap } from "../support/a-stage-map.ts";
import { anEntry } from "../support/an-entry.ts";
import { anItem, movesFrom } from "../support/an-item.ts";
import { aTenant } from "../support/database/a-tenant.ts";
import { DAY, HOUR, utc } from "../support/moments.ts";
import { onAServer } from "./on-a-server.ts";
import { median, type Result } from "./result.ts";

const ITEMS = 20_000;
const ENTRIES_AN_ITEM = 3;
const PEOPLE = 100;
const BATCH_ITEMS = 1000;
const BATCH_ENTRIES = 5000;

const TABLES = [
  ...(["flow.item", "flow.item_fact", "flow.timeline"] as const),
  ...(["ledger.entry_revision", "ledger.entry", "ledger.posting", "ledger.cell"] as const),
];

/** Through the whole board within nine days; begun over half a year. */
function item(place: number): ItemPart {
  const at = (hours: number): string => new Date(begunAt(place) + hours * HOUR).toISOString().slice(0, 16);
  const changes = movesFrom("Backlog", [at(5), "Build"], [at(80), "Review"], [at(130), "Test"], [at(200), "Done"]);
  return aPart(
    anItem({ id: `jira:${place}`, key: `P-${place}`, project: `P-${place % 10}`, createdAt: begunAt(place), changes }),
  );
}

function begunAt(place: number): number {
  return utc("2026-03-02T09:00") + (place % 180) * DAY;
}

function revision(place: number): RecordedRevision {
  const itemPlace = Math.floor(place / ENTRIES_AN_ITEM);
  const date = Math.floor(begunAt(itemPlace) / DAY) + (place % ENTRIES_AN_ITEM) * 3;
  const person = String(place % PEOPLE).padStart(12, "0");
  return {
    entryId: randomUUID(),
    contributor: `00000000-0000-4000-8000-${person}`,
    number: 1,
    change: "created",
    entry: anEntry({ itemId: `jira:${itemPlace}`, project: `P-${itemPlace % 10}`, date, minutes: 15 + (place % 90) }),
    importId: undefined,
  };
}

function batches<T>(count: number, size: number, make: (place: number) => T): T[][] {
  return Array.from({ length: Math.ceil(count / size) }, (_, batch) =>
    Array.from({ length: Math.min(size, count - batch * size) }, (_, i) => make(batch * size + i)),
  );
}

/** Milliseconds. What is recorded is made before the clock runs. */
async function record(database: Database): Promise<number> {
  const { tenantId } = await aTenant(database, { zone: "UTC" });
  await recordStageMap(database, tenantId, aStageMap());
  const items = batches(ITEMS, BATCH_ITEMS, item);
  const entries = batches(ITEMS * ENTRIES_AN_ITEM, BATCH_ENTRIES, revision);
  const startedAt = performance.now();
  for (const batch of items) await recordFacts(database, tenantId, { items: batch, statuses: [], entries: [] });
  for (const batch of entries) await recordFacts(database, tenantId, { items: [], statuses: [], entries: batch });
  return performance.now() - startedAt;
}

/** Milliseconds to copy what was recorded into empty tables of the same columns, constraints and indexes. */
async function copy({ kysely }: Database, folder: string): Promise<number> {
  const copies = TABLES.map((table) => ({
    table,
    file: join(folder, table),
    name: `copied.${table.replace(".", "_")}`,
  }));
  await sql`drop schema if exists copied cascade`.execute(kysely);
  await sql`create schema copied`.execute(kysely);
  for (const { table, file, name } of copies) {
    await sql.raw(`copy (select * from ${table}) to '${file}'`).execute(kysely);
    await sql.raw(`create table ${name} (like ${table} including all)`).execute(kysely);
  }
  const startedAt = performance.now();
  for (const { file, name } of copies) await sql.raw(`copy ${name} from '${file}'`).execute(kysely);
  return performance.now() - startedAt;
}

export function importSpeed(rounds: number): Promise<Result> {
  return onAServer(async (database, folder) => {
    const copies = join(folder, "copies");
    // The server writes and reads the copies, and is another user.
    mkdirSync(copies);
    chmodSync(copies, 0o777);
    const tables = TABLES.join(", ");
    for (const table of TABLES)
      await sql.raw(`drop trigger if exists never_emptied on ${table}`).execute(database.kysely);
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await sql.raw(`truncate ${tables} cascade`).execute(database.kysely);
      const recorded = await record(database);
      ratios.push((await copy(database, copies)) / recorded);
    }
    return {
      name: "recording items and entries, in speed",
      ratio: median(ratios),
      limit: { atLeast: 0.2 },
      baseline: `COPY of the rows of ${ITEMS} items and ${ITEMS * ENTRIES_AN_ITEM} entries into equal tables with equal indexes`,
    };
  });
}
