import { spawn } from "node:child_process";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { APP_ID, startFakeForge } from "../../../simulators/forge/fake-forge.ts";
import { ForgeApp } from "../../../simulators/jira/forge-app.ts";
import { startFakeJiraSite } from "../../../simulators/jira/site.ts";
import { World } from "../../../simulators/jira/world.ts";
import { aLedgerFolder } from "../../../support/database/a-ledger-folder.ts";
import { freePort } from "../../../support/free-port.ts";
import { stageledgerInProcess } from "../../../support/stageledger-in-process.ts";
import { bareEnvironment, NODE, STAGELEDGER } from "../../../support/stageledger-process.ts";
import { until } from "../../../support/until.ts";

// Each command opens the database anew, and the server is a process.
vi.setConfig({ testTimeout: 300_000 });

const INSTALLATION = "ari:cloud:ecosystem::installation/1";
const counts = z.object({ connections: z.array(z.looseObject({ items: z.number() })) });

test("a site is connected, read when its app comes, followed, looked at by the doctor, and read anew by hand", async () => {
  const folder = await aLedgerFolder();
  const run = (...words: string[]) => stageledgerInProcess(words, { folder });
  const world = new World({ now: Date.now });
  const [toDo, build] = [world.createStatus("To Do", "new"), world.createStatus("Build", "indeterminate")];
  const pay = world.createProject("PAY");
  const other = world.createProject("OTHER");
  const issue = world.createIssue({ project: pay, status: toDo });
  world.moveStatus(issue, build);
  world.addWorklog({ issue, seconds: 5400 });
  world.createIssue({ project: other, status: toDo });
  const jira = await startFakeJiraSite({ world });
  const forge = await startFakeForge(Date.now);
  onTestFinished(async () => void (await Promise.all([jira.close(), forge.close()])));

  const options = ["--installation", INSTALLATION, "--project", "PAY=Payments", "--worklogs", "on"];
  expect((await run("connect", "jira", ...options, "--zone", "UTC")).exitCode).toBe(0);
  const unread = await run("doctor");
  expect(unread.stdout).toContain("It was not read yet.");

  const port = await freePort();
  const server = spawn(NODE, [STAGELEDGER, "start"], {
    cwd: folder,
    env: { ...bareEnvironment(), PORT: String(port), FORGE_APP_ID: APP_ID, FORGE_JWKS_URL: forge.keysUrl },
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void server.kill("SIGKILL"));
  const ended = new Promise((resolve) => server.once("close", resolve));
  let log = "";
  server.stdout.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  await until(() => log.includes('"started"'), "the server", 60_000);
  const app = new ForgeApp(jira, forge, { ledgerUrl: `http://127.0.0.1:${port}`, installationId: INSTALLATION });
  expect(await app.install()).toMatchObject({ status: 200, json: { isConnected: true } });
  const asked = (path: string): number => jira.requests.filter((request) => request.path === path).length;
  // The last of what a first reading asks for.
  await until(() => asked("/rest/api/3/worklog/deleted") > 0, "the first reading", 60_000);
  const second = world.createIssue({ project: pay, status: toDo });
  await app.deliverDue();
  await until(() => asked(`/rest/api/3/issue/${second}`) > 0, "a look at what rang", 60_000);
  server.kill("SIGTERM");
  await ended;

  const connections = await run("connections");
  expect(connections.stdout).toContain(`Jira ${INSTALLATION}: works`);
  expect(connections.stdout).toContain("1 project: Payments");
  expect((await run("doctor")).stdout).toMatch(/jira.*1 project, last compared/u);
  const synced = await run("connections", "sync", "--full", "--json");
  expect(synced.exitCode).toBe(0);
  // Two issues of PAY, one move; the worklog is within the minute that Jira's list leaves out, or comes with it.
  expect(counts.parse(JSON.parse(synced.stdout)).connections).toMatchObject([
    { workspace: INSTALLATION, items: 2, moves: 1, bellsWaiting: 0, bellsParked: 0, problemCode: null },
  ]);
  expect((await run("connections", "sync", "--workspace", "nowhere")).stderr).toContain("[CONNECTION_UNKNOWN]");
  expect((await run("verify")).exitCode).toBe(0);
});
