import { randomUUID } from "node:crypto";
import {
  inTransaction,
  type RecordedRevision,
  recordFacts,
  recordStageMap,
  release,
  retain,
  verify,
} from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anEntry } from "../../support/an-entry.ts";
import { aTenant, type TestTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { ledgerContents } from "../../support/database/ledger-contents.ts";
import { sixPeople } from "../../support/database/six-people.ts";
import { day, utc } from "../../support/moments.ts";

/** Tuesday: entries are kept from 24 Aug 2026 on, weekly sums from 20 Oct 2025 on. */
const NOW = utc("2026-11-24T12:00");
const WEEKS = ["2025-09-15", "2026-06-01", "2026-09-07"];

onBothEngines((engine) => {
  const contents = ({ tenantId }: TestTenant) => ledgerContents(engine().database, tenantId);

  /** Six people with 100 minutes on the Monday of each of the weeks. */
  const entriesOf = (people: readonly string[]): readonly RecordedRevision[] =>
    WEEKS.flatMap((week) =>
      people.map((contributor) => ({
        entryId: randomUUID(),
        contributor,
        number: 1,
        change: "created" as const,
        entry: anEntry({ date: day(week), minutes: 100, chosenStatus: "Build" }),
        importId: undefined,
      })),
    );

  async function aLedger(): Promise<TestTenant & { readonly entries: readonly RecordedRevision[] }> {
    const { database } = engine();
    const { tenantId, masterKey } = await aTenant(database);
    await recordStageMap(database, tenantId, aStageMap());
    const entries = entriesOf(await sixPeople(database, { tenantId, masterKey }));
    await recordFacts(database, tenantId, { items: [], statuses: [], entries });
    return { tenantId, masterKey, entries };
  }

  const atoms = ({ tenantId }: TestTenant) =>
    inTransaction(engine().database, { role: "report_reader", tenantId }, async (trx) => {
      const { rows } = await sql<{ line: string }>`
        select concat_ws(' ', cut, span, rounded_minutes) as line from published.atom where cut = 'A' order by 1`.execute(
        trx,
      );
      return rows.map(({ line }) => line);
    });

  test("single days go after 13 weeks, weekly sums after 13 months; published numbers stay, and all adds up", async () => {
    const tenant = await aLedger();
    await release(engine().database, tenant.tenantId, tenant.masterKey, NOW);
    expect(await retain(engine().database, tenant.tenantId, NOW)).toMatchObject({
      deletedEntries: 12,
      deletedCells: 6,
      deletedAtoms: 0,
    });
    const left = await contents(tenant);
    expect(left.balances).toHaveLength(6);
    expect(left.cells).toEqual([
      ...Array(6).fill("Payments Build build 2026-06-01 private in-time 100"),
      ...Array(6).fill("Payments Build build 2026-09-07 private in-time 100"),
    ]);
    expect(await atoms(tenant)).toEqual(WEEKS.map((week) => `A ${week} 600`));
    expect(await verify(engine().database, tenant.tenantId)).toEqual([]);
  });

  test("a source that still shows what is gone does not bring it back, and running again deletes nothing", async () => {
    const tenant = await aLedger();
    await release(engine().database, tenant.tenantId, tenant.masterKey, NOW);
    await retain(engine().database, tenant.tenantId, NOW);
    const before = await contents(tenant);
    const again = await recordFacts(engine().database, tenant.tenantId, {
      items: [],
      statuses: [],
      entries: tenant.entries,
    });
    expect(again).toMatchObject({ tooOld: 12, newRevisions: 0 });
    expect(await contents(tenant)).toEqual(before);
    expect(await retain(engine().database, tenant.tenantId, NOW)).toMatchObject({ deletedEntries: 0, deletedCells: 0 });
  });

  test("an edge never moves back, whatever clock a later run goes by", async () => {
    const { tenantId } = await aLedger();
    const edges = () =>
      inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
        trx.selectFrom("ledger.retention_edge").select(["entries_from", "cells_from"]).executeTakeFirstOrThrow(),
      );
    await sql`delete from ledger.cell where tenant_id = ${tenantId}::uuid`.execute(engine().database.kysely);
    await retain(engine().database, tenantId, NOW);
    expect(await edges()).toEqual({ entries_from: "2026-08-24", cells_from: "2025-10-20" });
    await retain(engine().database, tenantId, utc("2026-10-01T12:00"));
    expect(await edges()).toEqual({ entries_from: "2026-08-24", cells_from: "2025-10-20" });
  });

  test("what was not released is kept, however old", async () => {
    const tenant = await aLedger();
    const before = await contents(tenant);
    expect(await retain(engine().database, tenant.tenantId, NOW)).toMatchObject({ deletedEntries: 0, deletedCells: 0 });
    expect(await contents(tenant)).toEqual(before);
  });

  test("an entry whose day was corrected goes when its later day does", async () => {
    const tenant = await aTenant(engine().database);
    const { database } = engine();
    await recordStageMap(database, tenant.tenantId, aStageMap());
    const [first] = entriesOf([randomUUID()]);
    if (first?.entry === undefined) throw new Error("There is no first entry.");
    // Logged on 7 September, then corrected to 1 June.
    const moved: RecordedRevision[] = [
      { ...first, entry: { ...first.entry, date: day("2026-09-07") } },
      { ...first, number: 2, change: "edited", entry: { ...first.entry, date: day("2026-06-01") } },
    ];
    await recordFacts(database, tenant.tenantId, { items: [], statuses: [], entries: moved });
    await release(database, tenant.tenantId, tenant.masterKey, NOW);
    expect(await retain(database, tenant.tenantId, NOW)).toMatchObject({ deletedEntries: 0 });
    expect(await verify(database, tenant.tenantId)).toEqual([]);
    const winter = utc("2026-12-16T12:00");
    expect(await retain(database, tenant.tenantId, winter)).toMatchObject({ deletedEntries: 1 });
    expect(await verify(database, tenant.tenantId)).toEqual([]);
  });

  test("published numbers go after 36 months", async () => {
    const tenant = await aLedger();
    const { database } = engine();
    await release(database, tenant.tenantId, tenant.masterKey, NOW);
    // 36 months before is 10 Jan 2026, a Saturday, in the week of 5 January: of the three weeks one is older.
    await retain(database, tenant.tenantId, utc("2029-01-10T12:00"));
    expect(await atoms(tenant)).toEqual(["A 2026-06-01 600", "A 2026-09-07 600"]);
    expect(await verify(database, tenant.tenantId)).toEqual([]);
  });
});
