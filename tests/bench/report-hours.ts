/**
 * What the hours of a report cost on a real PostgreSQL, by ratios of one run: against the query over postings that released
 * atoms stand in for, and against the same report over a tenth of the entries. Run it with `node tests/bench/report-hours.ts`;
 * the exit code is 1 when a ratio misses its limit.
 */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hoursView, reportWindow } from "@stageledger/core";
import {
  type Database,
  inTransaction,
  migrate,
  openDatabase,
  readReportFacts,
  recordStageMap,
  release,
} from "@stageledger/db";
import { sql } from "kysely";
import { aStageMap } from "../support/a-stage-map.ts";
import { aTenant, type TestTenant } from "../support/database/a-tenant.ts";
import { startPostgres } from "../support/database/postgres-server.ts";
import { utc } from "../support/moments.ts";

const MANY_ENTRIES = 1_000_000;
const FEW_ENTRIES = 100_000;
const LEAST_SPEED_UP = 50;
const MOST_GROWTH = 1.3;
const ROUNDS = 25;

/** After the close of the last of the 26 weeks, which begin on 6 April 2026. */
const NOW = utc("2026-10-20T12:00");
const PROJECTS = Array.from({ length: 10 }, (_, i) => `P-${i}`);

/** 100 people in ten projects, all stages and three activities; written by the owner, past the doors that are not measured here. */
async function aLedgerWith(database: Database, entries: number): Promise<TestTenant> {
  const tenant = await aTenant(database, { zone: "UTC" });
  const { tenantId } = tenant;
  await recordStageMap(database, tenantId, aStageMap());
  await sql`
    insert into ledger.contributor (tenant_id, contributor_id, source)
    select ${tenantId}::uuid, md5(${tenantId} || person)::uuid, 'cli' from generate_series(0, 99) as person`.execute(
    database.kysely,
  );
  await sql`
    insert into ledger.posting (tenant_id, entry_id, number, contributor_id, project, stage, activity, week, visibility,
      minutes, is_late)
    select ${tenantId}::uuid, md5(${tenantId} || 'entry' || i)::uuid, 1, md5(${tenantId} || (i / 26) % 100)::uuid,
      'P-' || (i / 26) % 10, (array['Build', 'Review', 'Test'])[1 + (i / 2600) % 3],
      (array['build', 'review', 'meeting'])[1 + (i / 7800) % 3], date '2026-04-06' + 7 * (i % 26), 'private',
      15 + i % 90, false
    from generate_series(1, ${entries}::integer) as i`.execute(database.kysely);
  await sql`
    insert into ledger.cell (tenant_id, week, project, stage, activity, contributor_id, visibility, kind, minutes)
    select tenant_id, week, project, stage, activity, contributor_id, visibility, 'in-time', sum(minutes)
    from ledger.posting where tenant_id = ${tenantId}::uuid
    group by tenant_id, week, project, stage, activity, contributor_id, visibility`.execute(database.kysely);
  await sql`vacuum analyze`.execute(database.kysely);
  const { atoms } = await release(database, tenantId, tenant.masterKey, NOW);
  if (atoms.length === 0) throw new Error("Nothing was released: there is nothing to measure.");
  return tenant;
}

/** The hours as a report reads and shows them. */
async function reportHours(database: Database, tenantId: string): Promise<number> {
  const facts = await readReportFacts(database, tenantId, (zone) => reportWindow(zone, NOW, 8));
  const { projects } = hoursView(facts.atoms, facts.releasedSpans, PROJECTS);
  return projects.reduce((sum, { stages }) => sum + stages.length, 0);
}

/** What a report without releases would ask of the same month: nothing but sums, of what the report shows. */
async function liveHours(database: Database, tenantId: string): Promise<number> {
  const { rows } = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    sql`
      select project, week, stage, activity, sum(minutes) as minutes
      from ledger.posting
      where tenant_id = ${tenantId}::uuid and week between date '2026-08-31' and date '2026-09-21'
      group by grouping sets ((project, week), (project, stage), (project, activity))`.execute(trx),
  );
  return rows.length;
}

async function timed(work: () => Promise<number>): Promise<number> {
  const startedAt = performance.now();
  if ((await work()) === 0) throw new Error("It answered with nothing: there is nothing to measure.");
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function measure(database: Database): Promise<void> {
  const few = await aLedgerWith(database, FEW_ENTRIES);
  const many = await aLedgerWith(database, MANY_ENTRIES);
  const times: Readonly<Record<"few" | "many" | "live", number[]>> = { few: [], many: [], live: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.few.push(await timed(() => reportHours(database, few.tenantId)));
    times.many.push(await timed(() => reportHours(database, many.tenantId)));
    if (round % 5 === 0) times.live.push(await timed(() => liveHours(database, many.tenantId)));
  }
  const [ofFew, ofMany, ofLive] = [median(times.few), median(times.many), median(times.live)];
  const speedUp = ofLive / ofMany;
  const growth = ofMany / ofFew;
  process.stdout.write(
    `hours of a report over ${MANY_ENTRIES} entries: ${speedUp.toFixed(1)} × faster than the live query (at least ${LEAST_SPEED_UP})\n` +
      `the same: ${growth.toFixed(2)} × its time over ${FEW_ENTRIES} entries (at most ${MOST_GROWTH})\n`,
  );
  process.stderr.write(`${ofMany.toFixed(1)} ms, ${ofFew.toFixed(1)} ms, live ${ofLive.toFixed(1)} ms\n`);
  if (speedUp < LEAST_SPEED_UP || growth > MOST_GROWTH) process.exitCode = 1;
}

const folder = mkdtempSync(join(tmpdir(), `stageledger-bench-${randomUUID()}-`));
const server = await startPostgres(folder);
try {
  const database = await openDatabase({ kind: "postgres", url: `${server.url}/postgres` });
  try {
    await migrate(database, 0);
    await measure(database);
  } finally {
    await database.close();
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
