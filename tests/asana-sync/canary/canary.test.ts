/** Nothing that names or quotes a person gets past the edge: neither into the database nor the queue nor the logs (law 6). */
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import {
  addConnection,
  chooseProject,
  type Database,
  findHook,
  inTransaction,
  listHooks,
  openTenantSecrets,
} from "@stageledger/db";
import express from "express";
import { Redis } from "ioredis";
import { expect, onTestFinished, type TestContext, test } from "vitest";
import { credentialsJson } from "../../../apps/asana-sync/src/asana/credentials.ts";
import { gatewayOpener } from "../../../apps/asana-sync/src/asana/gateway-opener.ts";
import { ASANA } from "../../../apps/asana-sync/src/asana/ledger-ids.ts";
import { processLimiters } from "../../../apps/asana-sync/src/asana/process-limiter.ts";
import { DEFAULT_TIMING, type SyncContext } from "../../../apps/asana-sync/src/context.ts";
import { hookRoutes } from "../../../apps/asana-sync/src/door/hook-routes.ts";
import { keepHooks } from "../../../apps/asana-sync/src/keep/keep-hooks.ts";
import { reconcile } from "../../../apps/asana-sync/src/reconcile/reconcile.ts";
import { answerBells } from "../../../apps/asana-sync/src/work/answer-bells.ts";
import { Desks } from "../../../apps/asana-sync/src/work/connection-desk.ts";
import { doJobWith } from "../../../apps/asana-sync/src/work/do-job.ts";
import { realPacing } from "../../../packages/sync/src/pacing.ts";
import type { Job } from "../../../packages/sync/src/queue/job.ts";
import { openQueue } from "../../../packages/sync/src/queue/open-queue.ts";
import type { World } from "../../simulators/asana/world.ts";
import { aFakeAsana } from "../../support/asana/a-fake-asana.ts";
import { aTalkativeAsana, type TalkativeAsana } from "../../support/asana/a-talkative-asana.ts";
import { anErrorFullOfPeople, anEventFullOfPeople } from "../../support/asana/full-of-people.ts";
import { signatureOf } from "../../support/asana-door.ts";
import { Canaries } from "../../support/canaries.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { dumpTenant } from "../../support/database/dump-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { ledgerContents } from "../../support/database/ledger-contents.ts";
import { openRedis } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

const TOKEN = "personal-token";

onBothEngines((engine) => {
  test("a week of work, told by an Asana that says more than it is asked: nothing of it is kept", async () => {
    const house = await aHouse(engine().database);
    const { world, asana, canaries } = house;
    const { task } = liveAWeek(house);
    await asana.deliverDue();
    // Bells wait in the inbox, one delivery cannot be read, and one event says all that an event can say.
    await house.deliver(JSON.stringify({ events: [anEventFullOfPeople(task, canaries)] }));
    await house.deliver(
      JSON.stringify({ events: [{ ...anEventFullOfPeople(task, canaries), resource: canaries.plant("no resource") }] }),
    );
    await house.deliver(`{"events": ${canaries.plant("no JSON")}}`);
    await house.expectClean("bells wait");

    await reconcile(house.context, house.desks, house.job, house.signal, { isFull: true, onProgress: () => undefined });
    await house.answer();
    await house.expectClean("all is recorded");
    const { cells, timelines } = await ledgerContents(engine().database, house.job.tenantId);
    expect(cells.length).toBeGreaterThan(0);
    expect(timelines.length).toBeGreaterThan(1);

    world.deleteTask(task);
    await asana.deliverDue();
    await house.answer();
    await house.expectClean("a task is gone");
    // Whatever was planted has been said: every member of every resource.
    expect(canaries.foundIn(house.heard())).toEqual(canaries.places);
    expect(canaries.places.length).toBeGreaterThan(150);
  });

  test.each<[string, (canaries: Canaries) => NonNullable<TalkativeAsana["trouble"]>]>([
    ["400", (canaries) => ({ status: 400, json: anErrorFullOfPeople(canaries) })],
    ["401", (canaries) => ({ status: 401, json: anErrorFullOfPeople(canaries) })],
    ["402", (canaries) => ({ status: 402, json: anErrorFullOfPeople(canaries) })],
    ["403", (canaries) => ({ status: 403, json: anErrorFullOfPeople(canaries) })],
    ["404", (canaries) => ({ status: 404, json: anErrorFullOfPeople(canaries) })],
    ["451", (canaries) => ({ status: 451, json: anErrorFullOfPeople(canaries) })],
    ["500", (canaries) => ({ status: 500, json: anErrorFullOfPeople(canaries) })],
    [
      "another shape",
      (canaries) => ({ status: 200, json: { data: { gid: { [canaries.plant("key")]: canaries.plant("value") } } } }),
    ],
    ["no JSON", (canaries) => ({ status: 200, text: `<html>${canaries.plant("page")}</html>` })],
    ["half of its answer", (canaries) => ({ status: 200, text: `{"data": {"name": "${canaries.plant("half")}` })],
  ])("Asana answers %s: neither a log, nor a bell, nor the connection quotes it", async (_case, trouble) => {
    const house = await aHouse(engine().database);
    liveAWeek(house);
    await house.asana.deliverDue();
    house.talkative.trouble = trouble(house.canaries);
    await house.answer();
    await reconcile(house.context, house.desks, house.job, house.signal, { isFull: true, onProgress: () => undefined });
    await keepHooks(house.context, house.desks, house.job, house.signal);
    expect(house.log.length).toBeGreaterThan(0);
    await house.expectClean("after the trouble");
  });

  test("over Redis the same: what is queued are ids of ours", async (context) => {
    const redis = await redisFor(context);
    const told: string[] = [];
    const listener = new Redis(redis.url);
    const monitor = await listener.monitor();
    monitor.on("monitor", (_time: string, words: readonly string[]) => told.push(words.join(" ")));
    const queue = await openQueue(redis.url, { pacing: realPacing, log: () => {}, listJobs: async () => [] });
    onTestFinished(() => {
      monitor.disconnect();
      listener.disconnect();
    });
    const house = await aHouse(engine().database, (job) => queue.ask(job));
    queue.work(
      doJobWith(house.context, house.desks, (job) => queue.ask(job)),
      { atOnce: 2 },
    );
    liveAWeek(house);
    await house.asana.deliverDue();
    const cells = async () => (await ledgerContents(engine().database, house.job.tenantId)).cells;
    await until(async () => (await cells()).length > 0, "hours in the ledger");
    await queue.close(5000);
    expect(told.join("\n")).toContain(house.job.connectionId);
    await house.expectClean("jobs went over Redis", ...told);
  });
});

async function redisFor(context: TestContext) {
  const redis = await openRedis();
  if (typeof redis === "string") return context.skip(redis);
  onTestFinished(() => redis.stop());
  return redis;
}

type House = Awaited<ReturnType<typeof aHouse>>;

/** A connected workspace with its door, its webhook and its jobs, and every word that they say. */
async function aHouse(database: Database, ask: (job: Job) => void = () => undefined) {
  const canaries = new Canaries();
  const { asana, world, workspace, project, sections, clock } = await aFakeAsana({ isRefereed: false });
  const talkative = await aTalkativeAsana(asana.apiUrl, canaries);
  const { tenantId, masterKey } = await aTenant(database);
  const connectionId = randomUUID();
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const connection = { connectionId, kind: "asana", workspace } as const;
    const credentials = credentialsJson({ kind: "token", token: TOKEN });
    await addConnection(trx, tenantId, connection, credentials, secrets, randomBytes, clock.now());
    const chosen = { connectionId, sourceProject: project, project: "Orders", stageField: undefined };
    await chooseProject(trx, tenantId, ASANA, chosen);
  });
  const log: string[] = [];
  const asked: string[] = [];
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const pacing = { now: clock.now, random: Math.random, sleep: () => Promise.resolve() };
  const app = express();
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The door has no port.");
  const note = (event: string, details: object): void => void log.push(JSON.stringify([event, details]));
  const context: SyncContext = {
    ...{ database, masterKey, pacing, log: note, random: randomBytes, newId: randomUUID },
    publicUrl: `http://127.0.0.1:${address.port}`,
    openGateway: gatewayOpener({
      ...{ baseUrl: talkative.url, pacing, log: note, signal: stop.signal, limiters: processLimiters(pacing) },
    }),
    timing: DEFAULT_TIMING,
  };
  const bodies: string[] = [];
  let token = "";
  app.use((request, _response, next) => {
    token = request.path.split("/").at(-1) ?? "";
    next();
  });
  const noteAndAsk = (job: Job): void => {
    asked.push(JSON.stringify(job));
    ask(job);
  };
  app.use(hookRoutes({ ...context, ask: noteAndAsk }));
  const desks = new Desks(context);
  const job = { tenantId, connectionId };
  await keepHooks(context, desks, job, stop.signal);
  const [hook] = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    listHooks(trx, tenantId, connectionId),
  );
  expect(hook?.state).toBe("active");
  const secret = (await findHook(database, masterKey, token))?.secret ?? "";
  return {
    ...{ canaries, asana, talkative, world, project, sections, clock, context, desks, job, log },
    signal: stop.signal,
    heard: () => [...talkative.said, ...bodies].join("\n"),
    answer: () => answerBells(context, desks, job, stop.signal),
    deliver: async (body: string) => {
      bodies.push(body);
      const headers = { "x-hook-signature": signatureOf(secret, body) };
      const answer = await fetch(`${context.publicUrl}/hooks/asana/${token}`, { method: "POST", headers, body });
      expect(answer.status).toBe(200);
    },
    /** Looks through database, queue and logs. */
    expectClean: async (when: string, ...more: readonly string[]) => {
      const everything = [await dumpTenant(database, tenantId), ...asked, ...log, ...more].join("\n");
      expect(everything, when).toContain(connectionId);
      expect(canaries.foundIn(everything), when).toEqual([]);
      const inHex = canaries.places.map((place) => Buffer.from(canaries.plant(place)).toString("hex"));
      expect(
        inHex.filter((hex) => everything.includes(hex)),
        when,
      ).toEqual([]);
      expect(
        personal(world).filter((text) => everything.includes(text)),
        when,
      ).toEqual([]);
      for (const secretText of [TOKEN, secret]) expect(everything, when).not.toContain(secretText);
    },
  };
}

/** Of the people in the world everything that leads to them, their accounts and their own lists first of all. */
function personal(world: World): readonly string[] {
  return [...world.personalTexts(), ...[...world.users.values()].map(({ myTasksSection }) => myTasksSection)];
}

function liveAWeek({ world, project, sections, clock }: House): { readonly task: string } {
  const zoe = world.createUser();
  const other = world.createUser();
  const category = world.createCategory("Review");
  const field = world.createEnumField([project], "Size", ["S", "L"]);
  const task = world.createTask({ project, by: zoe });
  const subtask = world.createTask({ parent: task, by: other });
  clock.advance(3_600_000);
  world.moveToSection(task, sections.build, zoe);
  world.setEnum(task, field.gid, field.options[0]?.gid, zoe);
  world.comment(task, "Talked to Ilse about her illness", zoe);
  world.logTime(task, { minutes: 90, enteredOn: "2026-09-07", by: zoe, category, description: "With Ilse" });
  world.logTime(subtask, { minutes: 45, enteredOn: "2026-09-07", by: other });
  clock.advance(3_600_000);
  const kept = world.createTask({ project, by: other });
  world.complete(subtask, other);
  world.moveToSection(kept, sections.done, other);
  world.logTime(kept, { minutes: 30, enteredOn: "2026-09-08", by: other });
  clock.advance(3_600_000);
  return { task };
}
