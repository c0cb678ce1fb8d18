import { entry } from "@stageledger/core/contract/entries";
import { siteState } from "@stageledger/core/contract/site-state";
import { getTenant, inTransaction, verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor, ITEM } from "../../support/forge/a-forge-door.ts";
import { utc } from "../../support/moments.ts";

const SITE = "/forge/v1/site";
const ZONE = `${SITE}/zone`;
const put = (zone: string) => ({ method: "PUT", body: { zone } }) as const;

onBothEngines((engine) => {
  const zoneOf = ({ tenant: { tenantId } }: ForgeDoor): Promise<string> =>
    inTransaction(
      engine().database,
      { role: "person", tenantId },
      async (trx) => (await getTenant(trx, tenantId)).zone.id,
    );

  test("while nothing is recorded days can begin elsewhere, and what is logged from then on has the day of there", async () => {
    const door = await aForgeDoor(engine().database);
    const admin = aPerson(door);
    expect(await admin.told(siteState, ZONE, put("Pacific/Auckland"))).toMatchObject({
      zone: "Pacific/Auckland",
      canChangeZone: true,
    });
    // 13:00 of 8 September in UTC, where Auckland is 12 hours ahead.
    door.clock.now = utc("2026-09-08T13:00");
    const logged = await admin.told(entry, `/forge/v1/items/${ITEM}/entries`, { body: { minutes: 60 } });
    expect(logged.date).toBe("2026-09-09");
    expect(await verify(engine().database, door.tenant.tenantId)).toEqual([]);
  });

  test("once a day is recorded it stays, as the site's state says; the zone that it has can be said again", async () => {
    const door = await aForgeDoor(engine().database);
    const admin = aPerson(door);
    await admin.told(entry, `/forge/v1/items/${ITEM}/entries`, { body: { minutes: 60 } });
    expect(await admin.refused(ZONE, put("UTC"))).toMatchObject({
      status: 409,
      code: "SETTING_INVALID",
      detail: "The ledger has the time zone Europe/Berlin, and days are recorded in it.",
      next: expect.stringContaining("Whoever runs the ledger"),
    });
    expect(await zoneOf(door)).toBe("Europe/Berlin");
    expect(await admin.told(siteState, SITE)).toMatchObject({ zone: "Europe/Berlin", canChangeZone: false });
    expect((await admin.told(siteState, ZONE, put("europe/berlin"))).zone).toBe("Europe/Berlin");
  });

  test("hours from UTC are no zone, however they are written: they do not know when clocks change", async () => {
    const door = await aForgeDoor(engine().database);
    const admin = aPerson(door);
    for (const zone of ["+02:00", "-0530", "+02", "2026-09-08T09:00+02:00"]) {
      expect(await admin.refused(ZONE, put(zone))).toMatchObject({
        status: 422,
        code: "SETTING_UNKNOWN_ZONE",
        next: "Use an IANA name such as Europe/Berlin, America/New_York or UTC.",
      });
    }
    expect(await zoneOf(door)).toBe("Europe/Berlin");
    expect((await admin.told(siteState, ZONE, put("UTC"))).zone).toBe("UTC");
  });

  test("what is no zone is refused, without a word of what was sent", async () => {
    const door = await aForgeDoor(engine().database);
    for (const zone of ["Mars/Base", "ada@example.org", "Europe/Berlin; drop table"]) {
      const refused = await aPerson(door).refused(ZONE, put(zone));
      expect(refused).toMatchObject({ status: 422, code: "SETTING_UNKNOWN_ZONE" });
      expect(JSON.stringify(refused)).not.toContain(zone);
    }
    expect(await zoneOf(door)).toBe("Europe/Berlin");
  });
});
