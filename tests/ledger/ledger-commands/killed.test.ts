import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateJiraLines } from "../../simulators/jira-log/generate-jira-lines.ts";
import { startPostgres } from "../../support/database/postgres-server.ts";
import { bareEnvironment, NODE, STAGELEDGER, stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

const ISSUES = 4000;
/** Kills of an import on each engine; `KILLS=50` tries harder. */
const KILLS = Number(process.env.KILLS ?? 5);

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
