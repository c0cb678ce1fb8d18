import { erasePerson, inTransaction, verify } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { aSync, type Sync } from "../../support/asana/a-sync.ts";
import { added, anAsanaEntry, aTask, moved, removed } from "../../support/asana/a-task.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { utc } from "../../support/moments.ts";
import { until } from "../../support/until.ts";

const TO_BUILD = moved("2026-09-08T09:00", "P", "To do", "Build");

onBothEngines((engine) => {
  async function aTaskWithHours(): Promise<Sync> {
    const one = await aSync(engine().database);
    one.asana.put(aTask({ memberships: [["P", "Build"]] }), TO_BUILD);
    one.asana.log(anAsanaEntry());
    await one.look("7001");
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
    return one;
  }

  /** `1 created 90 2026-09-08` for each revision, in order. */
  async function revisions({ tenant: { tenantId } }: Sync): Promise<readonly string[]> {
    const { rows } = await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      sql<{ line: string }>`
        select concat_ws(' ', number, change, minutes, date, project) as line from ledger.entry_revision
        where tenant_id = ${tenantId}::uuid order by entry_id, number`.execute(trx),
    );
    return rows.map(({ line }) => line);
  }

  test("edits become revisions: other minutes, then another date, then another project", async () => {
    const one = await aTaskWithHours();
    one.asana.log(anAsanaEntry({ duration_minutes: 120 }));
    await one.look("7001");
    one.asana.log(anAsanaEntry({ duration_minutes: 120, entered_on: "2026-09-15" }));
    await one.look("7001");
    one.asana.log(anAsanaEntry({ duration_minutes: 120, entered_on: "2026-09-15", attributable_to: { gid: "Q" } }));
    await one.look("7001");
    await one.look("7001");
    expect(await revisions(one)).toEqual([
      "1 created 90 2026-09-08 Payments",
      "2 edited 120 2026-09-08 Payments",
      "3 edited 120 2026-09-15 Payments",
      "4 moved 120 2026-09-15 Quality",
    ]);
    // The task is no item of Q: its hours there have the stage of where it is.
    expect(await one.cells()).toEqual(["Quality Build other 2026-09-14 known in-time 120"]);
    expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
  });

  test("a list that lags takes nothing away: only a direct 404 proves that an entry is gone", async () => {
    const one = await aTaskWithHours();
    one.asana.unlisted.add("5001");
    await one.look("7001");
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
    expect(one.asana.count("findEntry 5001")).toBe(1);
    // An edit of an entry that the list leaves out is seen all the same.
    one.asana.log(anAsanaEntry({ duration_minutes: 60 }));
    await one.look("7001");
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 60"]);
  });

  test("an entry that was recorded while a later look, which saw it no more, was under way", async () => {
    const one = await aTaskWithHours();
    one.asana.log(anAsanaEntry({ gid: "5002", duration_minutes: 15 }));
    const held = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let looks = 0;
    one.asana.beforeAnswer = async (call) => {
      if (call !== "listEntriesOfTask 7001") return;
      looks += 1;
      await held[looks - 1]?.promise;
    };
    const earlier = one.look("7001");
    await until(() => looks === 1, "the earlier look lists the entries");
    one.asana.entries.delete("5002");
    const later = one.look("7001");
    await until(() => looks === 2, "the later look lists the entries");
    held[0]?.resolve();
    await earlier;
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 105"]);
    held[1]?.resolve();
    await later;
    await one.answer();
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
    expect(await one.bells()).toEqual([]);
  });

  test("an entry that answers 404 is gone, and one that is back is back", async () => {
    const one = await aTaskWithHours();
    one.asana.entries.clear();
    await one.look("7001");
    expect(await one.cells()).toEqual([]);
    await one.look("7001");
    one.asana.log(anAsanaEntry());
    await one.look("7001");
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
    expect(await revisions(one)).toEqual([
      "1 created 90 2026-09-08 Payments",
      "2 deleted",
      "3 edited 90 2026-09-08 Payments",
    ]);
  });

  test("an entry of no minutes, or of a date that nobody works on, counts as deleted and keeps no other from being recorded", async () => {
    const one = await aTaskWithHours();
    one.asana.log(anAsanaEntry({ gid: "5002", duration_minutes: 30 }));
    one.asana.log(anAsanaEntry({ duration_minutes: 0 }));
    await one.look("7001");
    await one.look("7001");
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 30"]);
    expect((await revisions(one)).toSorted()).toEqual([
      "1 created 30 2026-09-08 Payments",
      "1 created 90 2026-09-08 Payments",
      "2 deleted",
    ]);
    one.asana.log(anAsanaEntry({ entered_on: "3000-01-01" }));
    await one.look("7001");
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 30"]);
    expect(await one.bells()).toEqual([]);
  });

  test("hours stay with the project in which they were logged when the task moves on (E14)", async () => {
    const one = await aTaskWithHours();
    one.asana.put(
      aTask({ memberships: [["Q", "To do"]] }),
      TO_BUILD,
      removed("2026-09-09T09:00", "P"),
      added("2026-09-09T09:00", "Q"),
    );
    one.asana.log(anAsanaEntry({ gid: "5002", duration_minutes: 15, created_at: utc("2026-09-09T16:00") }));
    await one.look("7001");
    expect(await one.cells()).toEqual([
      "Payments Build other 2026-09-07 known in-time 90",
      "Quality To do other 2026-09-07 known in-time 15",
    ]);
  });

  test("hours of two projects are of none until somebody can tell, and are never split (E9)", async () => {
    const one = await aSync(engine().database);
    one.asana.put(
      aTask({
        memberships: [
          ["P", "Build"],
          ["Q", "To do"],
        ],
      }),
      TO_BUILD,
    );
    one.asana.log(anAsanaEntry());
    await one.look("7001");
    expect(await one.cells()).toEqual(["Unassigned Build other 2026-09-07 known in-time 90"]);
    one.asana.log(anAsanaEntry({ attributable_to: { gid: "Q" } }));
    await one.look("7001");
    expect(await one.cells()).toEqual(["Quality To do other 2026-09-07 known in-time 90"]);
  });

  test("hours on a sub-task are booked by the stages of the task above, and follow them", async () => {
    const one = await aSync(engine().database);
    one.asana.put(aTask({ memberships: [["P", "Build"]] }), TO_BUILD);
    one.asana.put(aTask({ gid: "7002", memberships: [], parent: { gid: "7001" } }));
    one.asana.log(anAsanaEntry({ task: { gid: "7002" } }));
    await one.look("7002", "7001");
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
  });

  test("a sub-task whose parent is closed to us is recorded where it was", async () => {
    const one = await aSync(engine().database);
    one.asana.put(aTask({ memberships: [["P", "Build"]] }), TO_BUILD);
    one.asana.put(aTask({ gid: "7002", memberships: [], parent: { gid: "7001" } }));
    await one.look("7001", "7002");
    one.asana.refusals.set("findTask 7001", "ASANA_FORBIDDEN");
    one.asana.log(anAsanaEntry({ task: { gid: "7002" } }));
    await one.look("7002");
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build", "7002:P subtask"]);
  });

  test("without time tracking (402) stages are recorded, hours that are known stay, and it is not asked again for an hour", async () => {
    const one = await aTaskWithHours();
    one.asana.refusals.set("listEntriesOfTask", "ASANA_PLAN");
    one.asana.put(aTask({ memberships: [["P", "Done"]] }), TO_BUILD, moved("2026-09-09T09:00", "P", "Build", "Done"));
    await one.look("7001");
    await one.look("7001");
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build,P.Done"]);
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
    expect(one.asana.count("listEntriesOfTask")).toBe(2);
    one.asana.refusals.clear();
    one.asana.entries.clear();
    one.clock.now += 3_600_000;
    await one.look("7001");
    expect(await one.cells()).toEqual([]);
  });

  test("an erased person is not brought back, and of their entries no day is kept", async () => {
    const one = await aTaskWithHours();
    const other = { gid: "5002", duration_minutes: 20, created_by: { gid: "3002" }, attributable_to: { gid: "P" } };
    one.asana.log(anAsanaEntry(other));
    await one.look("7001");
    const { tenantId, masterKey } = one.tenant;
    await erasePerson(engine().database, tenantId, masterKey, { source: "asana", account: "3001" });
    await one.look("7001");
    one.asana.log(anAsanaEntry({ duration_minutes: 100 }));
    await one.look("7001");
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 20"]);
    const { rows } = await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      sql<{ days: string }>`
        select string_agg(entry.key || ' ' || (entry.value ->> 'date'), ',' order by entry.key) as days
        from control.seen_item, jsonb_each(entries) entry where tenant_id = ${tenantId}::uuid`.execute(trx),
    );
    expect(rows).toEqual([{ days: "5001 ,5002 2026-09-08" }]);
    // Nor is their task read again and again for them.
    one.asana.calls.length = 0;
    await one.reconcile();
    expect(await one.bells()).toEqual([]);
  });

  test("an entry whose author is not named is left out, and kept up when it is known already", async () => {
    const one = await aTaskWithHours();
    one.asana.log(anAsanaEntry({ gid: "5002", created_by: null }));
    one.asana.log(anAsanaEntry({ duration_minutes: 45, created_by: null }));
    await one.look("7001");
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 45"]);
  });
});
