import type { ItemPart, TimeEntry } from "@stageledger/core";
import { inTransaction, type RecordedRevision, recordFacts, recordStageMap } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anEntry } from "../../support/an-entry.ts";
import { anItemThatWent, type Step } from "../../support/an-item.ts";
import { aTenant, type TestTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { ledgerContents } from "../../support/database/ledger-contents.ts";
import { codedRejection } from "../../support/rejection.ts";

const ANNA = "00000000-0000-4000-8000-00000000000a";
const ENTRY = "00000000-0000-4000-8000-0000000000e1";

/** Build from Monday 09:00 to Wednesday 12:00, then Review. */
const LIFE: readonly [Step, ...Step[]] = [
  ["2026-09-07T07:00", "Backlog"],
  ["2026-09-07T09:00", "Build"],
  ["2026-09-09T12:00", "Review"],
];

function part(life: readonly [Step, ...Step[]] = LIFE): ItemPart {
  return aPart(anItemThatWent(life), { project: "Payments" });
}

function revision(number: number, entry: TimeEntry | undefined): RecordedRevision {
  const change = entry === undefined ? "deleted" : number === 1 ? "created" : "edited";
  return { entryId: ENTRY, contributor: ANNA, number, change, entry, importId: undefined };
}

onBothEngines((engine) => {
  const facts = (items: ItemPart[], entries: RecordedRevision[]) => ({ items, statuses: [], entries });
  const contents = ({ tenantId }: TestTenant) => ledgerContents(engine().database, tenantId);

  async function withMap(): Promise<TestTenant> {
    const tenant = await aTenant(engine().database);
    await recordStageMap(engine().database, tenant.tenantId, aStageMap());
    return tenant;
  }

  test("two hours on Tuesday go to Build, where the item was; an edit to 90 minutes leaves 90", async () => {
    const tenant = await withMap();
    const { database } = engine();
    const first = await recordFacts(database, tenant.tenantId, facts([part()], [revision(1, anEntry())]));
    expect(first).toEqual({ newItems: 1, changedItems: 0, newFacts: 2, newRevisions: 1, newPostings: 1, tooOld: 0 });
    expect((await contents(tenant)).cells).toEqual(["Payments Build build 2026-09-07 private in-time 120"]);

    const second = await recordFacts(database, tenant.tenantId, facts([], [revision(2, anEntry({ minutes: 90 }))]));
    expect(second).toMatchObject({ newRevisions: 1, newPostings: 2 });
    expect((await contents(tenant)).cells).toEqual(["Payments Build build 2026-09-07 private in-time 90"]);
    expect((await contents(tenant)).balances).toEqual([`${ENTRY} 90`]);
  });

  test("a replay of everything changes nothing", async () => {
    const tenant = await withMap();
    const all = facts([part()], [revision(1, anEntry()), revision(2, anEntry({ minutes: 90 }))]);
    await recordFacts(engine().database, tenant.tenantId, all);
    const before = await contents(tenant);
    expect(await recordFacts(engine().database, tenant.tenantId, all)).toEqual({
      newItems: 0,
      changedItems: 0,
      newFacts: 0,
      newRevisions: 0,
      newPostings: 0,
      tooOld: 0,
    });
    expect(await contents(tenant)).toEqual(before);
  });

  test("a stage change that becomes known late moves the minutes of an open week, and those of a closed one not", async () => {
    const tenant = await withMap();
    const { database } = engine();
    await recordFacts(database, tenant.tenantId, facts([part()], [revision(1, anEntry())]));
    // It turns out that the item went to Review on Monday evening already: all of Tuesday was Review.
    const late = part([
      ["2026-09-07T07:00", "Backlog"],
      ["2026-09-07T09:00", "Build"],
      ["2026-09-07T18:00", "Review"],
    ]);
    const moved = { ...late, changes: late.changes.map((change) => ({ ...change, sequence: change.sequence + 10 })) };
    await recordFacts(database, tenant.tenantId, facts([moved], []));
    expect((await contents(tenant)).cells).toEqual(["Payments Review build 2026-09-07 private in-time 120"]);

    await inTransaction(database, { role: "publisher", tenantId: tenant.tenantId }, async (trx) => {
      await trx
        .insertInto("ledger.week_close")
        .values({ tenant_id: tenant.tenantId, week: "2026-09-07", closed_at_ms: 0 })
        .execute();
    });
    await recordFacts(
      database,
      tenant.tenantId,
      facts(
        [
          part([
            ["2026-09-07T07:00", "Backlog"],
            ["2026-09-07T08:00", "Test"],
            ["2026-09-08T23:00", "Build"],
          ]),
        ],
        [],
      ),
    );
    expect((await contents(tenant)).cells).toEqual(["Payments Review build 2026-09-07 private in-time 120"]);
  });

  test("an edit of a closed week is late: 120 to 130 adds 10, and taking 30 away elsewhere is kept apart", async () => {
    const tenant = await withMap();
    const { database } = engine();
    const other = { ...revision(1, anEntry({ minutes: 45 })), entryId: "00000000-0000-4000-8000-0000000000e2" };
    await recordFacts(database, tenant.tenantId, facts([part()], [revision(1, anEntry()), other]));
    await inTransaction(database, { role: "publisher", tenantId: tenant.tenantId }, async (trx) => {
      await trx
        .insertInto("ledger.week_close")
        .values({ tenant_id: tenant.tenantId, week: "2026-09-07", closed_at_ms: 0 })
        .execute();
    });
    const edits = [
      revision(2, anEntry({ minutes: 130 })),
      { ...other, number: 2, change: "edited" as const, entry: anEntry({ minutes: 15 }) },
    ];
    await recordFacts(database, tenant.tenantId, facts([], edits));
    expect((await contents(tenant)).cells).toEqual([
      "Payments Build build 2026-09-07 private in-time 165",
      "Payments Build build 2026-09-07 private late-added 10",
      "Payments Build build 2026-09-07 private late-taken -30",
    ]);
  });

  test("hours on a sub-task are booked where its parent was (E10), also when the parent moves later", async () => {
    const tenant = await withMap();
    const { database } = engine();
    const child = aPart(
      anItemThatWent([["2026-09-07T07:00", "Test"]], {
        id: "10089",
        key: "PAY-89",
        isSubtask: true,
        parentId: "10088",
      }),
      { project: "Payments" },
    );
    const onChild = revision(1, anEntry({ itemId: "10089" }));
    await recordFacts(database, tenant.tenantId, facts([child], [onChild]));
    expect((await contents(tenant)).cells).toEqual(["Payments Test build 2026-09-07 private in-time 120"]);
    await recordFacts(database, tenant.tenantId, facts([part()], []));
    expect((await contents(tenant)).cells).toEqual(["Payments Build build 2026-09-07 private in-time 120"]);
  });

  test("the same key with other content is refused, and nothing of its batch is kept", async () => {
    const tenant = await withMap();
    const { database } = engine();
    await recordFacts(database, tenant.tenantId, facts([part()], [revision(1, anEntry())]));
    const before = await contents(tenant);
    const other = part([LIFE[0], ["2026-09-07T09:00", "Test"], ["2026-09-09T12:00", "Review"]]);
    const fresh = { ...revision(1, anEntry()), entryId: "00000000-0000-4000-8000-0000000000e3" };
    const sameKey = await codedRejection(recordFacts(database, tenant.tenantId, facts([other], [fresh])));
    expect(sameKey.code).toBe("FACT_CONFLICT");
    const sameNumber = [fresh, revision(1, anEntry({ minutes: 5 }))];
    const refused = await codedRejection(recordFacts(database, tenant.tenantId, facts([], sameNumber)));
    expect(refused.code).toBe("ENTRY_REVISION_CONFLICT");
    expect(await contents(tenant)).toEqual(before);
  });

  test("two tenants with the same items and entries do not meet", async () => {
    const [one, two] = [await withMap(), await withMap()];
    const { database } = engine();
    await recordFacts(database, one.tenantId, facts([part()], [revision(1, anEntry())]));
    expect(await contents(two)).toEqual({ cells: [], balances: [], timelines: [], items: [] });
    await recordFacts(database, two.tenantId, facts([part()], [revision(1, anEntry({ minutes: 30 }))]));
    expect((await contents(one)).balances).toEqual([`${ENTRY} 120`]);
    expect((await contents(two)).balances).toEqual([`${ENTRY} 30`]);
  });

  test("nobody changes a posting: neither a role nor the owner of the tables", async () => {
    const tenant = await withMap();
    const { database } = engine();
    await recordFacts(database, tenant.tenantId, facts([part()], [revision(1, anEntry())]));
    for (const role of ["recorder", "publisher", "person", "report_reader", "door"] as const) {
      for (const statement of ["update ledger.posting set minutes = 1", "delete from ledger.posting"]) {
        const attempt = inTransaction(database, { role, tenantId: tenant.tenantId }, (trx) =>
          sql.raw(statement).execute(trx),
        );
        await expect(attempt).rejects.toThrow(/permission denied|append-only/u);
      }
    }
    const asOwner = database.kysely.transaction().execute(async (trx) => {
      await sql.raw(`set local app.tenant = '${tenant.tenantId}'`).execute(trx);
      await sql`update ledger.posting set minutes = 1`.execute(trx);
    });
    await expect(asOwner).rejects.toThrow(/append-only/u);
  });
});
