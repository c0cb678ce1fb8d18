import { inTransaction, removeConnection, verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { aSync } from "../../support/asana/a-sync.ts";
import { added, anAsanaEntry, aSection, aTask, completed, moved, removed } from "../../support/asana/a-task.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { utc } from "../../support/moments.ts";

const IN_BUILD = aTask({ memberships: [["P", "Build"]] });
const TO_BUILD = moved("2026-09-08T09:00", "P", "To do", "Build");

onBothEngines((engine) => {
  const sync = () => aSync(engine().database);

  test("a bell: the task is read whole in three calls, and its stays and hours are in the ledger", async () => {
    const one = await sync();
    one.asana.put(IN_BUILD, TO_BUILD);
    one.asana.log(anAsanaEntry({ categories: [{ gid: "1", name: "Review" }] }));
    await one.look("7001");
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build"]);
    expect(await one.cells()).toEqual(["Payments Build review 2026-09-07 known in-time 90"]);
    expect(await one.bells()).toEqual([]);
    expect(one.asana.calls.filter((call) => !call.startsWith("listSections"))).toEqual([
      "findTask 7001",
      "listStories 7001",
      "listEntriesOfTask 7001",
    ]);
    expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
  });

  test("many bells of one task are answered by one look, and a second answer changes nothing", async () => {
    const one = await sync();
    one.asana.put(IN_BUILD, TO_BUILD);
    one.asana.log(anAsanaEntry());
    await one.ring(
      { what: "task", gid: "7001", action: "changed" },
      { what: "story", gid: "9001", action: "added", parent: "7001", parentType: "task" },
      { what: "time_tracking_entry", gid: "5001", action: "added", parent: "7001", parentType: "task" },
    );
    await one.answer();
    expect(one.asana.count("findTask")).toBe(1);
    const before = [await one.cells(), await one.stays()];
    await one.look("7001");
    expect([await one.cells(), await one.stays()]).toEqual(before);
  });

  test("an out-of-date look is dropped: it began before one that is recorded already", async () => {
    const one = await sync();
    one.asana.put(IN_BUILD, TO_BUILD);
    one.asana.log(anAsanaEntry({ duration_minutes: 30 }));
    // While the first look still holds its answers, the task moves on, is edited, and is read by another worker.
    let isFirst = true;
    one.asana.beforeAnswer = async (call) => {
      if (!isFirst || !call.startsWith("listEntriesOfTask")) return;
      isFirst = false;
      one.asana.put(aTask({ memberships: [["P", "Done"]] }), TO_BUILD, moved("2026-09-09T09:00", "P", "Build", "Done"));
      one.asana.log(anAsanaEntry({ duration_minutes: 120 }));
      await one.look("7001");
    };
    await one.look("7001");
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build,P.Done"]);
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 120"]);
    expect(await one.bells()).toEqual([]);
    // Nor does it come back by the next look.
    await one.look("7001");
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 120"]);
  });

  test("an out-of-date look is dropped when the task was deleted meanwhile, though it was never seen before", async () => {
    const one = await sync();
    one.asana.put(IN_BUILD, TO_BUILD);
    let isFirst = true;
    one.asana.beforeAnswer = async (call) => {
      if (!isFirst || !call.startsWith("listEntriesOfTask")) return;
      isFirst = false;
      one.asana.tasks.delete("7001");
      await one.ring({ what: "task", gid: "7001", action: "deleted", at: utc("2026-09-10T11:00") });
      await one.answer();
    };
    await one.look("7001");
    expect(await one.stays()).toEqual([]);
  });

  test("two machines whose clocks disagree: the look that began later is believed", async () => {
    const one = await sync();
    one.asana.put(IN_BUILD, TO_BUILD);
    one.asana.log(anAsanaEntry({ duration_minutes: 30 }));
    await one.look("7001");
    one.asana.log(anAsanaEntry({ duration_minutes: 120 }));
    one.clock.now -= 3_600_000;
    await one.look("7001");
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 120"]);
  });

  test("a story that is missing: the task is looked at once more, then recorded as it is, and that once", async () => {
    const one = await sync();
    one.asana.put(aTask({ memberships: [["P", "Done"]] }), TO_BUILD);
    await one.look("7001");
    expect(one.asana.count("findTask")).toBe(2);
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build,P.Done"]);
    await one.look("7001");
    await one.look("7001");
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build,P.Done"]);
  });

  test("a story that is written between two calls is read by the second look", async () => {
    const one = await sync();
    one.asana.put(aTask({ memberships: [["P", "Done"]] }), TO_BUILD);
    one.asana.beforeAnswer = async (call) => {
      if (call.startsWith("listStories"))
        one.asana.storiesByTask.set("7001", [TO_BUILD, moved("2026-09-09T09:00", "P", "Build", "Done")]);
    };
    await one.look("7001");
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build,P.Done"]);
  });

  test("a move of which no story tells, of a task that has none at all: it went there at the look", async () => {
    const one = await sync();
    one.asana.put(aTask());
    await one.look("7001");
    one.asana.put(IN_BUILD);
    await one.look("7001");
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build"]);
  });

  test("a section that was deleted, and that stories do not name any more, keeps the stay that it had", async () => {
    const one = await sync();
    const toReview = moved("2026-09-09T09:00", "P", "Build", "Review");
    one.asana.put(aTask({ memberships: [["P", "Review"]] }), TO_BUILD, toReview);
    await one.look("7001");
    const forgotten = { ...toReview, new_section: null };
    const toDone = moved("2026-09-10T09:00", "P", null, "Done");
    one.asana.put(aTask({ memberships: [["P", "Done"]] }), TO_BUILD, forgotten, toDone);
    await one.look("7001");
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build,P.Review,P.Done"]);
    expect(await one.parked()).toEqual([]);
  });

  test("a sub-task that was ticked off and then becomes a card of the same project is recorded", async () => {
    const one = await sync();
    const done = completed("2026-09-08T10:00");
    const subtask = { parent: { gid: "7001" }, gid: "7002", completed_at: utc("2026-09-08T10:00") };
    one.asana.put(IN_BUILD, TO_BUILD);
    one.asana.put(aTask({ ...subtask, memberships: [] }), done);
    await one.look("7001", "7002");
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build", "7002:P subtask,completed"]);
    one.asana.put(aTask({ ...subtask, memberships: [["P", "Done"]] }), done, added("2026-09-09T09:00", "P"));
    await one.look("7002");
    expect(await one.bells()).toEqual([]);
    expect((await one.stays())[1]).toBe("7002:P subtask,completed");
  });

  test("sections that were made since they were listed are learned on the fly, those of other projects asked for once", async () => {
    const one = await sync();
    one.asana.put(
      aTask({
        memberships: [
          ["P", "Review"],
          ["Q", "To do"],
        ],
      }),
    );
    await one.look("7001");
    expect(one.asana.count("listSections")).toBe(2);
    const stories = [moved("2026-09-08T09:00", "P", "Gone", "Review"), moved("2026-09-08T10:00", "X", "Idea", "Plan")];
    one.asana.sectionsByProject.set("P", [...(one.asana.sectionsByProject.get("P") ?? []), aSection("P", "Review")]);
    one.asana.put(
      aTask({
        memberships: [
          ["P", "Review"],
          ["Q", "To do"],
        ],
      }),
      ...stories,
    );
    await one.look("7001");
    expect(one.asana.count("listSections")).toBe(4);
    expect(await one.stays()).toEqual(["7001:P P.Gone,P.Review", "7001:Q Q.To do"]);
    await one.look("7001");
    expect(one.asana.count("listSections")).toBe(4);
  });

  test("a bell of a section, a project, a field or an option: the names of stages are listed anew", async () => {
    const one = await sync();
    await one.ring({ what: "section", gid: "P.Review", action: "added", parent: "P", parentType: "project" });
    await one.answer();
    const before = one.asana.count("listSections P");
    await one.ring({ what: "enum_option", gid: "F.Draft", action: "changed" });
    await one.answer();
    expect(one.asana.count("listSections P")).toBe(before + 1);
    expect(await one.bells()).toEqual([]);
  });

  test("a bell of what nothing depends on is settled without a call", async () => {
    const one = await sync();
    await one.look();
    const before = one.asana.calls.length;
    await one.ring(
      { what: "story", gid: "9001", action: "added" },
      { what: "time_tracking_entry", gid: "5", action: "added" },
    );
    await one.answer();
    expect(await one.bells()).toEqual([]);
    expect(one.asana.calls.slice(before).filter((call) => !call.startsWith("listSections"))).toEqual([]);
  });

  test("a task that left the project without ever having moved leaves the ledger's flow too", async () => {
    const one = await sync();
    one.asana.put(aTask());
    await one.look("7001");
    one.asana.put(aTask({ memberships: [] }), removed("2026-09-09T09:00", "P"));
    await one.look("7001");
    expect(await one.stays()).toEqual(["7001:P P.To do,gone"]);
  });

  test("bells of a connection that is no more ring nobody", async () => {
    const one = await sync();
    one.asana.put(IN_BUILD, TO_BUILD);
    await inTransaction(engine().database, { role: "recorder", tenantId: one.tenant.tenantId }, (trx) =>
      removeConnection(trx, one.tenant.tenantId, one.job.connectionId),
    );
    await one.ring({ what: "task", gid: "7001", action: "changed" });
    expect(await one.answer()).toBeUndefined();
    expect(one.asana.calls).toEqual([]);
    expect(await one.reconcile()).toBeUndefined();
    expect(await one.stays()).toEqual([]);
  });
});
