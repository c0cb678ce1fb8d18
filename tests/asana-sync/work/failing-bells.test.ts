import { inTransaction, listConnections, retryParkedBells } from "@stageledger/db";
import { expect, test } from "vitest";
import { listJobs } from "../../../packages/sync/src/queue/list-jobs.ts";
import { aSync, NOW, type Sync } from "../../support/asana/a-sync.ts";
import { aTask } from "../../support/asana/a-task.ts";
import { onBothEngines } from "../../support/database/engines.ts";

onBothEngines((engine) => {
  const problemOf = async ({ tenant: { tenantId } }: Sync) =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const [connection] = await listConnections(trx, tenantId);
      return connection?.problemCode;
    });

  test("what passes waits: 5 s, then 10 s, then 20 s, and is never given up", async () => {
    const one = await aSync(engine().database);
    one.asana.put(aTask());
    one.asana.refusals.set("findTask 7001", "ASANA_UNREACHABLE");
    await one.ring({ what: "task", gid: "7001", action: "changed" });
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      const next = await one.answer();
      waits.push(((next ?? 0) - one.clock.now) / 1000);
      one.clock.now = next ?? 0;
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280]);
    one.asana.refusals.clear();
    expect(await one.answer()).toBeUndefined();
    expect(await one.stays()).toEqual(["7001:P P.To do"]);
  });

  test("before its time it is not tried again", async () => {
    const one = await aSync(engine().database);
    one.asana.refusals.set("findTask 7001", "ASANA_RATE_LIMITED");
    await one.ring({ what: "task", gid: "7001", action: "changed" });
    await one.answer();
    one.clock.now += 4999;
    expect(await one.answer()).toBe(NOW + 5000);
    expect(one.asana.count("findTask")).toBe(1);
  });

  test("what cannot be understood is parked at the fifth failure, and rings again when somebody says so", async () => {
    const one = await aSync(engine().database);
    one.asana.put(aTask());
    one.asana.refusals.set("findTask 7001", "ASANA_WRONG_SHAPE");
    await one.ring({ what: "task", gid: "7001", action: "changed" });
    for (let attempt = 1; attempt <= 4; attempt += 1) one.clock.now = (await one.answer()) ?? 0;
    expect(await one.parked()).toEqual([]);
    expect(await one.answer()).toBeUndefined();
    expect(await one.parked()).toEqual(["7001 ASANA_WRONG_SHAPE"]);
    one.asana.refusals.clear();
    expect(await one.answer()).toBeUndefined();
    expect(await one.stays()).toEqual([]);
    const { tenantId } = one.tenant;
    await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      retryParkedBells(trx, tenantId, "", one.clock.now),
    );
    await one.answer();
    expect(await one.stays()).toEqual(["7001:P P.To do"]);
    expect(await one.parked()).toEqual([]);
  });

  test("a task that cannot be answered keeps no other from being answered", async () => {
    const one = await aSync(engine().database);
    const gids = Array.from({ length: 20 }, (_, number) => String(7001 + number));
    for (const gid of gids) one.asana.put(aTask({ gid }));
    one.asana.refusals.set("listStories 7003", "ASANA_WRONG_SHAPE");
    one.asana.refusals.set("findTask 7011", "ASANA_UNREACHABLE");
    await one.look(...gids);
    expect((await one.stays()).length).toBe(18);
    expect((await one.bells()).map(({ fields, attempts, error_code }) => [fields.gid, attempts, error_code])).toEqual([
      ["7003", 1, "ASANA_WRONG_SHAPE"],
      ["7011", 1, "ASANA_UNREACHABLE"],
    ]);
  });

  test("an error that is none of ours is logged and kept by a word of ours: its text could hold anything", async () => {
    const one = await aSync(engine().database);
    one.asana.put(aTask());
    one.asana.beforeAnswer = async (call) => {
      if (call.startsWith("listStories")) throw new TypeError("cannot read 'Zoë Kanarie'");
    };
    await one.look("7001");
    expect((await one.bells()).map(({ error_code }) => error_code)).toEqual(["UNEXPECTED"]);
    expect(one.log.join()).not.toContain("Zoë");
  });

  test("a token that is not accepted any more is a problem of the connection, until a reconcile works", async () => {
    const one = await aSync(engine().database);
    one.asana.refusals.set("findTask", "ASANA_UNAUTHORISED");
    await one.look("7001");
    expect(await problemOf(one)).toBe("ASANA_UNAUTHORISED");
    one.asana.refusals.clear();
    await one.reconcile();
    expect(await problemOf(one)).toBeUndefined();
  });

  test("a connection whose sections cannot be listed keeps its bells", async () => {
    const one = await aSync(engine().database);
    one.asana.refusals.set("listSections", "ASANA_UNREACHABLE");
    await one.look("7001");
    expect((await one.bells()).map(({ attempts, state }) => [attempts, state])).toEqual([[1, "new"]]);
    expect(one.asana.count("findTask")).toBe(0);
  });

  test("of two projects one that is closed to us keeps nobody from reading the other", async () => {
    const one = await aSync(engine().database);
    one.asana.put(aTask());
    one.asana.refusals.set("listSections Q", "ASANA_FORBIDDEN");
    await one.look("7001");
    expect(await one.stays()).toEqual(["7001:P P.To do"]);
  });

  test("stopped on the way, it ends when its calls have, and what was not answered rings as before", async () => {
    const one = await aSync(engine().database);
    const gids = Array.from({ length: 12 }, (_, number) => String(7001 + number));
    for (const gid of gids) one.asana.put(aTask({ gid }));
    const stop = new AbortController();
    let underWay = 0;
    let begun = 0;
    one.asana.beforeAnswer = async (call) => {
      if (!call.startsWith("findTask")) return;
      underWay += 1;
      begun += 1;
      if (begun === 4) stop.abort(new Error("stop"));
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      stop.signal.throwIfAborted();
    };
    await one.ring(...gids.map((gid) => ({ what: "task", gid, action: "changed" })));
    await expect(one.answer(stop.signal)).rejects.toThrow("stop");
    expect(underWay).toBe(0);
    const left = await one.bells();
    expect(left.length).toBeGreaterThan(3);
    expect(left.every(({ attempts, state }) => attempts === 0 && state === "new")).toBe(true);
    one.asana.beforeAnswer = async () => {};
    await one.answer();
    expect((await one.stays()).length).toBe(12);
  });

  test("the database knows which jobs are due: bells, reconciles and looks at webhooks, each at its time", async () => {
    const one = await aSync(engine().database);
    const due = async () =>
      (await listJobs(one.context)).filter(({ tenantId }) => tenantId === one.tenant.tenantId).map(({ kind }) => kind);
    await one.reconcile();
    expect(await due()).toEqual([]);
    await one.ring({ what: "task", gid: "7001", action: "changed" });
    expect(await due()).toEqual(["answer"]);
    one.asana.refusals.set("findTask", "ASANA_UNREACHABLE");
    await one.answer();
    expect(await due()).toEqual([]);
    one.clock.now += 5000;
    expect(await due()).toEqual(["answer"]);
    one.asana.refusals.clear();
    await one.answer();
    one.clock.now -= 5000;
    one.clock.now += 15 * 60_000 - 1;
    expect(await due()).toEqual([]);
    one.clock.now += 1;
    expect(await due()).toEqual(["reconcile"]);
  });
});
