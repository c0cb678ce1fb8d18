import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Database } from "@stageledger/db";
import { expect, test, vi } from "vitest";
import { aDesk, aDoneTask, type Desk } from "../../support/asana/a-desk.ts";
import { aLedgerFolder } from "../../support/database/a-ledger-folder.ts";
import { ledgerContents } from "../../support/database/ledger-contents.ts";
import { migratedFolder } from "../../support/database/migrated-data.ts";
import { stageledgerInProcess } from "../../support/stageledger-in-process.ts";
import { bareEnvironment, NODE, STAGELEDGER } from "../../support/stageledger-process.ts";
import { until } from "../../support/until.ts";

vi.setConfig({ testTimeout: 240_000 });

const CONNECT = ["connect", "asana", "--all", "--yes"];
const TASKS = 40;

/** Runs the command until Asana was asked so often since, and ends it so. @returns exit code, or null for none */
async function endedAfter(desk: Desk, requests: number, signal: NodeJS.Signals): Promise<string> {
  const before = desk.asana.requests.length;
  const child = spawn(NODE, [STAGELEDGER, ...CONNECT], {
    cwd: desk.folder,
    env: { ...bareEnvironment(), ...desk.variables },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (text) => {
    said += String(text);
  });
  const ended = new Promise<string>((resolve) => child.once("close", (code) => resolve(`${code} ${said}`)));
  await until(() => desk.asana.requests.length - before >= requests, `${requests} requests`, 60_000);
  child.kill(signal);
  return ended;
}

test("a back-fill that is killed anywhere, and run again, ends with the ledger of one that was not", async () => {
  const desk = await aDesk();
  await migratedFolder(join(desk.folder, "data/ledger"));
  for (let task = 1; task <= TASKS; task += 1) aDoneTask(desk, task);

  // Before the sweep is kept, early and late in reading, and while it ends in order.
  expect(await endedAfter(desk, 5, "SIGKILL")).toMatch(/^null /);
  expect(await endedAfter(desk, 40, "SIGKILL")).toMatch(/^null /);
  const stopped = await endedAfter(desk, 30, "SIGINT");
  expect(stopped).toMatch(/^130 /);
  expect(stopped).toContain("Run the same command again to go on");
  expect(await desk.inLedger(failedBells)).toBe(0);
  // What it had is not read once more: each task of the rest takes three calls.
  const before = desk.asana.requests.length;
  const again = await desk.run(CONNECT);
  expect(again).toMatchObject({ exitCode: 0 });
  // Minutes 1 to 40, each task moved to Build and Done and ticked off.
  expect(again.stdout).toContain("Recorded: 40 tasks, 120 moves, 40 time entries.");
  const asked = desk.asana.requests.slice(before).map(({ path }) => path.replace(/\d+/u, "*"));
  expect(asked.length).toBeLessThan(3 * TASKS);
  // What was found by then comes first: a look at everything would find it once more.
  expect(asked.indexOf("/tasks/*")).toBeLessThan(asked.indexOf("/tasks"));

  const folder = await aLedgerFolder();
  expect(await stageledgerInProcess(CONNECT, { folder, variables: desk.variables })).toMatchObject({ exitCode: 0 });
  const inOneGo = await desk.inLedger(ledgerContents, folder);
  const killed = await desk.inLedger(ledgerContents);
  expect(sums(killed)).toEqual(sums(inOneGo));
  expect(killed.balances.reduce((sum, line) => sum + Number(line.split(" ")[1]), 0)).toBe(820);
  expect((await desk.run(["verify"])).exitCode).toBe(0);
});

/** What was stopped is no failure. */
async function failedBells({ kysely }: Database): Promise<number> {
  const bells = await kysely.selectFrom("inbox.bell").selectAll().where("attempts", ">", 0).execute();
  return bells.length;
}

/** Ids of entries are made with a tenant's own key. */
function sums({ cells, timelines, balances }: Awaited<ReturnType<typeof ledgerContents>>) {
  return { cells, timelines, minutes: balances.map((line) => line.split(" ")[1]).sort() };
}
