import { expect, test } from "vitest";
import type { AsanaEvent } from "../../../apps/asana-sync/src/asana/schemas.ts";
import { aSync, NOW, type Sync } from "../../support/asana/a-sync.ts";
import { added, anAsanaEntry, aTask, moved, removed } from "../../support/asana/a-task.ts";
import { onBothEngines } from "../../support/database/engines.ts";

const TO_BUILD = moved("2026-09-08T09:00", "P", "To do", "Build");
const IN_P = { attributable_to: { gid: "P" } };
const MINUTE = 60_000;

function taskChanged(gid: string): AsanaEvent {
  return { action: "changed", created_at: NOW, resource: { gid, resource_type: "task" }, parent: null };
}

onBothEngines((engine) => {
  /** Reconciled once: everything is known, cursors are there. */
  async function aReconciledProject(): Promise<Sync> {
    const one = await aSync(engine().database);
    one.asana.put(aTask({ memberships: [["P", "Build"]] }), TO_BUILD);
    one.asana.put(aTask({ gid: "7002" }));
    one.asana.put(aTask({ gid: "7003", memberships: [], parent: { gid: "7001" } }));
    one.asana.log(anAsanaEntry(IN_P));
    await both(one);
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build", "7002:P P.To do", "7003:P subtask"]);
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
    one.asana.calls.length = 0;
    one.asana.cursors.length = 0;
    return one;
  }

  async function both(one: Sync, isFull = true): Promise<number | undefined> {
    const result = await one.reconcile(isFull);
    await one.answer();
    return result?.rung;
  }

  test("a first run finds every task and sub-task, page by page; a second finds nothing to do", async () => {
    const one = await aReconciledProject();
    expect(await both(one)).toBe(0);
    expect(one.asana.count("findTask")).toBe(0);
  });

  test("a sub-task that came while the task above was closed to us is part of it once that is open, without a bell", async () => {
    const one = await aSync(engine().database);
    one.asana.put(aTask({ memberships: [["P", "Build"]], num_subtasks: 1 }), TO_BUILD);
    one.asana.put(aTask({ gid: "7003", memberships: [], parent: { gid: "7001" } }));
    one.asana.log(anAsanaEntry({ ...IN_P, task: { gid: "7003" } }));
    await one.look("7001");
    one.asana.refusals.set("findTask 7001", "ASANA_FORBIDDEN");
    await one.look("7003");
    expect(await one.cells()).toEqual(["Payments Unmapped other 2026-09-07 known in-time 90"]);
    one.asana.refusals.clear();
    await both(one);
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
  });

  test("a section that changed without a bell, which moves no modified_at", async () => {
    const one = await aReconciledProject();
    one.asana.put(
      aTask({ gid: "7002", memberships: [["P", "Build"]] }),
      moved("2026-09-09T09:00", "P", "To do", "Build"),
    );
    expect(await both(one)).toBe(1);
    expect(await one.stays()).toContain("7002:P P.To do,P.Build");
  });

  test("minutes that changed without a bell, also those of a sub-task", async () => {
    const one = await aReconciledProject();
    one.asana.log(anAsanaEntry({ gid: "5002", duration_minutes: 15, task: { gid: "7003" } }));
    one.asana.log(anAsanaEntry({ ...IN_P, duration_minutes: 60 }));
    await both(one);
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 75"]);
  });

  test("a date that was edited, with the same sum: the entries of open weeks are listed in each run", async () => {
    const one = await aReconciledProject();
    one.asana.log(anAsanaEntry({ ...IN_P, entered_on: "2026-09-15" }));
    one.clock.now += 15 * MINUTE;
    expect(await both(one, false)).toBe(1);
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-14 known in-time 90"]);
  });

  test("a category that was edited, and an entry that was deleted while another took its minutes", async () => {
    const one = await aReconciledProject();
    one.asana.log(anAsanaEntry({ ...IN_P, categories: [{ gid: "1", name: "Review" }] }));
    await both(one, false);
    expect(await one.cells()).toEqual(["Payments Build review 2026-09-07 known in-time 90"]);
    one.asana.entries.clear();
    one.asana.log(anAsanaEntry({ ...IN_P, gid: "5009" }));
    await both(one, false);
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
  });

  test("an entry that names no project is in no list: its task is asked for it, and read when it differs", async () => {
    const one = await aSync(engine().database);
    one.asana.put(aTask({ memberships: [["P", "Build"]] }), TO_BUILD);
    one.asana.log(anAsanaEntry());
    await both(one);
    one.asana.calls.length = 0;
    expect(await both(one, false)).toBe(0);
    expect(one.asana.count("listEntriesOfTask")).toBe(1);
    one.asana.log(anAsanaEntry({ entered_on: "2026-09-15" }));
    expect(await both(one, false)).toBe(1);
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-14 known in-time 90"]);
    one.asana.entries.clear();
    expect(await both(one, false)).toBe(1);
    expect(await one.cells()).toEqual([]);
  });

  test("an entry that no list of a project shows, left out by its task's list when that was read first", async () => {
    const one = await aReconciledProject();
    one.asana.log(anAsanaEntry({ gid: "5002", duration_minutes: 15, task: { gid: "7002" } }));
    one.asana.unlisted.add("5002");
    await both(one);
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
    one.asana.unlisted.clear();
    expect(await both(one)).toBe(1);
    expect(await one.cells()).toContain("Payments To do other 2026-09-07 known in-time 15");
    expect(await both(one)).toBe(0);
  });

  test("an entry that was deleted on a task which has left all projects: its hours were of this one", async () => {
    const one = await aReconciledProject();
    const left = aTask({ memberships: [["X", "Idea"]] });
    one.asana.put(left, TO_BUILD, removed("2026-09-09T09:00", "P"), added("2026-09-09T09:00", "X"));
    await both(one);
    expect(await one.stays()).toContain("7001:P P.To do,P.Build,gone");
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
    one.asana.entries.clear();
    await both(one, false);
    expect(await one.cells()).toEqual([]);
  });

  test("entries of closed weeks are listed once a week, or when everything is looked at", async () => {
    const one = await aReconciledProject();
    const old = anAsanaEntry({ ...IN_P, gid: "5002", entered_on: "2026-06-01" });
    one.asana.log(old);
    await both(one);
    one.asana.log({ ...old, duration_minutes: 90, categories: [{ gid: "1", name: "Test" }] });
    one.clock.now += 15 * MINUTE;
    expect(await both(one, false)).toBe(0);
    one.clock.now += 7 * 24 * 60 * MINUTE;
    expect(await both(one, false)).toBe(1);
    expect(await one.cells()).toContain("Payments Build test 2026-06-01 known in-time 90");
  });

  test("without time tracking (402) tasks are compared all the same", async () => {
    const one = await aReconciledProject();
    one.asana.refusals.set("pageOfEntries", "ASANA_PLAN");
    one.asana.refusals.set("listEntriesOfTask", "ASANA_PLAN");
    one.asana.put(
      aTask({ gid: "7002", memberships: [["P", "Build"]] }),
      moved("2026-09-09T09:00", "P", "To do", "Build"),
    );
    const result = await one.reconcile();
    expect(result).toEqual({ rung: 1, doubtful: 0, problemCode: undefined });
    await one.answer();
    expect(await one.stays()).toContain("7002:P P.To do,P.Build");
  });

  test("a task that a sweep does not list and that answers is read where it is now", async () => {
    const one = await aReconciledProject();
    one.asana.put(
      aTask({ gid: "7002", memberships: [["Q", "To do"]] }),
      removed("2026-09-09T09:00", "P"),
      added("2026-09-09T09:00", "Q"),
    );
    await both(one);
    expect(await one.stays()).toEqual(expect.arrayContaining(["7002:P P.To do,gone", "7002:Q Q.To do"]));
    one.asana.calls.length = 0;
    expect(await both(one)).toBe(0);
  });

  test("events are read from the cursor on, page by page, and the cursor moves with the bells", async () => {
    const one = await aReconciledProject();
    one.asana.put(
      aTask({ gid: "7002", memberships: [["P", "Build"]] }),
      moved("2026-09-09T09:00", "P", "To do", "Build"),
    );
    one.asana.eventReplies.push(
      { kind: "events", events: [taskChanged("7001")], sync: "second", hasMore: true },
      { kind: "events", events: [taskChanged("7002")], sync: "third", hasMore: false },
    );
    one.clock.now += 15 * MINUTE;
    expect(await both(one, false)).toBe(2);
    expect(one.asana.cursors).toEqual(["first", "second", "first"]);
    expect((await one.progress("P")).cursor).toBe("third");
    expect(one.asana.count("pageOfTasks")).toBe(0);
    expect(await one.stays()).toContain("7002:P P.To do,P.Build");
  });

  test("a cursor that was lost (412): everything is looked at, and only then the new cursor is kept", async () => {
    const one = await aReconciledProject();
    one.asana.put(
      aTask({ gid: "7002", memberships: [["P", "Build"]] }),
      moved("2026-09-09T09:00", "P", "To do", "Build"),
    );
    one.clock.now += 15 * MINUTE;
    // The look at everything is cut off: the run ends before it has kept anything.
    one.asana.eventReplies.push({ kind: "expired", sync: "newer" });
    one.asana.refusals.set("pageOfTasks P", "ASANA_UNREACHABLE");
    expect((await one.reconcile(false))?.problemCode).toBe("ASANA_UNREACHABLE");
    expect((await one.progress("P")).cursor).toBe("first");
    // So the next run begins with the old cursor, and does it again.
    one.asana.refusals.clear();
    one.asana.eventReplies.push({ kind: "expired", sync: "newest" });
    expect(await both(one, false)).toBe(3);
    expect(one.asana.cursors).toEqual(["first", "first", "first", "first"]);
    expect((await one.progress("P")).cursor).toBe("newest");
    expect(await one.stays()).toContain("7002:P P.To do,P.Build");
  });

  test("a task that was moved away and back while the cursor was lost: only its stories tell", async () => {
    const one = await aReconciledProject();
    one.asana.put(
      aTask({ gid: "7002" }),
      moved("2026-09-09T09:00", "P", "To do", "Build"),
      moved("2026-09-10T09:00", "P", "Build", "To do"),
    );
    await both(one);
    expect(await one.stays()).toContain("7002:P P.To do");
    one.asana.eventReplies.push({ kind: "expired", sync: "newer" });
    await both(one, false);
    expect(await one.stays()).toContain("7002:P P.To do,P.Build,P.To do");
  });

  test("cursor, bells and the instant of the sweep are kept together, or not at all", async () => {
    const one = await aReconciledProject();
    const before = await one.progress("P");
    one.asana.put(
      aTask({ gid: "7002", memberships: [["P", "Build"]] }),
      moved("2026-09-09T09:00", "P", "To do", "Build"),
    );
    one.asana.eventReplies.push({ kind: "expired", sync: "newer" });
    one.clock.now += 15 * MINUTE;
    // Killed while it looks at the last page.
    const killed = new AbortController();
    one.asana.beforeAnswer = async (call) => {
      if (call.startsWith("listSubtasks")) killed.abort();
      killed.signal.throwIfAborted();
    };
    await one.reconcile(false);
    expect(await one.progress("P")).toEqual(before);
    expect(await one.bells()).toEqual([]);
  });

  test("a project that is closed to us keeps no other from being compared", async () => {
    const one = await aReconciledProject();
    one.asana.refusals.set("readEvents P", "ASANA_FORBIDDEN");
    one.asana.put(aTask({ gid: "7005", memberships: [["Q", "Build"]] }));
    expect(await one.reconcile()).toEqual({ rung: 1, doubtful: 0, problemCode: "ASANA_FORBIDDEN" });
    await one.answer();
    expect(await one.stays()).toContain("7005:Q Q.Build");
  });

  test("between two sweeps only events and entries are read: an hour lies between sweeps", async () => {
    const one = await aReconciledProject();
    one.clock.now += 59 * MINUTE;
    await both(one, false);
    expect(one.asana.count("pageOfTasks")).toBe(0);
    one.clock.now += MINUTE;
    await both(one, false);
    expect(one.asana.count("pageOfTasks P")).toBe(1);
  });
});
