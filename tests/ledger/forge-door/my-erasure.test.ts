import { randomUUID } from "node:crypto";
import { entry, myWeek } from "@stageledger/core/contract/entries";
import { links } from "@stageledger/core/contract/links";
import { erasure, mySettings } from "@stageledger/core/contract/my-data";
import { startedTimer, timerState } from "@stageledger/core/contract/timer";
import { inTransaction, removeInstallation, verify } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { dumpTenant } from "../../support/database/dump-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor, ITEM, type Person } from "../../support/forge/a-forge-door.ts";
import { anAsanaAccount, linkAsana, recordEntryOf } from "../../support/forge/a-linked-account.ts";

const ERASURE = "/forge/v1/my/erasure";
const SETTINGS = "/forge/v1/my/settings";
const TIMER = "/forge/v1/my/timer";
const WEEK = "/forge/v1/my/week";
const ENTRIES = `/forge/v1/items/${ITEM}/entries`;
const SAID = { body: { confirm: "erase" } };
const ERASED = { status: 403, code: "ENTRY_OF_ERASED_PERSON" };

onBothEngines((engine) => {
  /** Names of tables, each once a row of the tenant that has the text. */
  async function rowsWith({ tenant: { tenantId } }: ForgeDoor, text: string): Promise<readonly string[]> {
    const lines = (await dumpTenant(engine().database, tenantId)).split("\n");
    return lines
      .filter((line) => line.includes(tenantId) && line.includes(text))
      .map((line) => line.split(" ")[0] ?? "");
  }

  async function withAll(person: Person): Promise<string> {
    const { id } = await person.told(entry, ENTRIES, { body: { minutes: 60 } });
    const gone = await person.told(entry, ENTRIES, { body: { minutes: 15 } });
    await person.call(`/forge/v1/entries/${gone.id}?revision=1`, { method: "DELETE" });
    await person.told(startedTimer, `/forge/v1/items/${ITEM}/timer`, { body: {} });
    await person.told(mySettings, SETTINGS, { method: "PUT", body: { mirrorsToJira: true } });
    await person.call("/forge/v1/my/link-codes", { method: "POST" });
    return id;
  }

  const contributorOf = ({ tenant: { tenantId } }: ForgeDoor, entryId: string): Promise<string> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const row = await trx
        .selectFrom("ledger.entry")
        .select("contributor_id")
        .where("entry_id", "=", entryId)
        .executeTakeFirstOrThrow();
      return row.contributor_id;
    });

  test("who says so by hand is gone with entries, timer, settings and codes; what is others' stays and recounts", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door), aPerson(door)];
    const [adas, bens] = [await withAll(ada), await withAll(ben)];
    const [pseudonym, other] = [await contributorOf(door, adas), await contributorOf(door, bens)];
    const before = await rowsWith(door, other);
    expect(new Set(await rowsWith(door, pseudonym))).toEqual(new Set(before));
    expect(before).toEqual(
      expect.arrayContaining(["ledger.person_setting", "ledger.timer", "ledger.link_code", "ledger.answered_request"]),
    );
    expect(await ada.told(erasure, ERASURE, SAID)).toEqual({ entries: 2 });
    expect(await rowsWith(door, pseudonym)).toEqual([]);
    expect(await rowsWith(door, adas)).toEqual([]);
    expect(await rowsWith(door, other)).toEqual(before);
    expect(await verify(engine().database, door.tenant.tenantId)).toEqual([]);
  });

  test("a second time there is nothing left to erase, as there is nothing of somebody who never logged", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door), aPerson(door)];
    await ada.told(entry, ENTRIES, { body: { minutes: 60 } });
    expect(await ada.told(erasure, ERASURE, SAID)).toEqual({ entries: 1 });
    expect(await ada.told(erasure, ERASURE, SAID)).toEqual({ entries: 0 });
    expect(await ben.told(erasure, ERASURE, SAID)).toEqual({ entries: 0 });
    // Of somebody of whom there was nothing there is nothing afterwards, either: they can begin whenever they want.
    await ben.told(entry, ENTRIES, { body: { minutes: 60 } });
  });

  test("afterwards nothing of theirs is taken, and what they look at is empty", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await withAll(ada);
    await ada.told(erasure, ERASURE, SAID);
    const changes = [{ kind: "log", item: ITEM, date: "2026-09-08", minutes: 1 }];
    expect(await ada.refused(ENTRIES, { body: { minutes: 1 } })).toMatchObject(ERASED);
    expect(await ada.refused(WEEK, { body: { day: "2026-09-08", changes } })).toMatchObject(ERASED);
    expect(await ada.refused(SETTINGS, { method: "PUT", body: { mirrorsToJira: true } })).toMatchObject(ERASED);
    expect(await ada.refused("/forge/v1/my/link-codes", { method: "POST" })).toMatchObject(ERASED);
    expect((await ada.told(myWeek, WEEK)).entries).toEqual([]);
    expect((await ada.told(timerState, TIMER)).timer).toBeNull();
    expect(await ada.told(mySettings, SETTINGS)).toEqual({ mirrorsToJira: false });
    expect(await ada.told(links, "/forge/v1/my/links")).toEqual({ others: 0 });
  });

  test("an account that was linked stays with its entries, and is alone", async () => {
    const door = await aForgeDoor(engine().database);
    const { database } = engine();
    const ada = aPerson(door);
    const asana = await linkAsana(door, database, ada);
    const kept = await recordEntryOf(door, database, asana, { typedIn: "asana" });
    await ada.told(entry, ENTRIES, { body: { minutes: 60 } });
    expect(await ada.told(erasure, ERASURE, SAID)).toEqual({ entries: 1 });
    expect(await anAsanaAccount(door, database)).toBe(asana);
    expect(await contributorOf(door, kept)).toBe(asana);
    const rows = await inTransaction(database, { role: "recorder", tenantId: door.tenant.tenantId }, (trx) =>
      trx.selectFrom("ledger.contributor").select(["contributor_id", "human_id"]).execute(),
    );
    expect(rows).toEqual([{ contributor_id: asana, human_id: null }]);
  });

  test("of several calls at the same moment, with logging in between, one erases and nothing comes back", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await ada.told(entry, ENTRIES, { body: { minutes: 60 } });
    const answers = await Promise.all([
      ada.told(erasure, ERASURE, SAID),
      ada.call(ENTRIES, { body: { minutes: 1 } }).then(() => ({ entries: 0 })),
      ada.told(erasure, ERASURE, SAID),
      ada.call(ENTRIES, { body: { minutes: 1 } }).then(() => ({ entries: 0 })),
    ]);
    const erased = answers.reduce((sum, { entries }) => sum + entries, 0);
    expect(erased).toBeGreaterThanOrEqual(1);
    expect(await rowsWith(door, "ledger.entry")).toEqual([]);
    expect((await ada.told(myWeek, WEEK)).entries).toEqual([]);
    expect(await verify(engine().database, door.tenant.tenantId)).toEqual([]);
  });

  test.each([{}, { confirm: "yes" }, { confirm: true }, { confirm: "erase", account: "ben" }])(
    "%j erases nobody",
    async (body) => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      await ada.told(entry, ENTRIES, { body: { minutes: 60 } });
      expect(await ada.refused(ERASURE, { body })).toMatchObject({ status: 400, code: "REQUEST_INVALID" });
      expect((await ada.told(myWeek, WEEK)).minutes).toBe(60);
    },
  );

  test("nobody is erased by a token that wrote before, by none, from a site that was taken back, or in another ledger", async () => {
    const door = await aForgeDoor(engine().database);
    const { database } = engine();
    const ada = aPerson(door, "ada");
    const token = await ada.token();
    await ada.told(entry, ENTRIES, { body: { minutes: 60 }, token });
    expect(await ada.refused(ERASURE, { ...SAID, token })).toMatchObject({ status: 401, code: "TOKEN_USED" });
    expect(await ada.refused(ERASURE, { ...SAID, token: randomUUID() })).toMatchObject({ code: "TOKEN_REFUSED" });
    const elsewhere = await aForgeDoor(database);
    expect(await aPerson(elsewhere, "ada").told(erasure, ERASURE, SAID)).toEqual({ entries: 0 });
    await inTransaction(database, { role: "recorder", tenantId: door.tenant.tenantId }, (trx) =>
      removeInstallation(trx, door.tenant.tenantId, door.installationId),
    );
    expect(await ada.refused(ERASURE, SAID)).toMatchObject({ status: 403, code: "INSTALLATION_UNKNOWN" });
    expect((await rowsWith(door, "(")).filter((table) => table === "ledger.entry")).toHaveLength(1);
  });

  test("whoever was erased and administers the site is refused whatever they would set, in words that fit it", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await withAll(ada);
    await ada.told(erasure, ERASURE, SAID);
    for (const [path, body] of [
      ["/forge/v1/site/zone", { zone: "UTC" }],
      ["/forge/v1/site/worklogs", { isOn: true }],
    ] as const) {
      expect(await ada.refused(path, { method: "PUT", body })).toMatchObject({
        ...ERASED,
        next: "Nothing can be recorded or changed with it. Use another account, or ask somebody else who may do it.",
      });
    }
  });

  test("where the database fails in the midst of it all is as it was, and the same call can be made again", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const id = await withAll(ada);
    const pseudonym = await contributorOf(door, id);
    const before = await rowsWith(door, pseudonym);
    const { tenantId } = door.tenant;
    const asOwner = async (...statements: readonly string[]): Promise<void> => {
      for (const statement of statements) await sql.raw(statement).execute(engine().database.kysely);
    };
    // The contributor is the last to go.
    await asOwner(
      "create function no() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$",
      `create trigger no before delete on ledger.contributor for each row
        when (old.tenant_id = '${tenantId}') execute function no()`,
    );
    const sent = { ...SAID, token: await ada.token() };
    expect(await ada.refused(ERASURE, sent)).toMatchObject({ status: 500, code: "UNEXPECTED" });
    expect(await rowsWith(door, pseudonym)).toEqual(before);
    await asOwner("drop trigger no on ledger.contributor", "drop function no()");
    expect(await ada.told(erasure, ERASURE, sent)).toEqual({ entries: 2 });
  });
});
