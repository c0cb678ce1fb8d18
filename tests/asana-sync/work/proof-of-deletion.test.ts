import { verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { describeConnections } from "../../../apps/asana-sync/src/connect/describe-connections.ts";
import { aSync, type Sync } from "../../support/asana/a-sync.ts";
import { anAsanaEntry, aTask, moved } from "../../support/asana/a-task.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { utc } from "../../support/moments.ts";

const TO_BUILD = moved("2026-09-08T09:00", "P", "To do", "Build");
const HOURS = ["Payments Build other 2026-09-07 known in-time 90"];

onBothEngines((engine) => {
  /** One task in Build with 90 minutes, and others in To do. */
  async function aProjectOf(others: number): Promise<Sync> {
    const one = await aSync(engine().database);
    one.asana.put(aTask({ memberships: [["P", "Build"]] }), TO_BUILD);
    one.asana.log(anAsanaEntry({ attributable_to: { gid: "P" } }));
    const gids = Array.from({ length: others }, (_, number) => String(7101 + number));
    for (const gid of gids) one.asana.put(aTask({ gid }));
    await one.look("7001", ...gids);
    return one;
  }

  const sweepAndAnswer = async (one: Sync) => {
    const result = await one.reconcile();
    await one.answer();
    return result?.problemCode;
  };
  const told = { what: "task", gid: "7001", action: "deleted", at: utc("2026-09-09T10:00") };

  test("404 and a bell that says deleted: gone since then, its hours stay (E13)", async () => {
    const one = await aProjectOf(0);
    one.asana.tasks.delete("7001");
    await one.ring(told);
    await one.answer();
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build,gone"]);
    expect(await one.cells()).toEqual(HOURS);
    expect(await one.bells()).toEqual([]);
    expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
  });

  test("a task that never moved is gone as well", async () => {
    const one = await aProjectOf(1);
    one.asana.tasks.delete("7101");
    await one.ring({ ...told, gid: "7101" });
    await one.answer();
    expect(await one.stays()).toContain("7101:P P.To do,gone");
  });

  test("404 without such a bell proves nothing", async () => {
    const one = await aProjectOf(0);
    one.asana.tasks.delete("7001");
    await one.ring({ ...told, action: "changed" }, { ...told, action: "removed" });
    await one.answer();
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build"]);
    expect(await one.cells()).toEqual(HOURS);
    expect(await one.bells()).toEqual([]);
  });

  test("a bell that says deleted proves nothing while the task answers", async () => {
    const one = await aProjectOf(0);
    await one.ring(told);
    await one.answer();
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build"]);
  });

  test("that a story or an entry was deleted is no deletion of the task", async () => {
    const one = await aProjectOf(0);
    one.asana.tasks.delete("7001");
    await one.ring({ what: "story", gid: "9001", action: "deleted", parent: "7001", parentType: "task" });
    await one.answer();
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build"]);
  });

  test("a list that leaves the task out proves nothing", async () => {
    const one = await aProjectOf(3);
    for (const gid of ["7001", "7101", "7102"]) one.asana.unlisted.add(gid);
    expect(await sweepAndAnswer(one)).toBeUndefined();
    expect((await one.stays()).filter((line) => line.endsWith("gone"))).toEqual([]);
    expect(await one.cells()).toEqual(HOURS);
  });

  test("a sweep that misses a task which answers 404, in a project that can be read: gone since the look", async () => {
    const one = await aProjectOf(3);
    one.asana.tasks.delete("7001");
    expect(await sweepAndAnswer(one)).toBeUndefined();
    expect(await one.stays()).toContain("7001:P P.To do,P.Build,gone");
    expect(await one.cells()).toEqual(HOURS);
  });

  test("two of few may be gone at once, three look like a lost permission: then nothing is changed, and it is said", async () => {
    const two = await aProjectOf(3);
    for (const gid of ["7001", "7101"]) two.asana.tasks.delete(gid);
    expect(await sweepAndAnswer(two)).toBeUndefined();
    expect((await two.stays()).filter((line) => line.endsWith("gone"))).toHaveLength(2);

    const three = await aProjectOf(3);
    for (const gid of ["7001", "7101", "7102"]) three.asana.tasks.delete(gid);
    expect(await sweepAndAnswer(three)).toBe("ASANA_FORBIDDEN");
    expect((await three.stays()).filter((line) => line.endsWith("gone"))).toEqual([]);
    // As often as it is looked at.
    expect(await sweepAndAnswer(three)).toBe("ASANA_FORBIDDEN");
    expect((await three.stays()).filter((line) => line.endsWith("gone"))).toEqual([]);
    // A bell that tells is still believed.
    await three.ring({ ...told, gid: "7102" });
    await three.answer();
    expect((await three.stays()).filter((line) => line.endsWith("gone"))).toEqual(["7102:P P.To do,gone"]);
  });

  test("the doubt stays told until another look at everything, and ends when somebody says that they were deleted", async () => {
    const one = await aProjectOf(3);
    const gone = async () => (await one.stays()).filter((line) => line.endsWith("gone")).length;
    const doubts = async () =>
      (await describeConnections(one.context, one.tenant.tenantId)).map(({ itemsInDoubt }) => itemsInDoubt);
    for (const gid of ["7001", "7101", "7102"]) one.asana.tasks.delete(gid);
    expect(await one.reconcile()).toMatchObject({ doubtful: 3, problemCode: "ASANA_FORBIDDEN" });
    expect(await one.reconcile(false)).toMatchObject({ doubtful: 3, problemCode: "ASANA_FORBIDDEN" });
    expect(await doubts()).toEqual([3]);
    expect(await one.reconcile(true, true)).toMatchObject({ doubtful: 0, problemCode: undefined });
    await one.answer();
    expect(await gone()).toBe(3);
    expect(await doubts()).toEqual([0]);
    expect(await one.cells()).toEqual(HOURS);
  });

  test("a bell that says it went later than the bell came: it went when that came", async () => {
    const one = await aProjectOf(0);
    one.asana.tasks.delete("7001");
    const came = one.clock.now;
    await one.ring({ ...told, at: utc("2036-09-09T10:00") });
    await one.answer();
    expect((await one.instants("7001:P")).at(-1)).toBe(came);
  });

  test("three of 150 are not more than two in a hundred", async () => {
    const one = await aProjectOf(149);
    for (const gid of ["7101", "7102", "7103"]) one.asana.tasks.delete(gid);
    expect(await sweepAndAnswer(one)).toBeUndefined();
    expect((await one.stays()).filter((line) => line.endsWith("gone"))).toHaveLength(3);
  });

  test("a project that cannot be read proves nothing of its tasks", async () => {
    const one = await aProjectOf(1);
    one.asana.tasks.delete("7001");
    one.asana.sectionsByProject.delete("P");
    expect(await sweepAndAnswer(one)).toBe("ASANA_FORBIDDEN");
    expect(await one.stays()).toContain("7001:P P.To do,P.Build");
    one.asana.refusals.set("pageOfTasks P", "ASANA_NOT_FOUND");
    expect(await sweepAndAnswer(one)).toBe("ASANA_NOT_FOUND");
    expect(await one.stays()).toContain("7001:P P.To do,P.Build");
  });

  test("undeleted, it is back since the bell says so, with a hole where it was gone", async () => {
    const one = await aProjectOf(0);
    const task = one.asana.tasks.get("7001");
    if (task === undefined) throw new Error("there is one");
    one.asana.tasks.delete("7001");
    await one.ring(told);
    await one.answer();
    one.asana.put(task, TO_BUILD);
    await one.ring({ ...told, action: "undeleted", at: utc("2026-09-10T09:00") });
    await one.answer();
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build,gone,P.Build"]);
    expect(await one.instants("7001:P")).toEqual([
      utc("2026-09-07T08:00"),
      utc("2026-09-08T09:00"),
      utc("2026-09-09T10:00"),
      utc("2026-09-10T09:00"),
    ]);
  });

  test("undeleted without a bell, the next sweep finds it", async () => {
    const one = await aProjectOf(0);
    const task = one.asana.tasks.get("7001");
    if (task === undefined) throw new Error("there is one");
    one.asana.tasks.delete("7001");
    await one.ring(told);
    await one.answer();
    one.asana.put(task, TO_BUILD);
    await sweepAndAnswer(one);
    expect(await one.stays()).toEqual(["7001:P P.To do,P.Build,gone,P.Build"]);
  });

  test("a deletion that is noticed first and told later happened when it is told", async () => {
    const one = await aProjectOf(3);
    one.asana.tasks.delete("7001");
    await sweepAndAnswer(one);
    await one.ring(told);
    await one.answer();
    expect((await one.instants("7001:P")).at(-1)).toBe(told.at);
  });
});
