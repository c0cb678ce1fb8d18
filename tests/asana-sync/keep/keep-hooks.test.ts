import { randomBytes, randomUUID } from "node:crypto";
import {
  addHook,
  findHook,
  inTransaction,
  listConnections,
  listHooks,
  removeHook,
  takeHookSecret,
} from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { keepHooks } from "../../../apps/asana-sync/src/keep/keep-hooks.ts";
import { listJobs } from "../../../packages/sync/src/queue/list-jobs.ts";
import { aSync, NOW, type Sync } from "../../support/asana/a-sync.ts";
import { onBothEngines } from "../../support/database/engines.ts";

const PUBLIC_URL = "https://ledger.example";
const HOOK_PATH = "/hooks/asana/";
const MINUTE = 60_000;

onBothEngines((engine) => {
  /** Its door is the database itself: the path of a target leads to the row that was made for it. */
  async function aKeeper(): Promise<Sync & { keep(signal?: AbortSignal): Promise<boolean> }> {
    const { database } = engine();
    const one = await aSync(database);
    const { masterKey } = one.tenant;
    one.asana.shakeHands = async (target, secret) => {
      const hook = await findHook(database, masterKey, target.replace(PUBLIC_URL + HOOK_PATH, ""));
      if (hook !== undefined) await takeHookSecret(database, masterKey, hook, secret, randomBytes);
    };
    const context = { ...one.context, publicUrl: PUBLIC_URL };
    const keep = (signal = new AbortController().signal) => keepHooks(context, one.desks, one.job, signal);
    return { ...one, context, keep };
  }

  const hooksOf = ({ tenant: { tenantId }, job }: Sync) =>
    inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      listHooks(trx, tenantId, job.connectionId),
    );
  const inShort = async (one: Sync) =>
    (await hooksOf(one))
      .map(({ sourceProject, state, remoteId }) => `${sourceProject} ${state} ${remoteId ?? "-"}`)
      .sort();
  const dueNow = async (one: Sync) =>
    (await listJobs(one.context)).filter(({ tenantId }) => tenantId === one.tenant.tenantId).map(({ kind }) => kind);
  const problemOf = ({ tenant: { tenantId } }: Sync) =>
    inTransaction(
      engine().database,
      { role: "recorder", tenantId },
      async (trx) => (await listConnections(trx, tenantId))[0]?.problemCode,
    );

  test("one webhook a project: its row stands before Asana is asked, its secret is that of the answer, and a reconcile is due", async () => {
    const one = await aKeeper();
    const before: string[] = [];
    one.asana.beforeAnswer = async (call) => {
      if (call === "createWebhook P") before.push(...(await inShort(one)));
    };
    expect(await one.keep()).toBe(true);
    expect(before).toEqual(["P pending -"]);
    expect(await inShort(one)).toEqual(["P active hook 1", "Q active hook 2"]);
    expect(
      [...one.asana.webhooks.values()].every(({ target }) =>
        /^https:\/\/ledger\.example\/hooks\/asana\/[\w-]{43}$/.test(target ?? ""),
      ),
    ).toBe(true);
    expect(await dueNow(one)).toEqual(["reconcile"]);
    expect((await one.progress("P")).swept_at_ms).toBe(0);
    // Two hours later it looks again, and leaves what is well as it is.
    one.clock.now += 120 * MINUTE - 1;
    expect(await dueNow(one)).not.toContain("keep");
    one.clock.now += 1;
    expect(await dueNow(one)).toContain("keep");
    expect(await one.keep()).toBe(false);
    expect(one.asana.count("createWebhook")).toBe(2);
  });

  test("one that Asana has deleted, or switched off, is made anew, and what it missed is looked for", async () => {
    const one = await aKeeper();
    await one.keep();
    await one.reconcile();
    one.asana.webhooks.delete("hook 1");
    const switchedOff = one.asana.webhooks.get("hook 2");
    if (switchedOff !== undefined) one.asana.webhooks.set("hook 2", { ...switchedOff, active: false });
    one.clock.now += 120 * MINUTE;
    expect(await one.keep()).toBe(true);
    expect((await inShort(one)).map((line) => line.slice(0, 8))).toEqual(["P active", "Q active"]);
    expect(one.asana.count("deleteWebhook hook 2")).toBe(1);
    expect((await one.progress("P")).swept_at_ms).toBe(0);
    expect(await dueNow(one)).toContain("reconcile");
  });

  test("a secret that somebody else brought to the path: the webhook is taken back, the path forgotten, and it is said", async () => {
    const one = await aKeeper();
    one.asana.otherSecret = "Asana's own";
    expect(await one.keep()).toBe(false);
    expect(await inShort(one)).toEqual([]);
    expect(one.asana.webhooks.size).toBe(0);
    expect(await problemOf(one)).toBe("HOOK_SECRET_DIFFERS");
    one.asana.otherSecret = undefined;
    expect(await one.keep()).toBe(true);
    expect(await inShort(one)).toHaveLength(2);
  });

  test("a handshake that never came leaves no webhook", async () => {
    const one = await aKeeper();
    one.asana.shakeHands = async () => {};
    await one.keep();
    expect(await inShort(one)).toEqual([]);
    expect(one.asana.webhooks.size).toBe(0);
  });

  test("a project whose webhook cannot be made keeps no other from having one, and leaves no path behind", async () => {
    const one = await aKeeper();
    one.asana.refusals.set("createWebhook P", "ASANA_FORBIDDEN");
    expect(await one.keep()).toBe(true);
    expect(await inShort(one)).toEqual(["Q active hook 2"]);
    expect(await problemOf(one)).toBe("ASANA_FORBIDDEN");
  });

  test("of a project that is chosen no more it is taken back, and one that cannot be keeps nothing else from being kept", async () => {
    const one = await aKeeper();
    await one.keep();
    const { tenantId } = one.tenant;
    await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      sql`delete from control.connected_project where tenant_id = ${tenantId}::uuid and source_project = 'P'`.execute(
        trx,
      ),
    );
    one.asana.refusals.set("deleteWebhook hook 1", "ASANA_FORBIDDEN");
    one.clock.now += 120 * MINUTE;
    await one.keep();
    expect(await problemOf(one)).toBe("ASANA_FORBIDDEN");
    expect(await dueNow(one)).not.toContain("keep");
    one.asana.refusals.clear();
    await one.keep();
    expect(await inShort(one)).toEqual(["Q active hook 2"]);
  });

  test("a webhook that is just being made by somebody else is waited for, ten minutes at most", async () => {
    const one = await aKeeper();
    // Its maker was killed while Asana was asked.
    const killed = new AbortController();
    one.asana.beforeAnswer = async (call) => {
      if (call.startsWith("createWebhook")) await new Promise(() => {});
    };
    void one.keep(killed.signal);
    await expect.poll(() => inShort(one)).toEqual(["P pending -"]);
    one.asana.beforeAnswer = async () => {};
    await one.keep();
    expect(await inShort(one)).toEqual(["P pending -", "Q active hook 2"]);
    one.clock.now += 10 * MINUTE + 1;
    await one.keep();
    expect(await inShort(one)).toEqual(["P active hook 3", "Q active hook 2"]);
  });

  test("of two webhooks of a project one is kept", async () => {
    const one = await aKeeper();
    await Promise.all([one.keep(), one.keep()]);
    await one.keep();
    expect((await inShort(one)).map((line) => line.slice(0, 8))).toEqual(["P active", "Q active"]);
    expect(one.asana.webhooks.size).toBe(2);
  });

  test("one that is being made beside one that is well is left to its maker, until that must have ended", async () => {
    const one = await aKeeper();
    await one.keep();
    const { tenantId, connectionId } = one.job;
    const hook = { hookId: randomUUID(), connectionId, sourceProject: "P" };
    await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      addHook(trx, tenantId, hook, "a token", one.clock.now - 1),
    );
    await one.keep();
    expect(await inShort(one)).toEqual(["P active hook 1", "P pending -", "Q active hook 2"]);
    one.clock.now += 10 * MINUTE + 1;
    await one.keep();
    expect(await inShort(one)).toEqual(["P active hook 1", "Q active hook 2"]);
  });

  test("without a public address there are none, and that is no problem", async () => {
    const one = await aSync(engine().database);
    expect(await keepHooks(one.context, one.desks, one.job, new AbortController().signal)).toBe(false);
    expect(one.asana.calls).toEqual([]);
    expect(await dueNow(one)).toEqual([]);
    expect(await problemOf(one)).toBeUndefined();
    expect(one.clock.now).toBe(NOW);
  });

  test("stopped on the way, it is no problem of the connection and stays due", async () => {
    const one = await aKeeper();
    await one.keep();
    one.clock.now += 120 * MINUTE;
    const stop = new AbortController();
    // At the last of the projects.
    one.asana.beforeAnswer = async (call) => {
      if (call !== "findWebhook hook 2") return;
      stop.abort(new Error("stop"));
      stop.signal.throwIfAborted();
    };
    await expect(one.keep(stop.signal)).rejects.toThrow("stop");
    expect(await problemOf(one)).toBeUndefined();
    expect(await dueNow(one)).toContain("keep");
  });

  test("a row that was taken back meanwhile is not confirmed", async () => {
    const one = await aKeeper();
    const { tenantId } = one.tenant;
    one.asana.shakeHands = async () => {
      for (const { hookId } of await hooksOf(one))
        await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
          removeHook(trx, tenantId, hookId),
        );
    };
    await one.keep();
    expect(await inShort(one)).toEqual([]);
    expect(one.asana.webhooks.size).toBe(0);
  });
});
