import { type RecordedRevision, recordFacts, recordStageMap, release, verify } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anEntry } from "../../support/an-entry.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { aTenant, type TestTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { utc } from "../../support/moments.ts";

const ITEM = anItemThatWent([
  ["2026-09-07T07:00", "Backlog"],
  ["2026-09-07T09:00", "Build"],
  ["2026-09-09T12:00", "Review"],
]);

function entryOf(person: number): RecordedRevision {
  const id = String(person).padStart(12, "0");
  return {
    entryId: `10000000-0000-4000-8000-${id}`,
    contributor: `20000000-0000-4000-8000-${id}`,
    number: 1,
    change: "created",
    entry: anEntry(),
    importId: undefined,
  };
}

const FIRST = "10000000-0000-4000-8000-000000000001";

onBothEngines((engine) => {
  /** Six people with two hours each in Build on 8 September; their week is published as 12 hours. */
  async function aLedger(isReleased = false): Promise<TestTenant> {
    const { database } = engine();
    const tenant = await aTenant(database);
    await recordStageMap(database, tenant.tenantId, aStageMap());
    const entries = [1, 2, 3, 4, 5, 6].map(entryOf);
    await recordFacts(database, tenant.tenantId, {
      items: [aPart(ITEM, { project: "Payments" })],
      statuses: [],
      entries,
    });
    await asOwner(
      tenant,
      ...entries.map(
        ({ contributor }) =>
          `insert into ledger.contributor (tenant_id, contributor_id, source) values ('${tenant.tenantId}', '${contributor}', 'cli')`,
      ),
    );
    if (isReleased) await release(database, tenant.tenantId, tenant.masterKey, utc("2026-09-17"));
    return tenant;
  }

  /** What only the owner of the tables can do, and only after switching their guard off. */
  async function asOwner({ tenantId }: TestTenant, ...statements: readonly string[]): Promise<void> {
    await engine()
      .database.kysely.transaction()
      .execute(async (trx) => {
        const tables = ["ledger.posting", "ledger.entry_revision", "flow.item_fact", "published.atom"];
        await sql.raw(`set local app.tenant = '${tenantId}'`).execute(trx);
        for (const table of tables) await sql.raw(`alter table ${table} disable trigger append_only`).execute(trx);
        for (const statement of statements) await sql.raw(statement).execute(trx);
        for (const table of tables) await sql.raw(`alter table ${table} enable trigger append_only`).execute(trx);
      });
  }

  const differences = ({ tenantId }: TestTenant) => verify(engine().database, tenantId);
  const of = ({ tenantId }: TestTenant) => `where tenant_id = '${tenantId}'`;

  test("a ledger that was only recorded into and released has no difference", async () => {
    expect(await differences(await aLedger())).toEqual([]);
    expect(await differences(await aLedger(true))).toEqual([]);
  });

  test("a fact that is gone shows in the timeline and, through it, nowhere else but where hours were booked by it", async () => {
    const tenant = await aLedger();
    await asOwner(tenant, `delete from flow.item_fact ${of(tenant)} and to_status = 'Review'`);
    expect((await differences(tenant)).map(({ kind, what }) => [kind, what])).toEqual([["timeline", "10088"]]);
  });

  test("a timeline that was changed shows, and so do the hours of the open week that it books elsewhere", async () => {
    const tenant = await aLedger();
    await asOwner(tenant, `update flow.timeline set stays = '[["Test", 0]]'::jsonb ${of(tenant)}`);
    const found = await differences(tenant);
    expect(found.map(({ kind }) => kind)).toEqual(["timeline", ...Array<string>(6).fill("stage")]);
    expect(found.find(({ kind, what }) => kind === "stage" && what === FIRST)).toEqual({
      kind: "stage",
      what: FIRST,
      expected: "Test 120 min",
      found: "Build 120 min",
    });
  });

  test("an entry that is not its latest revision shows, with what its postings should sum to", async () => {
    const tenant = await aLedger();
    await asOwner(tenant, `update ledger.entry set minutes = 90 ${of(tenant)} and entry_id = '${FIRST}'`);
    expect((await differences(tenant)).map(({ kind, expected, found }) => [kind, expected, found])).toEqual([
      ["entry", "revision 1", "revision 1"],
      ["balance", "90 min", "120 min"],
      ["stage", "Build 90 min", "Build 120 min"],
    ]);
  });

  test("a posting that is gone shows in its entry's balance and in the cell", async () => {
    const tenant = await aLedger(true);
    await asOwner(tenant, `delete from ledger.posting ${of(tenant)} and entry_id = '${FIRST}'`);
    expect(await differences(tenant)).toEqual([
      { kind: "balance", what: FIRST, expected: "120 min", found: "0 min" },
      {
        kind: "cell",
        what: "Payments · Build · build · 2026-09-07 · private · in-time",
        expected: "0 min",
        found: "120 min",
      },
    ]);
  });

  test("a cell that was changed shows, and the weekly total that rests on it", async () => {
    const tenant = await aLedger(true);
    await asOwner(
      tenant,
      `update ledger.cell set minutes = 60 ${of(tenant)} and contributor_id = '${entryOf(1).contributor}'`,
    );
    // Six times 120 min were published, 720; now there are 660.
    expect(await differences(tenant)).toEqual([
      {
        kind: "cell",
        what: "Payments · Build · build · 2026-09-07 · private · in-time",
        expected: "120 min",
        found: "60 min",
      },
      { kind: "atom", what: "Payments · 2026-09-07", expected: "660 min", found: "720 min" },
    ]);
  });

  test("no difference names a contributor", async () => {
    const tenant = await aLedger(true);
    await asOwner(
      tenant,
      `delete from ledger.posting ${of(tenant)}`,
      `update ledger.cell set minutes = minutes + 1 ${of(tenant)}`,
    );
    expect(JSON.stringify(await differences(tenant))).not.toContain("20000000-0000-4000-8000");
  });
});
