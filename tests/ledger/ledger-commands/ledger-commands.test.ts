import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { aLedgerFolder } from "../../support/database/a-ledger-folder.ts";
import { projectRoot } from "../../support/project-root.ts";
import { stageledgerInProcess } from "../../support/stageledger-in-process.ts";
import { NODE, stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

const HOLDER = join(projectRoot, "tests/support/database/hold-a-ledger.ts");

/** PAY-1: Build from 7 Sep 09:00, Review from 9 Sep 12:00 (UTC); two worklogs by one made-up account. */
const CANARY = "canary-7f3a";
const ISSUE = {
  id: "10001",
  key: "PAY-1",
  fields: {
    summary: `summary ${CANARY}`,
    project: { key: "PAY", name: `project ${CANARY}` },
    status: { id: "3", name: "Review", statusCategory: { key: "indeterminate" } },
    created: "2026-09-07T07:00:00.000+0000",
    updated: "2026-09-09T12:00:00.000+0000",
    assignee: { accountId: `assignee-${CANARY}`, displayName: CANARY, emailAddress: `${CANARY}@example.invalid` },
    worklog: {
      total: 2,
      worklogs: [
        worklog("501", "2026-09-08T10:00:00.000+0000", 5400),
        worklog("502", "2026-09-10T10:00:00.000+0000", 1800),
      ],
    },
  },
  changelog: {
    total: 2,
    histories: [
      history("1", "2026-09-07T09:00:00.000+0000", ["1", "To Do"], ["2", "Build"]),
      history("2", "2026-09-09T12:00:00.000+0000", ["2", "Build"], ["3", "Review"]),
    ],
  },
};

function worklog(id: string, started: string, timeSpentSeconds: number) {
  const author = { accountId: `author-${CANARY}`, displayName: CANARY, emailAddress: `${CANARY}@example.invalid` };
  return {
    id,
    author,
    updateAuthor: author,
    comment: `comment ${CANARY}`,
    started,
    updated: started,
    timeSpentSeconds,
  };
}

function history(id: string, created: string, from: readonly [string, string], to: readonly [string, string]) {
  const items = [{ field: "status", from: from[0], fromString: from[1], to: to[0], toString: to[1] }];
  return { id, created, author: { accountId: `mover-${CANARY}`, displayName: CANARY }, items };
}

const STAGES = `commitment: Build
stages:
  - { name: To Do, kind: waiting, statuses: [1] }
  - { name: Build, kind: active, statuses: [2] }
  - { name: Review, kind: active, statuses: [3] }
  - { name: Done, kind: done, statuses: [4] }
`;

const FILES = { "issues.json": JSON.stringify([ISSUE]), "stages.yaml": STAGES };
const IMPORT = ["import", "jira", "issues.json", "--stages", "stages.yaml", "--worklogs", "--json"];

const run = (folder: string, ...words: string[]) => stageledgerInProcess(words, { folder });
const asProcess = (folder: string, ...words: string[]) => stageledger(words, { folder });

// Each command opens the database anew, and some of them are processes.
vi.setConfig({ testTimeout: 180_000 });

describe("a ledger on the command line", () => {
  test("import, log, look, change, take back: what was logged is there, and an import repeated adds nothing", async () => {
    const folder = aFolder(FILES);
    const first = await asProcess(folder, ...IMPORT);
    expect(JSON.parse(first.stdout)).toEqual({
      issues: 1,
      newItems: 1,
      changedItems: 0,
      newFacts: 2,
      worklogs: 2,
      newEntries: 2,
      leftOut: 0,
      overfullDays: 0,
      truncated: 0,
      // Nothing was done yet, and no list of statuses was given.
      stages: { version: 1, unknown: ["4"] },
    });
    const second = await asProcess(folder, ...IMPORT);
    expect(JSON.parse(second.stdout)).toMatchObject({
      issues: 1,
      newItems: 0,
      changedItems: 0,
      newFacts: 0,
      newEntries: 0,
    });

    const logged = await asProcess(
      folder,
      "log",
      "PAY-1",
      "1h 30m",
      "--date",
      "2026-09-08",
      "--activity",
      "review",
      "--as",
      "me",
    );
    expect(logged.stdout).toMatch(/^Logged 1 h 30 min on PAY-1 · review · 2026-09-08 · entry [0-9a-f]{8}\n$/);
    const entry = logged.stdout.trim().slice(-8);
    const week = async (as = "me") =>
      JSON.parse((await run(folder, "me", "--week", "2026-09-08", "--as", as, "--json")).stdout);
    expect(await week()).toMatchObject({
      week: "2026-W37",
      entries: [{ item: "PAY-1", date: "2026-09-08", minutes: 90, activity: "review", isClosed: false }],
    });
    expect(await week("somebody-else")).toEqual({ week: "2026-W37", entries: [] });

    const others = await run(folder, "me", "edit", entry, "45m", "--as", "somebody-else");
    expect(others).toMatchObject({ exitCode: 3, stdout: "" });
    expect(others.stderr).toContain("[ENTRY_UNKNOWN]");
    expect((await run(folder, "me", "edit", entry, "45m", "--as", "me")).stdout).toBe("The entry has 45 min now.\n");
    expect((await week()).entries).toMatchObject([{ minutes: 45 }]);
    const mine = (await run(folder, "me", "export", "--as", "me")).stdout.split("\n");
    expect(mine[0]).toBe("entry,item,project,date,minutes,activity,start,end,readable_by");
    expect(mine[1]).toMatch(/^[0-9a-f-]{36},PAY-1,PAY,2026-09-08,45,[a-z]+,,,you$/u);
    expect(mine).toHaveLength(3);
    await run(folder, "export", "exported");
    expect(readdirSync(join(folder, "exported"))).toContain("manifest.json");
    expect(readFileSync(join(folder, "exported/items.jsonl"), "utf8")).toContain('"key": "PAY-1"');
    expect((await run(folder, "me", "delete", entry, "--as", "me")).stdout).toBe("The entry is deleted.\n");
    expect((await week()).entries).toEqual([]);
  });

  test("what cannot be is refused with a code, and the ledger is as it was", async () => {
    const folder = await aLedgerFolder(FILES);
    await run(folder, ...IMPORT);
    const refusals: readonly (readonly [code: string, ...words: string[]])[] = [
      ["ITEM_UNKNOWN", "log", "NOPE-1", "1h"],
      ["DURATION_OUT_OF_RANGE", "log", "PAY-1", "25h"],
      ["STAGE_UNKNOWN", "log", "PAY-1", "1h", "--stage", "Nowhere"],
      ["ACTIVITY_UNKNOWN", "log", "PAY-1", "1h", "--activity", "golf"],
      ["ENTRY_IMPOSSIBLE_DATE", "log", "PAY-1", "1h", "--date", "2026-02-30"],
      ["TENANT_UNKNOWN", "log", "PAY-1", "1h", "--tenant", "Others"],
      ["RELEASE_PREVIEW_REFUSED", "release", "--preview"],
      ["SETTING_INVALID", "report", "--project", "NOPE"],
      ["SETTING_INVALID", "me", "--zone", "Pacific/Apia"],
    ];
    for (const [code, ...words] of refusals) {
      const refused = await run(folder, ...words);
      expect(refused).toMatchObject({ exitCode: 3, stdout: "" });
      expect(refused.stderr).toContain(`[${code}]`);
    }
    expect(JSON.parse((await run(folder, ...IMPORT)).stdout)).toMatchObject({ newFacts: 0, newEntries: 0 });
    expect(JSON.parse((await run(folder, "me", "--json")).stdout)).toMatchObject({ entries: [] });
  });

  test("a day has 24 hours, counted over its entries", async () => {
    const folder = await aLedgerFolder(FILES);
    await run(folder, ...IMPORT);
    await run(folder, "log", "PAY-1", "20h", "--date", "2026-09-08");
    const refused = await run(folder, "log", "PAY-1", "4h 1m", "--date", "2026-09-08");
    expect(refused.stderr).toContain("[ENTRY_DAY_OVER_24_HOURS]");
    expect((await run(folder, "log", "PAY-1", "4h", "--date", "2026-09-08")).exitCode).toBe(0);
  });

  test("a second process on the same data is refused, and gets in once the first has ended, also by a kill", async () => {
    const folder = await aLedgerFolder(FILES);
    await run(folder, ...IMPORT);
    const first = spawn(NODE, [HOLDER, join(folder, "data/ledger")], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise<void>((resolve) => first.on("close", () => resolve()));
    await new Promise<void>((resolve) => first.stdout.once("data", () => resolve()));
    const refused = await asProcess(folder, "me");
    expect(refused).toMatchObject({ exitCode: 3, stdout: "" });
    expect(refused.stderr).toContain("[DATABASE_IN_USE]");
    first.kill("SIGKILL");
    await ended;
    expect((await asProcess(folder, "me")).exitCode).toBe(0);
  });

  test("a server that does not answer is named by its variable, never by its address", async () => {
    const variables = {
      DATABASE_URL: "postgres://somebody:secret-word@127.0.0.1:1/ledger",
      STAGELEDGER_MASTER_KEY: Buffer.alloc(32, 1).toString("base64"),
      STAGELEDGER_DEBUG: "1",
    };
    const refused = await stageledgerInProcess(["me"], { folder: aFolder(FILES), variables });
    expect(refused).toMatchObject({ exitCode: 3, stdout: "" });
    expect(refused.stderr).toContain("[DATABASE_UNREACHABLE]");
    expect(refused.stderr).not.toContain("secret-word");
  });

  test("an empty ledger says what to do, a broken stages file stops before anything is recorded", async () => {
    const folder = await aLedgerFolder({ ...FILES, "broken.yaml": "stages: 3\n" });
    const empty = await run(folder, "report");
    expect(empty.stderr).toContain("[LEDGER_EMPTY]");
    const broken = await run(folder, "import", "jira", "issues.json", "--stages", "broken.yaml");
    expect(broken.stderr).toContain("[STAGES_UNREADABLE]");
    expect((await run(folder, "report")).stderr).toContain("[LEDGER_EMPTY]");
  });

  test("the master key lies beside the data for its owner alone; another or none opens nothing", async () => {
    const folder = aFolder(FILES);
    await run(folder, ...IMPORT);
    const path = join(folder, "data/ledger/master.key");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "data/ledger")).mode & 0o777).toBe(0o700);
    const key = readFileSync(path, "utf8");
    writeFileSync(path, `${Buffer.alloc(32, 1).toString("base64")}\n`);
    expect((await run(folder, "log", "PAY-1", "1h")).stderr).toContain("[MASTER_KEY_WRONG]");
    writeFileSync(path, "not a key\n");
    expect((await run(folder, "log", "PAY-1", "1h")).stderr).toContain("[MASTER_KEY_UNREADABLE]");
    rmSync(path);
    expect((await run(folder, "log", "PAY-1", "1h")).stderr).toContain("[MASTER_KEY_MISSING]");
    writeFileSync(path, key);
    expect((await run(folder, "log", "PAY-1", "1h")).exitCode).toBe(0);
  });

  test("no personal field of an import is in anything that is printed or in any file of the data", async () => {
    const broken = { ...ISSUE, fields: { ...ISSUE.fields, created: `never ${CANARY}` } };
    const timeFile = `Item,Date,Duration,Person\nPAY-1,2026-09-08,1h,${CANARY}@example.invalid\nNOPE-1,x,${CANARY},${CANARY}\n`;
    const folder = await aLedgerFolder({
      ...FILES,
      "broken.jsonl": `${JSON.stringify(broken)}\n`,
      "time.csv": timeFile,
    });
    const variables = { STAGELEDGER_DEBUG: "1" };
    const printed = [
      await run(folder, ...IMPORT),
      await stageledgerInProcess(["import", "jira", "broken.jsonl", "--worklogs"], { folder, variables }),
      await stageledgerInProcess(["import", "time", "time.csv"], { folder, variables }),
      await run(folder, "import", "time", "time.csv", "--dry-run"),
      await run(folder, "import", "time", "time.csv", "--keep-going"),
      await run(folder, "doctor"),
      await run(folder, "report", "--as-of", "2026-09-20", "--json"),
      await run(folder, "me"),
    ];
    expect(printed.map(({ stdout, stderr }) => stdout + stderr).join("")).not.toContain(CANARY);
    const data = readdirSync(join(folder, "data"), { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    const found = data.filter((file) => readFileSync(join(file.parentPath, file.name)).includes(CANARY));
    expect(data.length).toBeGreaterThan(100);
    expect(found).toEqual([]);
  });
});
