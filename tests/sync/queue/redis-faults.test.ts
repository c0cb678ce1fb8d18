import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, type TestContext } from "vitest";
import type { Job } from "../../../packages/sync/src/queue/job.ts";
import { bareEnvironment, NODE } from "../../support/stageledger-process.ts";
import { until } from "../../support/until.ts";
import { aJob, Gate, JobRecorder } from "./job-recorder.ts";
import { aHouse, withRedis } from "./queue-subjects.ts";

const AN_HOUR = 60 * 60_000;
const redisOf = withRedis();

it("shares the jobs among all workers, and gives each to one of them", async (context) => {
  const house = aHouse(context, redisOf(context).url);
  const gate = new Gate();
  const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const holdUp = Object.fromEntries(names.map((name) => [name, () => gate.passed.then(() => undefined)]));
  const [one, other] = [new JobRecorder(holdUp), new JobRecorder(holdUp)];
  const queues = [await house.open(), await house.open()];
  queues[0]?.work(one.doJob, { atOnce: 1 });
  queues[1]?.work(other.doJob, { atOnce: 1 });
  for (const name of names) queues[0]?.ask(aJob(name));
  await until(() => one.runs.length === 1 && other.runs.length === 1, "a job in each worker");
  gate.open();
  await until(() => one.runs.length + other.runs.length >= 8, "all jobs");
  expect([...one.runs, ...other.runs].map(({ connectionId }) => connectionId).sort()).toEqual(names);
});

it("does what a process asked for that closed at once", async (context) => {
  const house = aHouse(context, redisOf(context).url);
  const door = await house.open();
  door.ask(aJob("a"));
  await door.close(0);
  const recorder = new JobRecorder();
  (await house.open()).work(recorder.doJob, { atOnce: 1 });
  await recorder.untilRuns("a", 1);
});

it("leaves a job that it was told to end to another worker", async (context) => {
  const house = aHouse(context, redisOf(context).url);
  const leaving = await house.open();
  const cutOff = new JobRecorder({
    a: (_run, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(new Error("told to end")));
      }),
  });
  leaving.work(cutOff.doJob, { atOnce: 1 });
  leaving.ask(aJob("a"));
  await cutOff.untilRuns("a", 1);
  await leaving.close(10);
  const recorder = new JobRecorder();
  (await house.open()).work(recorder.doJob, { atOnce: 1 });
  await recorder.untilRuns("a", 1);
});

it("leaves alone what waits while it closes", async (context) => {
  const redis = redisOf(context);
  const house = aHouse(context, redis.url);
  const [door, closing] = [await house.open(), await house.open()];
  const gate = new Gate();
  const recorder = new JobRecorder({ a: () => gate.passed.then(() => undefined) });
  closing.work(recorder.doJob, { atOnce: 2 });
  door.ask(aJob("a"));
  await recorder.untilRuns("a", 1);
  const closed = closing.close(10_000);
  door.ask(aJob("b"));
  await door.close(0);
  const countAdds = async () => Number((await redis.command("GET", "{stageledger}:asana-sync:id")).split("\n")[1]);
  await until(async () => (await countAdds()) >= 2, "both jobs in Redis");
  await new Promise((resolve) => setTimeout(resolve, 50));
  const adds = await countAdds();
  gate.open();
  await closed;
  expect(recorder.order).toBe("a");
  // The one that it was fetching it gives back. To take and give back again and again would be hundreds.
  expect(adds).toBeLessThanOrEqual(3);
});

it("loses nothing when Redis is emptied: what waits, what rests and what was asked for while it ran comes back", async (context) => {
  const redis = redisOf(context);
  const house = aHouse(context, redis.url);
  const gate = new Gate();
  let isFlushed = false;
  const recorder = new JobRecorder({
    running: async (run) => {
      if (run === 1) await gate.passed;
      return undefined;
    },
    resting: () => (isFlushed ? undefined : Date.now() + AN_HOUR),
  });
  const due = new Set<string>();
  const listJobs = async () => [...due].map((name) => aJob(name));
  const queue = await house.open({ listJobs, listEveryMilliseconds: 50 });
  queue.work(recorder.doJob, { atOnce: 1 });
  queue.ask(aJob("resting"));
  await recorder.untilRuns("resting", 1);
  queue.ask(aJob("running"));
  await recorder.untilRuns("running", 1);
  queue.ask(aJob("waiting"));
  queue.ask(aJob("running"));
  await until(async () => (await redis.command("DBSIZE")) !== ":0", "jobs in Redis");
  await redis.command("FLUSHALL");
  isFlushed = true;
  for (const name of ["resting", "running", "waiting"]) due.add(name);
  gate.open();
  await recorder.untilRuns("waiting", 1);
  await recorder.untilRuns("resting", 2);
  await recorder.untilRuns("running", 2);
});

it("loses nothing when Redis is killed and starts empty, says so once, and works again by itself", async (context) => {
  const redis = redisOf(context);
  const house = aHouse(context, redis.url);
  const gate = new Gate();
  const recorder = new JobRecorder({ busy: () => gate.passed.then(() => undefined) });
  const due: Job[] = [];
  // Only that Redis is back makes it list: its timer is a day away.
  const queue = await house.open({ listJobs: async () => due });
  queue.work(recorder.doJob, { atOnce: 1 });
  queue.ask(aJob("busy"));
  await recorder.untilRuns("busy", 1);
  queue.ask(aJob("waiting"));
  await redis.kill();
  due.push(aJob("waiting"), aJob("during"));
  await until(() => house.events.length > 0, "the trouble's event");
  for (let count = 0; count < 1000; count += 1) queue.ask(aJob("during"));
  await redis.start();
  await until(() => house.events.length > 1, "the event that all is well");
  gate.open();
  await recorder.untilRuns("waiting", 1);
  await recorder.untilRuns("during", 1);
  due.length = 0;
  queue.ask(aJob("after"));
  await recorder.untilRuns("after", 1);
  expect(house.events.map(({ event }) => event)).toEqual(["redis in trouble", "redis well again"]);
});

it("gives a killed worker's job to another, and once more when that is killed too", async (context) => {
  const redis = redisOf(context);
  const house = aHouse(context, redis.url);
  const queue = await house.open({ takeOverMilliseconds: 200 });
  queue.ask(aJob("a"));
  for (const _victim of ["first", "second"]) {
    const worker = await aWorkerThatBegan(context, redis.url, "a");
    worker.kill("SIGKILL");
    await once(worker, "close");
  }
  const recorder = new JobRecorder();
  queue.work(recorder.doJob, { atOnce: 1 });
  await recorder.untilRuns("a", 1);
});

it("lets its process end when it closes, also while Redis is away", async (context) => {
  const redis = redisOf(context);
  const queue = await aHouse(context, redis.url).open();
  for (const isAway of [false, true]) {
    queue.ask(aJob("a"));
    const worker = await aWorkerThatBegan(context, redis.url, "a");
    if (isAway) await redis.kill();
    const ended = once(worker, "close");
    worker.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  }
  await redis.start();
});

async function aWorkerThatBegan(context: TestContext, redisUrl: string, connectionId: string): Promise<ChildProcess> {
  const program = join(import.meta.dirname, "worker-process.ts");
  const worker = spawn(NODE, [program, redisUrl], { env: bareEnvironment(), stdio: ["ignore", "pipe", "inherit"] });
  context.onTestFinished(() => void worker.kill("SIGKILL"));
  let said = "";
  worker.stdout.on("data", (text) => {
    said += String(text);
  });
  await until(() => said.includes(`began ${connectionId}\n`), `a worker that begins ${connectionId}`, 20_000);
  return worker;
}

it("keeps ids and codes in Redis, and nothing that an error says", async (context) => {
  const redis = redisOf(context);
  const house = aHouse(context, redis.url);
  const canary = "Canary Mustermann canary@example.org";
  const recorder = new JobRecorder({
    broken: () => {
      throw new Error(canary);
    },
  });
  const queue = await house.open({ firstRetryMilliseconds: 60_000 });
  queue.work(recorder.doJob, { atOnce: 1 });
  const job = { ...aJob("broken"), note: canary };
  queue.ask(job);
  await recorder.untilRuns("broken", 1);
  await redis.command("CONFIG", "SET", "rdbcompression", "no");
  const dump = await dumpWith(redis, "UNEXPECTED");
  expect(dump).toContain("broken");
  expect(dump.toLowerCase()).not.toContain("canary");
  // No stack either.
  expect(dump).not.toContain("bullmq-queue.ts");
});

/** Everything that Redis holds, once it holds this word. */
async function dumpWith(redis: ReturnType<typeof redisOf>, word: string): Promise<string> {
  let dump = "";
  await until(async () => {
    await redis.command("SAVE");
    dump = readFileSync(redis.dumpPath, "latin1");
    return dump.includes(word);
  }, `${word} in Redis`);
  return dump;
}
