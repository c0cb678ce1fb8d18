import { join } from "node:path";
import { listTenantIds, openDatabase, verify } from "@stageledger/db";
import { expect, test, vi } from "vitest";
import { aLedgerFolder } from "../../support/database/a-ledger-folder.ts";
import { dumpOf } from "../../support/database/dump.ts";
import { stageledgerInProcess } from "../../support/stageledger-in-process.ts";

// Each command opens the database anew.
vi.setConfig({ testTimeout: 300_000 });

const started = "2026-09-08T10:00:00.000+0000";
const ISSUE = {
  id: "10001",
  key: "PAY-1",
  fields: {
    project: { key: "PAY" },
    status: { id: "2", name: "Build", statusCategory: { key: "indeterminate" } },
    created: "2026-09-01T07:00:00.000+0000",
    updated: "2026-09-09T12:00:00.000+0000",
    worklog: {
      total: 2,
      worklogs: ["ann", "ben"].map((accountId, i) => {
        return { id: `50${i}`, author: { accountId }, started, updated: started, timeSpentSeconds: 3600 };
      }),
    },
  },
  changelog: { total: 0, histories: [] },
};
const FILES = {
  "issues.jsonl": `${JSON.stringify(ISSUE)}\n`,
  "times.csv":
    "Item,Date,Duration,Person\nPAY-1,2026-09-09,45m,Ann@Example.invalid\nPAY-1,2026-09-09,5m,ben@example.invalid\n",
};

test("erase takes one account's entries for good, from the source that is named, and no import brings them back", async () => {
  const folder = await aLedgerFolder(FILES);
  const run = (...words: string[]) => stageledgerInProcess(words, { folder });
  const importAll = async () => [
    JSON.parse((await run("import", "jira", "issues.jsonl", "--worklogs", "--json")).stdout),
    JSON.parse((await run("import", "time", "times.csv", "--json")).stdout),
  ];
  const entriesLeft = async (): Promise<readonly string[]> => {
    const database = await openDatabase({ kind: "embedded", folder: join(folder, "data/ledger") });
    const [tenantId = ""] = await listTenantIds(database);
    expect(await verify(database, tenantId)).toEqual([]);
    const lines = (await dumpOf(database)).filter((line) => line.startsWith("ledger.entry "));
    await database.close();
    return lines;
  };
  expect(await importAll()).toMatchObject([{ newEntries: 2 }, { newEntries: 2 }]);
  await run("log", "PAY-1", "30m", "--date", "2026-09-08", "--as", "ann");
  expect(await entriesLeft()).toHaveLength(5);

  const asked = await run("erase", "--source", "jira", "--as", "ann");
  expect(asked.stdout).toContain("cannot be undone");
  expect(await entriesLeft()).toHaveLength(5);

  const erased = await run("erase", "--source", "jira", "--as", "ann", "--yes");
  expect(erased.stdout).toMatch(/^Erased: 1 entry and all that led to the account\./u);
  const fromFile = await run("erase", "--source", "file", "--as", "ANN@example.invalid", "--yes");
  expect(fromFile.stdout).toMatch(/^Erased: 1 entry /u);
  expect(await entriesLeft()).toHaveLength(3);
  // The same word on the command line is another account.
  expect(JSON.parse((await run("me", "--week", "2026-09-08", "--as", "ann", "--json")).stdout).entries).toHaveLength(1);

  expect(await importAll()).toMatchObject([
    { worklogs: 2, newEntries: 0, leftOut: 1 },
    { newEntries: 0, knownEntries: 1, leftOut: 1 },
  ]);
  expect(await entriesLeft()).toHaveLength(3);
  const again = await run("erase", "--source", "jira", "--as", "ann", "--yes");
  expect(again).toMatchObject({ exitCode: 3, stdout: "" });
  expect(again.stderr).toContain("[PERSON_UNKNOWN]");
});
