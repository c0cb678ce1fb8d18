import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createTenant, MasterKey, openDatabase } from "@stageledger/db";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateJiraLines } from "../../simulators/jira-log/generate-jira-lines.ts";
import { startPostgres } from "../../support/database/postgres-server.ts";
import { bareEnvironment, NODE, STAGELEDGER, stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

const ISSUES = 4000;
/** Kills of an import on each engine; `KILLS=50` tries harder. */
const KILLS = Number(process.env.KILLS ?? 5);
/** Each needs a ledger of its own. */
const RELEASE_KILLS = Number(process.env.KILLS ?? 2);

/** Every tenth issue has a worklog of an hour: 400 entries, 24,000 minutes. */
const LOG = [...generateJiraLines({ seed: 5, issues: ISSUES, asOf: Date.UTC(2026, 9, 26) })]
  .map((line, i) =>
    i % 10 === 0 ? line.replace('"fields":{', `"fields":{"worklog":{"total":1,"worklogs":[${worklog(i)}]},`) : line,
  )
  .join("");

function worklog(i: number): string {
  const started = new Date(Date.UTC(2026, 8, 1 + (i % 28), 10)).toISOString();
  return JSON.stringify({
    id: String(i),
    author: { accountId: `made-up-${i % 7}` },
    started,
    updated: started,
    timeSpentSeconds: 3600,
  });
}

const DAY = 86_400_000;

/** Seven people log in one project in each of four weeks that have settled, whatever the day is on which the test runs. */
const SETTLED_LOG = Array.from({ length: 28 }, (_, i) => {
  const at = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
  const days = 21 + 7 * (i % 4);
  const status = { id: "2", name: "Build", statusCategory: { key: "indeterminate" } };
  const author = { accountId: `made-up-${Math.floor(i / 4)}` };
  const started = at(days);
  return `${JSON.stringify({
    id: String(9000 + i),
    key: `SET-${i}`,
    fields: {
      project: { key: "SET" },
      status,
      created: at(70),
      updated: at(60),
      worklog: { total: 1, worklogs: [{ id: String(i), author, started, updated: started, timeSpentSeconds: 7200 }] },
    },
    changelog: { total: 0, histories: [] },
  })}\n`;
}).join("");

const FILES = { "log.jsonl": LOG };
const IMPORT = ["import", "jira", "log.jsonl", "--worklogs", "--json"];

let variables: Record<string, string> = {};
let stop: () => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "stageledger-killed-"));
  const server = await startPostgres(folder);
  variables = { DATABASE_URL: `${server.url}/postgres`, STAGELEDGER_MASTER_KEY: randomBytes(32).toString("base64") };
  stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  await stageledger(["migrate"], { variables });
});
afterAll(() => stop());

async function makeTenant(name: string): Promise<void> {
  const database = await openDatabase({ kind: "postgres", url: variables.DATABASE_URL ?? "" });
  const masterKey = MasterKey.parse(variables.STAGELEDGER_MASTER_KEY ?? "");
  const tenant = { tenantId: randomUUID(), name, zone: "UTC", isDemo: false };
  await createTenant(database, tenant, masterKey, randomBytes, 0);
  await database.close();
}

describe.each(["postgres", "embedded"])("killed on %s", (engine) => {
  const surroundings = (folder: string) => ({ folder, variables: engine === "postgres" ? variables : {} });

  function start(words: readonly string[], folder: string): ChildProcess {
    return spawn(NODE, [STAGELEDGER, ...words], {
      cwd: folder,
      env: { ...bareEnvironment(), ...surroundings(folder).variables },
    });
  }

  test("an import at any instant: run again it is whole, nothing twice, and everything recounts", async () => {
    const folder = aFolder(FILES);
    let killed = 0;
    for (let i = 0; i < KILLS; i += 1) {
      const child = start(IMPORT, folder);
      const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on("close", (_, signal) => resolve(signal)));
      // Spread over what a whole run takes, from its start on.
      await pause(300 + (i * 4000) / KILLS);
      child.kill("SIGKILL");
      if ((await ended) === "SIGKILL") killed += 1;
    }
    expect(killed).toBeGreaterThan(0);
    const last = await stageledger(IMPORT, surroundings(folder));
    expect(last.stderr).not.toContain("[");
    expect(JSON.parse(last.stdout)).toMatchObject({ issues: ISSUES, worklogs: 400 });
    expect(JSON.parse((await stageledger(IMPORT, surroundings(folder))).stdout)).toMatchObject({
      newItems: 0,
      changedItems: 0,
      newFacts: 0,
      newEntries: 0,
    });
    const verified = await stageledger(["verify"], surroundings(folder));
    expect(verified).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("agree") });
  }, 300_000);

  test("a release at any instant: all of it is published or nothing, and run again it is whole, once", async () => {
    const prepared = aFolder({ "log.jsonl": SETTLED_LOG });
    const outcomes = new Set<string>();
    for (let i = 0; i < RELEASE_KILLS; i += 1) {
      // A ledger of its own for each kill: what is released stays so.
      const folder = aFolder({ "log.jsonl": SETTLED_LOG });
      const tenant = ["--tenant", `Release ${i} ${randomUUID()}`];
      if (engine === "embedded" && i > 0) cpSync(join(prepared, "data"), join(folder, "data"), { recursive: true });
      const own = engine === "embedded" ? [] : tenant;
      if (engine === "postgres") await makeTenant(own[1] ?? "");
      if (engine === "postgres" || i === 0) {
        const imported = await stageledger(["import", "jira", "log.jsonl", "--worklogs", ...own], surroundings(folder));
        expect(imported.exitCode).toBe(0);
      }
      if (engine === "embedded" && i === 0) cpSync(join(folder, "data"), join(prepared, "data"), { recursive: true });
      const child = start(["release", ...own], folder);
      const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on("close", (_, signal) => resolve(signal)));
      await pause(300 + (i * 2000) / RELEASE_KILLS);
      child.kill("SIGKILL");
      await ended;

      const published = async (name: string): Promise<string> => {
        const exported = await stageledger(["export", name, ...own], surroundings(folder));
        expect(exported.exitCode).toBe(0);
        return readFileSync(join(folder, name, "hours.jsonl"), "utf8");
      };
      const after = await published("after-the-kill");
      expect((await stageledger(["release", ...own], surroundings(folder))).exitCode).toBe(0);
      const whole = await published("whole");
      // Seven people log in each of four weeks: every one of them has a total.
      expect(whole.match(/"cut": "A"/gu)?.length).toBeGreaterThanOrEqual(4);
      expect(["", whole]).toContain(after);
      outcomes.add(after === "" ? "nothing" : "all");
      expect((await stageledger(["release", ...own], surroundings(folder))).stdout).toContain("Nothing is due");
      expect(await published("again")).toBe(whole);
      expect((await stageledger(["verify", ...own], surroundings(folder))).stdout).toContain("agree");
    }
    expect(outcomes).toContain("nothing");
  }, 3_600_000);

  test("a log the moment it is acknowledged: it is there", async () => {
    const folder = aFolder(FILES);
    await stageledger(["import", "jira", "log.jsonl"], surroundings(folder));
    for (const minutes of [11, 12, 13]) {
      const child = start(["log", "BIG1-3", `${minutes}m`, "--date", "2026-09-08", "--as", "killed"], folder);
      const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
      const said = new Promise<string>((resolve) => child.stdout?.once("data", (text) => resolve(String(text))));
      const key = await Promise.race([said, ended.then(() => "")]);
      expect(key).toContain(`Logged ${minutes} min`);
      child.kill("SIGKILL");
      await ended;
    }
    const mine = await stageledger(["me", "--week", "2026-09-08", "--as", "killed", "--json"], surroundings(folder));
    expect(
      JSON.parse(mine.stdout)
        .entries.map((entry: { minutes: number }) => entry.minutes)
        .sort(),
    ).toEqual([11, 12, 13]);
  }, 300_000);
});
