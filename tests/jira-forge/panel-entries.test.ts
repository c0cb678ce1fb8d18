import { randomUUID } from "node:crypto";
import { entry, itemEntries } from "@stageledger/core/contract/entries";
import { ensureContributors, inTransaction, lockTenant, openTenantSecrets, recordFacts } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { anEntry } from "../support/an-entry.ts";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor, ITEM } from "../support/forge/a-forge-door.ts";
import { openPanel } from "../support/jira-forge/a-panel.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";

const ENTRIES = `/forge/v1/items/${ITEM}/entries`;

async function openedWith(door: ForgeDoor, ...minutes: readonly number[]): Promise<ForgeHost> {
  for (const each of minutes) await aPerson(door, "ada").told(entry, ENTRIES, { body: { minutes: each } });
  const panel = await openPanel(door);
  await panel.settle();
  return panel;
}

/** All lines of the list, in whatever order. */
const lines = (panel: ForgeHost): readonly string[] =>
  panel
    .findAll("entry-*")
    .map((line) => panel.text(line))
    .sort();

describeWithApp("my entries in the panel", () => {
  onPostgres((engine) => {
    test("are there after a reload, the latest day first, and nobody else's", async () => {
      const door = await aForgeDoor(engine().database);
      await aPerson(door, "bob").told(entry, ENTRIES, { body: { minutes: 77, activity: "support" } });
      await aPerson(door, "ada").told(entry, ENTRIES, { body: { minutes: 50, date: "2026-09-07" } });
      const panel = await openedWith(door, 45);
      expect(panel.findAll("entry-*").map((line) => panel.text(line))).toEqual([
        "45 min | today",
        "50 min | yesterday",
      ]);
      const said = panel.said();
      // Neither Bob's 77 minutes nor the sums of 2 h 2 min and 2 h 52 min.
      for (const other of ["77", "1 h 17", "bob", "122", "2 h", "172"]) expect(said).not.toContain(other);
    });

    test("stand by their days still when one of them was given another day", async () => {
      const door = await aForgeDoor(engine().database);
      for (const [minutes, date] of [
        [50, "2026-09-07"],
        [40, "2026-09-04"],
        [30, "2026-09-03"],
      ])
        await aPerson(door, "ada").told(entry, ENTRIES, { body: { minutes, date } });
      const panel = await openedWith(door, 45);
      await panel.click(String(panel.findAll("change-*")[0]?.props.testId));
      await panel.choose("edit-day", "Another day");
      await panel.pickDate("edit-date", "2026-09-05");
      await panel.enter("edit-time");
      const minutes = () => panel.findAll("entry-*").map((line) => panel.text(line).split(" | ")[0]);
      expect(minutes()).toEqual(["50 min", "45 min", "40 min", "30 min"]);
      await panel.click("undo");
      expect(minutes()).toEqual(["45 min", "50 min", "40 min", "30 min"]);
    });

    test("change by a press and Enter, and the change can be undone", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openedWith(door, 60);
      await panel.click("change-*");
      expect(panel.get("edit-time").props).toMatchObject({ defaultValue: "1 h", autoFocus: true });
      await panel.type("edit-time", "1:15");
      await panel.choose("edit-activity", "test");
      await panel.choose("edit-stage", "Build");
      await panel.choose("edit-day", "Yesterday");
      expect(panel.text("edit-time-understood")).toBe("1 h 15 min · Build · yesterday · test");
      await panel.enter("edit-time");
      expect(panel.find("edit")).toBeUndefined();
      expect(lines(panel)).toEqual(["1 h 15 min | yesterday · Build · test"]);
      expect(panel.text("notice")).toBe("Changed to 1 h 15 min, yesterday. | Undo the change");
      await panel.click("undo");
      expect(lines(panel)).toEqual(["1 h | today"]);
      expect(lines(await openedWith(door))).toEqual(["1 h | today"]);
    });

    test("left as they are send nothing", async () => {
      const panel = await openedWith(await aForgeDoor(engine().database), 60);
      const calls = panel.calls.length;
      await panel.click("change-*");
      await panel.enter("edit-time");
      await panel.click("change-*");
      await panel.click("leave");
      expect(panel.calls).toHaveLength(calls);
      expect(lines(panel)).toEqual(["1 h | today"]);
    });

    test("a chosen stage can be given back to the issue's history", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openedWith(door);
      await panel.type("time", "1h");
      await panel.enter("time");
      await panel.click("change-*");
      await panel.choose("edit-stage", "Where the issue was that day");
      await panel.enter("edit-time");
      expect(lines(await openedWith(door))).toEqual(["1 h | today"]);
    });

    test("are deleted, and come back by undo", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openedWith(door, 60, 30);
      const half = panel.findAll("change-*").find((row) => panel.text(row).startsWith("30 min"));
      await panel.click(String(half?.props.testId));
      expect(panel.nameOf("remove")).toBe("Delete 30 min");
      await panel.click("remove");
      expect(lines(panel)).toEqual(["1 h | today"]);
      expect(panel.text("notice")).toBe("Deleted 30 min, today. | Undo deleting");
      expect(lines(await openedWith(door))).toEqual(["1 h | today"]);
      const again = await openedWith(door);
      await again.click("change-*");
      await again.click("remove");
      await again.click("undo");
      expect(lines(again)).toEqual(["1 h | today"]);
    });

    test("undoing what was just logged puts it into the field again", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openedWith(door);
      await panel.type("time", "10h");
      await panel.enter("time");
      await panel.click("undo");
      expect(lines(panel)).toEqual([]);
      expect(panel.valueOf("time")).toBe("10 h");
      expect(lines(await openedWith(door))).toEqual([]);
    });

    test("that another window changed meanwhile are shown as they are now", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openedWith(door, 60);
      await panel.click("change-*");
      const { entries } = await aPerson(door, "ada").told(itemEntries, ENTRIES);
      const [one] = entries;
      await aPerson(door, "ada").told(entry, `/forge/v1/entries/${one?.id}`, {
        method: "PATCH",
        body: { revision: 1, minutes: 20 },
      });
      await panel.type("edit-time", "2h");
      await panel.enter("edit-time");
      expect(panel.text("failure")).toContain("The entry was changed meanwhile");
      expect(panel.text("failure-code")).toBe("Code: ENTRY_REVISION_CONFLICT");
      expect(panel.nameOf("edit-time")).toBe("Change 20 min, today");
      await panel.enter("edit-time");
      expect(lines(panel)).toEqual(["2 h | today"]);
    });

    test("that another tool brought are shown, and are not to be changed here", async () => {
      const door = await aForgeDoor(engine().database);
      const { tenantId, masterKey } = door.tenant;
      const worklog = await inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
        await lockTenant(trx, tenantId);
        const secrets = await openTenantSecrets(trx, tenantId, masterKey);
        const account = { source: "jira", account: "ada" };
        const [person] = await ensureContributors(trx, tenantId, secrets, [account], randomUUID);
        if (person?.kind !== "found") throw new Error("Nobody was found.");
        return { entryId: secrets.entryId("jira", "501"), contributor: person.contributorId };
      });
      const told = anEntry({ itemId: ITEM, project: "PAY", visibility: "known", minutes: 35, activity: "support" });
      const entries = [{ ...worklog, number: 1, change: "created", entry: told, importId: undefined }] as const;
      await recordFacts(engine().database, tenantId, { items: [], statuses: [], entries });
      const panel = await openedWith(door);
      expect(lines(panel)).toEqual(["35 min | today · support · from another tool"]);
      expect(panel.findAll("change-*")).toEqual([]);
    });

    test("of a closed week say what a change does", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openedWith(door, 60);
      await panel.click("change-*");
      expect(panel.find("closed-week")).toBeUndefined();
      await engine()
        .database.kysely.transaction()
        .execute(async (trx) => {
          await sql.raw(`set local app.tenant = '${door.tenant.tenantId}'`).execute(trx);
          await sql
            .raw(`insert into ledger.week_close values ('${door.tenant.tenantId}', '2026-09-07', 0)`)
            .execute(trx);
        });
      const again = await openedWith(door);
      await again.click("change-*");
      expect(again.text("closed-week")).toBe("Its week is closed: a change goes into the quarter’s correction.");
    });

    test("more than five are folded", async () => {
      const panel = await openedWith(await aForgeDoor(engine().database), 1, 2, 3, 4, 5, 6);
      expect(lines(panel)).toHaveLength(5);
      expect(panel.nameOf("all-entries")).toBe("Show all 6 entries");
      await panel.click("all-entries");
      expect(lines(panel)).toHaveLength(6);
      expect(panel.find("all-entries")).toBeUndefined();
    });

    test("a screen reader tells what each press does to what, and each field has a name", async () => {
      const panel = await openedWith(await aForgeDoor(engine().database), 60);
      expect(panel.nameOf("change-*")).toBe("1 h today Change 1 h, today");
      await panel.click("details");
      await panel.click("roadblock-link");
      for (const field of panel.all(({ type }) => ["Textfield", "Select", "DatePicker"].includes(type)))
        expect(panel.nameOf(String(field.props.testId))).not.toBe("");
      const names = panel.all(({ type }) => type.endsWith("Button")).map((button) => panel.text(button));
      expect(names).not.toContain("");
      expect(new Set(names).size).toBe(names.length);
    });
  });
});
