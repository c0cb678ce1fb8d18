/** What the hours of a report cost on a real PostgreSQL, against asking the postings, and against a tenth of the entries. */
import { hoursView, reportWindow } from "@stageledger/core";
import { type Database, inTransaction, readReportFacts, recordStageMap, release } from "@stageledger/db";
import { sql } from "kysely";
import { aStageMap } from "../support/a-stage-map.ts";
import { aTenant, type TestTenant } from "../support/database/a-tenant.ts";
import { utc } from "../support/moments.ts";
import { onAServer } from "./on-a-server.ts";
import { median, type Result } from "./result.ts";

const MANY_ENTRIES = 1_000_000;
const FEW_ENTRIES = 100_000;
const REPORTS_A_ROUND = 5;

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

/**
 * What a report without releases would ask of the same month, and of its quarter for late corrections. Whether a sum may be
 * shown depends on who is behind it, so it has to come by contributor: sums alone could not stand in for atoms.
 */
async function liveHours(database: Database, tenantId: string): Promise<number> {
  const { rows } = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    sql`
      select project, week, stage, activity, contributor_id, visibility, is_late, sum(minutes) as minutes
      from ledger.posting
      where tenant_id = ${tenantId}::uuid and (week between date '2026-08-31' and date '2026-09-21'
        or is_late and week between date '2026-06-29' and date '2026-09-21')
      group by project, week, stage, activity, contributor_id, visibility, is_late`.execute(trx),
  );
  return rows.length;
}

async function timed(work: () => Promise<number>): Promise<number> {
  const startedAt = performance.now();
  if ((await work()) === 0) throw new Error("It answered with nothing: there is nothing to measure.");
  return performance.now() - startedAt;
}

export function reportHoursSpeed(rounds: number): Promise<readonly Result[]> {
  return onAServer(async (database) => {
    const few = await aLedgerWith(database, FEW_ENTRIES);
    const many = await aLedgerWith(database, MANY_ENTRIES);
    const times: Readonly<Record<"few" | "many" | "live", number[]>> = { few: [], many: [], live: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (let turn = 0; turn < REPORTS_A_ROUND; turn += 1) {
        times.few.push(await timed(() => reportHours(database, few.tenantId)));
        times.many.push(await timed(() => reportHours(database, many.tenantId)));
      }
      times.live.push(await timed(() => liveHours(database, many.tenantId)));
    }
    return [
      {
        name: `hours of a report over ${MANY_ENTRIES} entries, in speed`,
        ratio: median(times.live) / median(times.many),
        limit: { atLeast: 50 },
        baseline: "the query over postings that a report without releases would need",
      },
      {
        name: "the same, in time",
        ratio: median(times.many) / median(times.few),
        limit: { atMost: 1.3 },
        baseline: `that over ${FEW_ENTRIES} entries`,
      },
    ];
  });
}
