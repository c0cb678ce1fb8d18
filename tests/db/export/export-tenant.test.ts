import { randomUUID } from "node:crypto";
import { exportTenant, recordFacts, recordStageMap, release } from "@stageledger/db";
import { expect, test } from "vitest";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anEntry } from "../../support/an-entry.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { sixPeople } from "../../support/database/six-people.ts";
import { utc } from "../../support/moments.ts";

onBothEngines((engine) => {
  async function exported(tenantId: string): Promise<Map<string, string[]>> {
    const files = new Map<string, string[]>();
    let present: string[] = [];
    await exportTenant(engine().database, tenantId, {
      begin: (name) => {
        present = [];
        files.set(name, present);
      },
      rows: (lines) => void present.push(...lines),
    });
    return files;
  }

  test("holds settings, maps, flow and published hours, and nothing of a person or an entry", async () => {
    const { database } = engine();
    const { tenantId, masterKey } = await aTenant(database);
    await recordStageMap(database, tenantId, aStageMap());
    const people = await sixPeople(database, { tenantId, masterKey });
    const entries = people.map((contributor) => ({
      entryId: randomUUID(),
      contributor,
      number: 1,
      change: "created" as const,
      entry: anEntry({ minutes: 77 }),
      importId: undefined,
    }));
    const item = aPart(
      anItemThatWent([
        ["2026-09-07T07:00", "Backlog"],
        ["2026-09-07T09:00", "Build"],
      ]),
      { project: "Payments" },
    );
    await recordFacts(database, tenantId, { items: [item], statuses: [], entries });
    await release(database, tenantId, masterKey, utc("2026-10-05T12:00"));

    const files = await exported(tenantId);
    expect([...files].map(([name, lines]) => `${name} ${lines.length}`)).toEqual([
      "tenant 1",
      "purpose-texts 1",
      "project-sources 0",
      "statuses 0",
      "stage-maps 1",
      "items 1",
      "item-facts 1",
      "roadblocks 0",
      "releases 1",
      // September and its four weeks, those with a Thursday in it.
      "released-spans 5",
      // 6 × 77 = 462 min, rounded 450: the week's total, Build and build; no other projects.
      "hours 3",
    ]);
    for (const line of files.get("hours") ?? []) expect(JSON.parse(line)).toMatchObject({ rounded_minutes: 450 });
    const all = [...files.values()].flat().join("\n");
    for (const { entryId, contributor } of entries) {
      expect(all).not.toContain(entryId);
      expect(all).not.toContain(contributor);
    }
    expect(all).not.toMatch(/\b(77|462)\b/u);
  });

  test("is the same bytes each time, and of one tenant alone", async () => {
    const { database } = engine();
    const [one, other] = [await aTenant(database, { name: `One ${randomUUID()}` }), await aTenant(database)];
    for (const { tenantId } of [one, other]) {
      const item = aPart(anItemThatWent([["2026-09-07T07:00", "Build"]]));
      await recordFacts(database, tenantId, { items: [item], statuses: [], entries: [] });
    }
    const first = await exported(one.tenantId);
    expect(first.get("items")).toHaveLength(1);
    expect(await exported(one.tenantId)).toEqual(first);
  });
});
