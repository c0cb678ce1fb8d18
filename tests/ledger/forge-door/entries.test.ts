import { randomUUID } from "node:crypto";
import { deletedEntry, entry, itemEntries, myWeek, undoneEntry } from "@stageledger/core/contract/entries";
import { ensureContributors, inTransaction, lockTenant, openTenantSecrets, recordFacts } from "@stageledger/db";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { anEntry } from "../../support/an-entry.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor, ITEM } from "../../support/forge/a-forge-door.ts";

const ENTRIES = `/forge/v1/items/${ITEM}/entries`;
const WEEK = "/forge/v1/my/week";
const HOUR = { minutes: 60, date: "2026-09-08" };

onBothEngines((engine) => {
  /** What is booked: stage, activity, minutes, and whether it came late. */
  const cellsOf = ({ tenant: { tenantId } }: ForgeDoor): Promise<readonly string[]> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const { rows } = await sql<{ line: string }>`
        select concat_ws(' ', stage, activity, visibility, kind, minutes) as line
        from ledger.cell where minutes <> 0`.execute(trx);
      return rows.map(({ line }) => line).sort();
    });

  /** As the owner: the doors cannot. */
  const asOwner = ({ tenant: { tenantId } }: ForgeDoor, statement: string): Promise<void> =>
    engine()
      .database.kysely.transaction()
      .execute(async (trx) => {
        await sql.raw(`set local app.tenant = '${tenantId}'`).execute(trx);
        await sql.raw(statement.replaceAll("TENANT", `'${tenantId}'::uuid`)).execute(trx);
      });

  describe("logging", () => {
    test("who logs an hour reads it back on the item and in their week, and it is booked where they say", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      const logged = await ada.told(entry, ENTRIES, { body: { ...HOUR, activity: "build", stage: "test" } });
      expect(logged).toEqual({
        id: expect.any(String),
        revision: 1,
        itemId: ITEM,
        itemKey: "PAY-88",
        project: "PAY",
        date: "2026-09-08",
        minutes: 60,
        activity: "build",
        stage: "Test",
        isMirrored: false,
        isClosed: false,
        canChange: true,
        origin: "ledger",
      });
      expect(await ada.told(itemEntries, ENTRIES)).toEqual({
        itemId: ITEM,
        itemKey: "PAY-88",
        project: "PAY",
        today: "2026-09-08",
        proposedStage: "Review",
        stages: ["Backlog", "Build", "Review", "Test", "Done"],
        activities: ["build", "review", "test", "meeting", "support", "learning", "other"],
        entries: [logged],
      });
      expect(await ada.told(myWeek, WEEK)).toEqual({
        week: "2026-W37",
        firstDay: "2026-09-07",
        lastDay: "2026-09-13",
        today: "2026-09-08",
        isClosed: false,
        minutes: 60,
        entries: [logged],
      });
      expect(await cellsOf(door)).toEqual(["Test build private in-time 60"]);
    });

    test("without a stage the item's history tells it, without a date it is today in the tenant's zone", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      // 23:30 UTC is half past one on Wednesday in Berlin.
      door.clock.now += 14.5 * 3_600_000;
      const logged = await ada.told(entry, ENTRIES, { body: { minutes: 25 } });
      expect(logged).toMatchObject({ date: "2026-09-09", activity: "other", stage: null });
      expect(await cellsOf(door)).toEqual(["Review other private in-time 25"]);
    });

    test("an item where no work is done has no stage to propose", async () => {
      const door = await aForgeDoor(engine().database);
      const told = await aPerson(door).told(itemEntries, "/forge/v1/items/jira:10089/entries");
      expect(told).toMatchObject({ itemKey: "PAY-89", proposedStage: null, entries: [] });
    });

    test("a day has 24 hours: the minute beyond is refused", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      await ada.told(entry, ENTRIES, { body: { ...HOUR, minutes: 1440 } });
      const told = await ada.refused(ENTRIES, { body: { ...HOUR, minutes: 1 } });
      expect(told).toMatchObject({ status: 422, code: "ENTRY_DAY_OVER_24_HOURS" });
      await aPerson(door).told(entry, ENTRIES, { body: HOUR });
    });

    test("a full day is full for who leaves the date out, wherever the tenant's day lies", async () => {
      const door = await aForgeDoor(engine().database);
      await asOwner(door, "update flow.tenant set zone = 'Pacific/Kiritimati'");
      const ada = aPerson(door);
      // 11:00 UTC on Tuesday is one o'clock on Wednesday there.
      door.clock.now += 2 * 3_600_000;
      await ada.told(entry, ENTRIES, { body: { minutes: 1440, date: "2026-09-09" } });
      const told = await ada.refused(ENTRIES, { body: { minutes: 1 } });
      expect(told.code).toBe("ENTRY_DAY_OVER_24_HOURS");
      await ada.told(entry, ENTRIES, { body: { minutes: 1440, date: "2026-09-08" } });
    });

    test("people of one ledger who log at the same moment are each booked, and nobody over a day's 24 hours", async () => {
      const door = await aForgeDoor(engine().database);
      const people = Array.from({ length: 4 }, () => aPerson(door));
      const statuses = await Promise.all(
        people.flatMap((one) =>
          Array.from({ length: 3 }, async () => {
            const answer = await one.call(ENTRIES, { body: { ...HOUR, minutes: 600, activity: "build" } });
            return answer.status;
          }),
        ),
      );
      // Ten hours fit into a day twice.
      expect(statuses.toSorted()).toEqual([...Array(8).fill(201), ...Array(4).fill(422)]);
      expect(await cellsOf(door)).toEqual(Array(4).fill("Review build private in-time 1200"));
    });

    test.each([
      [{ minutes: 60, date: "2026-02-30" }, 422, "ENTRY_IMPOSSIBLE_DATE"],
      [{ minutes: 60, date: "3000-01-01" }, 422, "ENTRY_IMPOSSIBLE_DATE"],
      [{ minutes: 60, date: "2026-10-10" }, 422, "ENTRY_IMPOSSIBLE_DATE"],
      [{ minutes: 60, stage: "Nowhere" }, 422, "STAGE_UNKNOWN"],
      [{ minutes: 0 }, 400, "REQUEST_INVALID"],
      [{ minutes: 1441 }, 400, "REQUEST_INVALID"],
      [{ minutes: 1.5 }, 400, "REQUEST_INVALID"],
      [{ minutes: "60" }, 400, "REQUEST_INVALID"],
      [{ minutes: 60, activity: "gossip" }, 400, "REQUEST_INVALID"],
      [{ minutes: 60, stage: "a".repeat(201) }, 400, "REQUEST_INVALID"],
      [{ minutes: 60, date: "08.09.2026" }, 400, "REQUEST_INVALID"],
      [{}, 400, "REQUEST_INVALID"],
    ])("%j is refused", async (body, status, code) => {
      const door = await aForgeDoor(engine().database);
      expect(await aPerson(door).refused(ENTRIES, { body })).toMatchObject({ status, code });
      expect(await cellsOf(door)).toEqual([]);
    });

    test("a day of which single entries are no longer kept is refused instead of acknowledged and dropped", async () => {
      const door = await aForgeDoor(engine().database);
      await asOwner(door, "insert into ledger.retention_edge values (TENANT, '2026-06-01', '2025-09-01')");
      const told = await aPerson(door).refused(ENTRIES, { body: { ...HOUR, date: "2026-05-31" } });
      expect(told).toMatchObject({ status: 422, code: "ENTRY_TOO_OLD" });
    });
  });

  describe("changing", () => {
    test("an edit changes what it names and leaves the rest, and the booking follows", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      const logged = await ada.told(entry, ENTRIES, { body: { ...HOUR, activity: "build", stage: "Build" } });
      const path = `/forge/v1/entries/${logged.id}`;
      const edited = await ada.told(entry, path, { method: "PATCH", body: { revision: 1, minutes: 45 } });
      expect(edited).toEqual({ ...logged, revision: 2, minutes: 45 });
      const body = { revision: 2, stage: null, activity: "test", date: "2026-09-07" };
      const again = await ada.told(entry, path, { method: "PATCH", body });
      expect(again).toEqual({ ...edited, revision: 3, stage: null, activity: "test", date: "2026-09-07" });
      expect(await cellsOf(door)).toEqual(["Review test private in-time 45"]);
    });

    test("an edit that changes nothing, or that knows an older revision, is refused", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      const { id } = await ada.told(entry, ENTRIES, { body: HOUR });
      const path = `/forge/v1/entries/${id}`;
      expect((await ada.refused(path, { method: "PATCH", body: { revision: 1 } })).code).toBe("REQUEST_INVALID");
      await ada.told(entry, path, { method: "PATCH", body: { revision: 1, minutes: 30 } });
      const CONFLICT = { status: 409, code: "ENTRY_REVISION_CONFLICT" };
      expect(await ada.refused(path, { method: "PATCH", body: { revision: 1, minutes: 20 } })).toMatchObject(CONFLICT);
      expect(await ada.refused(`${path}?revision=1`, { method: "DELETE" })).toMatchObject(CONFLICT);
      expect(await ada.refused(`${path}/undo`, { body: { revision: 1 } })).toMatchObject(CONFLICT);
      expect(await cellsOf(door)).toEqual(["Review other private in-time 30"]);
    });

    test("an edit may fill the day, its own minutes not counted twice", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      const { id } = await ada.told(entry, ENTRIES, { body: { ...HOUR, minutes: 900 } });
      await ada.told(entry, ENTRIES, { body: { ...HOUR, minutes: 400 } });
      const path = `/forge/v1/entries/${id}`;
      await ada.told(entry, path, { method: "PATCH", body: { revision: 1, minutes: 1040 } });
      const told = await ada.refused(path, { method: "PATCH", body: { revision: 2, minutes: 1041 } });
      expect(told.code).toBe("ENTRY_DAY_OVER_24_HOURS");
    });

    test("a mirrored entry is a known contribution from then on, and no undo makes it private again", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      const { id } = await ada.told(entry, ENTRIES, { body: HOUR });
      const path = `/forge/v1/entries/${id}`;
      const mirrored = await ada.told(entry, path, { method: "PATCH", body: { revision: 1, isMirrored: true } });
      expect(mirrored.isMirrored).toBe(true);
      expect(await cellsOf(door)).toEqual(["Review other known in-time 60"]);
      const undone = await ada.told(undoneEntry, `${path}/undo`, { body: { revision: 2 } });
      expect(undone.entry?.isMirrored).toBe(true);
      expect((await ada.refused(path, { method: "PATCH", body: { revision: 3, isMirrored: false } })).status).toBe(400);
      expect(await cellsOf(door)).toEqual(["Review other known in-time 60"]);
    });

    test("one that is logged to be mirrored has never been private; undone and taken back it is gone", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      const logged = await ada.told(entry, ENTRIES, { body: { ...HOUR, isMirrored: true } });
      expect(logged).toMatchObject({ revision: 1, isMirrored: true });
      expect(await cellsOf(door)).toEqual(["Review other known in-time 60"]);
      const path = `/forge/v1/entries/${logged.id}`;
      await ada.told(undoneEntry, `${path}/undo`, { body: { revision: 1 } });
      expect(await cellsOf(door)).toEqual([]);
      const back = await ada.told(undoneEntry, `${path}/undo`, { body: { revision: 2 } });
      expect(back.entry?.isMirrored).toBe(true);
      expect((await ada.refused(ENTRIES, { body: { ...HOUR, isMirrored: false } })).status).toBe(400);
    });

    test("one that only its author could read when its week was closed is mirrored no more, and nothing is booked anew", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      const { id } = await ada.told(entry, ENTRIES, { body: HOUR });
      await asOwner(door, "insert into ledger.week_close values (TENANT, '2026-09-07', 0)");
      const path = `/forge/v1/entries/${id}`;
      const TOO_LATE = { status: 409, code: "ENTRY_COPY_TOO_LATE", next: expect.stringContaining("uncopied") };
      // Not even together with a move out of that week: it stood there when it was closed.
      for (const change of [{}, { minutes: 70 }, { date: "2026-09-14" }]) {
        const body = { revision: 1, isMirrored: true, ...change };
        expect(await ada.refused(path, { method: "PATCH", body })).toMatchObject(TOO_LATE);
      }
      expect(await cellsOf(door)).toEqual(["Review other private in-time 60"]);
      // What is late is told apart from what was there, so that it may be known from the start.
      await ada.told(entry, ENTRIES, { body: { ...HOUR, minutes: 5, isMirrored: true } });
      expect(await cellsOf(door)).toEqual(["Review other known late-added 5", "Review other private in-time 60"]);
    });

    test("one that was mirrored before its week was closed may be said to be so again, and one that comes into it late, too", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      const mirrored = await ada.told(entry, ENTRIES, { body: { ...HOUR, isMirrored: true } });
      const other = await ada.told(entry, ENTRIES, { body: { ...HOUR, date: "2026-09-14", minutes: 5 } });
      await asOwner(door, "insert into ledger.week_close values (TENANT, '2026-09-07', 0)");
      const again = { method: "PATCH", body: { revision: 1, isMirrored: true } } as const;
      expect((await ada.told(entry, `/forge/v1/entries/${mirrored.id}`, again)).isMirrored).toBe(true);
      const moved = { method: "PATCH", body: { revision: 1, isMirrored: true, date: HOUR.date } } as const;
      await ada.told(entry, `/forge/v1/entries/${other.id}`, moved);
      expect(await cellsOf(door)).toEqual(["Review other known in-time 60", "Review other known late-added 5"]);
    });

    test("a deleted entry is gone from lists and bookings, cannot be edited, and undo brings it back", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      const logged = await ada.told(entry, ENTRIES, { body: HOUR });
      const path = `/forge/v1/entries/${logged.id}`;
      const deleted = await ada.told(deletedEntry, `${path}?revision=1`, { method: "DELETE" });
      expect(deleted).toEqual({ id: logged.id, revision: 2 });
      expect((await ada.told(myWeek, WEEK)).entries).toEqual([]);
      expect(await cellsOf(door)).toEqual([]);
      const edit = await ada.refused(path, { method: "PATCH", body: { revision: 2, minutes: 5 } });
      expect(edit).toMatchObject({ status: 409, code: "ENTRY_DELETED" });
      const undone = await ada.told(undoneEntry, `${path}/undo`, { body: { revision: 2 } });
      expect(undone).toEqual({ id: logged.id, revision: 3, entry: { ...logged, revision: 3 } });
      expect(await cellsOf(door)).toEqual(["Review other private in-time 60"]);
    });

    test("undoing an edit brings the old minutes back, undoing that the new ones; undoing the first deletes", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      const { id } = await ada.told(entry, ENTRIES, { body: HOUR });
      const path = `/forge/v1/entries/${id}`;
      await ada.told(entry, path, { method: "PATCH", body: { revision: 1, minutes: 90 } });
      const undo = async (revision: number) =>
        (await ada.told(undoneEntry, `${path}/undo`, { body: { revision } })).entry?.minutes;
      expect(await undo(2)).toBe(60);
      expect(await undo(3)).toBe(90);
      const fresh = await ada.told(entry, ENTRIES, { body: { ...HOUR, minutes: 5 } });
      const gone = await ada.told(undoneEntry, `/forge/v1/entries/${fresh.id}/undo`, { body: { revision: 1 } });
      expect(gone).toEqual({ id: fresh.id, revision: 2, entry: null });
      expect(await cellsOf(door)).toEqual(["Review other private in-time 90"]);
    });

    test("a change in a closed week is a late correction, and said to be one", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      const { id } = await ada.told(entry, ENTRIES, { body: HOUR });
      await asOwner(door, "insert into ledger.week_close values (TENANT, '2026-09-07', 0)");
      const body = { revision: 1, minutes: 70 };
      const edited = await ada.told(entry, `/forge/v1/entries/${id}`, { method: "PATCH", body });
      expect(edited.isClosed).toBe(true);
      expect((await ada.told(myWeek, WEEK)).isClosed).toBe(true);
      expect(await cellsOf(door)).toEqual(["Review other private in-time 60", "Review other private late-added 10"]);
    });

    test("what another tool or a file brought is shown, and is not to be changed here", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door, "ada");
      const { tenantId, masterKey } = door.tenant;
      const worklog = await inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
        await lockTenant(trx, tenantId);
        const secrets = await openTenantSecrets(trx, tenantId, masterKey);
        const account = { source: "jira", account: "ada" };
        const [person] = await ensureContributors(trx, tenantId, secrets, [account], randomUUID);
        if (person?.kind !== "found") throw new Error("Nobody was found.");
        return { entryId: secrets.entryId("jira", "501"), contributor: person.contributorId };
      });
      const told = anEntry({ itemId: ITEM, project: "PAY", visibility: "known" });
      await recordFacts(engine().database, tenantId, {
        items: [],
        statuses: [],
        entries: [{ ...worklog, number: 1, change: "created", entry: told, importId: undefined }],
      });
      const [shown] = (await ada.told(myWeek, WEEK)).entries;
      expect(shown).toMatchObject({ id: worklog.entryId, minutes: 120, canChange: false, isMirrored: false });
      const path = `/forge/v1/entries/${worklog.entryId}`;
      const ELSEWHERE = { status: 403, code: "ENTRY_FROM_ELSEWHERE" };
      expect(await ada.refused(path, { method: "PATCH", body: { revision: 1, minutes: 1 } })).toMatchObject(ELSEWHERE);
      expect(await ada.refused(`${path}/undo`, { body: { revision: 1 } })).toMatchObject(ELSEWHERE);
      expect(await ada.refused(`${path}?revision=1`, { method: "DELETE" })).toMatchObject(ELSEWHERE);
    });
  });

  test("a day 31 days ahead can be logged and moved to, one further off neither", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const { id } = await ada.told(entry, ENTRIES, { body: { minutes: 60, date: "2026-10-09" } });
    const path = `/forge/v1/entries/${id}`;
    const body = { revision: 1, date: "2026-10-10" };
    expect((await ada.refused(path, { method: "PATCH", body })).code).toBe("ENTRY_IMPOSSIBLE_DATE");
  });

  test("a week is found by any of its days", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await ada.told(entry, ENTRIES, { body: { ...HOUR, date: "2026-09-06" } });
    expect(await ada.told(myWeek, `${WEEK}?day=2026-08-31`)).toMatchObject({
      week: "2026-W36",
      firstDay: "2026-08-31",
      lastDay: "2026-09-06",
      today: "2026-09-08",
      minutes: 60,
    });
    expect((await ada.told(myWeek, WEEK)).minutes).toBe(0);
    expect(await ada.refused(`${WEEK}?day=2026-13-01`)).toMatchObject({ status: 422, code: "ENTRY_IMPOSSIBLE_DATE" });
    expect(await ada.refused(`${WEEK}?day=2026-09-01&day=2026-09-02`)).toMatchObject({ at: "query.day" });
  });
});
