import { randomUUID } from "node:crypto";
import { mySettings } from "@stageledger/core/contract/my-data";
import { inTransaction } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, aService, type ForgeDoor } from "../../support/forge/a-forge-door.ts";
import { linkAsana } from "../../support/forge/a-linked-account.ts";

const SETTINGS = "/forge/v1/my/settings";
const ON = { mirrorsToJira: true };
const OFF = { mirrorsToJira: false };
const put = (body: unknown) => ({ method: "PUT", body }) as const;

onBothEngines((engine) => {
  const rowsIn = ({ tenant: { tenantId } }: ForgeDoor, contributorId?: string): Promise<number> =>
    inTransaction(
      engine().database,
      contributorId === undefined ? { role: "recorder", tenantId } : { role: "person", tenantId, contributorId },
      async (trx) => {
        const { rows } = await sql<{ n: number }>`select count(*) as n from ledger.person_setting`.execute(trx);
        return rows[0]?.n ?? -1;
      },
    );

  test("nothing is mirrored until somebody turns it on, for themselves only, and off again", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door), aPerson(door)];
    expect(await ada.told(mySettings, SETTINGS)).toEqual(OFF);
    expect(await rowsIn(door)).toBe(0);
    expect(await ada.told(mySettings, SETTINGS, put(ON))).toEqual(ON);
    expect(await ada.told(mySettings, SETTINGS)).toEqual(ON);
    expect(await ben.told(mySettings, SETTINGS)).toEqual(OFF);
    expect(await ada.told(mySettings, SETTINGS, put(OFF))).toEqual(OFF);
    expect(await ada.told(mySettings, SETTINGS)).toEqual(OFF);
    expect(await rowsIn(door)).toBe(1);
  });

  test("the database shows a person their own choice and nobody else's", async () => {
    const door = await aForgeDoor(engine().database);
    for (const one of [aPerson(door), aPerson(door)]) await one.told(mySettings, SETTINGS, put(ON));
    const { tenantId } = door.tenant;
    const people = await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      trx.selectFrom("ledger.contributor").select("contributor_id").execute(),
    );
    expect(await rowsIn(door)).toBe(2);
    for (const { contributor_id } of people) expect(await rowsIn(door, contributor_id)).toBe(1);
    expect(await rowsIn(door, randomUUID())).toBe(0);
  });

  test("a choice that comes again under its key does not undo a later one", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const key = randomUUID();
    await ada.told(mySettings, SETTINGS, { ...put(ON), key });
    await ada.told(mySettings, SETTINGS, put(OFF));
    expect(await ada.told(mySettings, SETTINGS, { ...put(ON), key })).toEqual(ON);
    expect(await ada.told(mySettings, SETTINGS)).toEqual(OFF);
  });

  test.each([{}, { mirrorsToJira: "yes" }, { mirrorsToJira: null }, { ...ON, for: "everybody" }])(
    "%j is no choice",
    async (body) => {
      const door = await aForgeDoor(engine().database);
      expect(await aPerson(door).refused(SETTINGS, put(body))).toMatchObject({ status: 400, code: "REQUEST_INVALID" });
      expect(await rowsIn(door)).toBe(0);
    },
  );

  test("who leaves a site takes their choice along", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door), aPerson(door)];
    for (const one of [ada, ben]) await one.told(mySettings, SETTINGS, put(ON));
    // Somebody who is somebody elsewhere too is not erased.
    await linkAsana(door, engine().database, ada);
    const left = await aService(door).call("/forge/v1/installation", { body: { action: "uninstalled" } });
    expect(left.status).toBe(200);
    expect(await rowsIn(door)).toBe(0);
  });
});
