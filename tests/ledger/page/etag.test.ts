import { randomUUID } from "node:crypto";
import {
  addRoadblock,
  type Database,
  inTransaction,
  recordFacts,
  recordStageMap,
  resolveRoadblock,
  setProjectRestricted,
} from "@stageledger/db";
import { expect, test } from "vitest";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anEntry } from "../../support/an-entry.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { sixPeople } from "../../support/database/six-people.ts";
import { utc } from "../../support/moments.ts";
import { aMember, aPageDoor, type PageMember } from "../../support/page/a-page-door.ts";
import { aPaymentsLedger, NOW } from "../../support/page/a-payments-ledger.ts";

const REPORT = "/api/v1/projects/Payments/report";
const NEW_ITEM = anItemThatWent([["2026-10-20T09:00", "Build"]], { id: "jira:1", key: "PAY-1", project: "Payments" });

interface Told {
  readonly etag: string;
  readonly body: string;
}

async function told(member: PageMember, path = REPORT): Promise<Told> {
  const response = await member.call(path);
  expect(response.status).toBe(200);
  return { etag: response.headers.get("etag") ?? "", body: await response.text() };
}

function asRecorder(
  database: Database,
  tenantId: string,
  work: Parameters<typeof inTransaction<unknown>>[2],
): Promise<unknown> {
  return inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, work);
}

onBothEngines((engine) => {
  test("who holds the report is told that it is still so, without its bytes", async () => {
    const { database } = engine();
    const { tenantId } = await aPaymentsLedger(database);
    const member = aMember(await aPageDoor(database, NOW), tenantId);
    const { etag } = await told(member);
    expect(etag).toMatch(/^"[\w-]{43}"$/u);
    for (const held of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await member.call(REPORT, { "if-none-match": held });
      expect([again.status, (await again.text()).length, again.headers.get("etag")]).toEqual([304, 0, etag]);
      expect(again.headers.get("cache-control")).toBe("private, no-cache");
    }
    for (const other of ['"other"', 'W/"x", "y"']) {
      const response = await member.call(REPORT, { "if-none-match": other });
      expect([response.status, (await response.text()).length > 1000]).toEqual([200, true]);
    }
  });

  test("another server, and the same one an hour's rest later, answer with the same bytes; the next hour has an instant of its own", async () => {
    const { database } = engine();
    const { tenantId } = await aPaymentsLedger(database);
    const door = await aPageDoor(database, NOW);
    const first = await told(aMember(door, tenantId));
    door.clock.now = utc("2026-10-25T17:59:59.999");
    expect(await told(aMember(door, tenantId))).toEqual(first);
    expect(await told(aMember(await aPageDoor(database, utc("2026-10-25T17:00")), tenantId))).toEqual(first);
    door.clock.now = utc("2026-10-25T18:00");
    const next = await told(aMember(door, tenantId));
    expect(next.etag).not.toBe(first.etag);
    expect(JSON.parse(next.body)).toMatchObject({ asOf: "2026-10-25T18:00:00.000Z" });
  });

  test("what happens in the project is in the report at once: an item that moves, and something in its way", async () => {
    const { database } = engine();
    const { tenantId } = await aPaymentsLedger(database);
    const member = aMember(await aPageDoor(database, NOW), tenantId);
    const seen = [await told(member)];
    const changes = [
      () => recordFacts(database, tenantId, { items: [aPart(NEW_ITEM)], statuses: [], entries: [] }),
      () =>
        asRecorder(database, tenantId, (trx) =>
          addRoadblock(trx, tenantId, "jira:1", {
            roadblockId: "30000000-0000-4000-8000-000000000001",
            kind: "unclear",
            words: "The sandbox",
            stage: "Build",
            raisedAt: utc("2026-10-25T17:20"),
            resolvedAt: undefined,
          }),
        ),
      () =>
        asRecorder(database, tenantId, (trx) =>
          resolveRoadblock(trx, tenantId, "30000000-0000-4000-8000-000000000001", utc("2026-10-25T17:25")),
        ),
      () => recordStageMap(database, tenantId, aStageMap({ version: 2, effectiveFrom: utc("2026-10-01T00:00") })),
      () => asRecorder(database, tenantId, (trx) => setProjectRestricted(trx, tenantId, "Payments", true)),
    ];
    for (const change of changes) {
      await change();
      seen.push(await told(member));
    }
    expect(new Set(seen.map(({ etag }) => etag)).size).toBe(6);
    const roadblocks = seen.map(({ body }) => JSON.parse(body).roadblocks);
    expect(roadblocks[1]).toEqual({ raised: 0, open: 0, byStageAndKind: [] });
    expect(roadblocks[2]).toEqual({
      raised: 1,
      open: 1,
      byStageAndKind: [{ stage: "Build", kind: "unclear", raised: 1, open: 1 }],
    });
    expect(roadblocks[3]).toMatchObject({ raised: 1, open: 0 });
    expect(seen.map(({ body }) => JSON.parse(body).asOf.slice(11, 16))).toEqual([
      ...["17:00", "17:00", "17:20", "17:25", "17:25", "17:25"],
    ]);
    expect(JSON.parse(seen[5]?.body ?? "")).toMatchObject({ isRestricted: true, map: { version: 2 } });
  });

  test("what nobody may learn changes no byte and no tag: logged time, another project, a look that found nothing new", async () => {
    const { database } = engine();
    const tenant = await aPaymentsLedger(database);
    const { tenantId } = tenant;
    await recordFacts(database, tenantId, { items: [aPart(NEW_ITEM)], statuses: [], entries: [] });
    const people = await sixPeople(database, tenant);
    const first = await told(aMember(await aPageDoor(database, NOW), tenantId));
    const entries = people.map((contributor) => ({
      ...{ entryId: randomUUID(), contributor, number: 1, change: "created" as const, importId: undefined },
      entry: anEntry({ itemId: "jira:1", project: "Payments" }),
    }));
    await recordFacts(database, tenantId, { items: [], statuses: [], entries });
    const elsewhere = { ...NEW_ITEM, id: "jira:2", key: "OPS-2", project: "Ops" };
    const items = [aPart(elsewhere), aPart(NEW_ITEM, { updatedAt: utc("2026-10-25T17:10") })];
    await recordFacts(database, tenantId, { items, statuses: [], entries: [] });
    // A server that remembers nothing makes it anew.
    expect(await told(aMember(await aPageDoor(database, NOW), tenantId))).toEqual(first);
  });
});
