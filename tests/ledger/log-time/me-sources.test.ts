import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  ensureContributors,
  inTransaction,
  listTenantIds,
  lockTenant,
  MasterKey,
  openDatabase,
  openTenantSecrets,
  recordIn,
} from "@stageledger/db";
import { describe, expect, test, vi } from "vitest";
import { anEntry } from "../../support/an-entry.ts";
import { aLedgerFolder } from "../../support/database/a-ledger-folder.ts";
import { day } from "../../support/moments.ts";
import { stageledgerInProcess } from "../../support/stageledger-in-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

// Each command opens the database anew.
vi.setConfig({ testTimeout: 300_000 });

const hour = (id: string, accountId: string, seconds: number): object => {
  const started = "2026-09-08T10:00:00.000+0000";
  return { id, author: { accountId }, started, updated: started, timeSpentSeconds: seconds };
};
const ISSUE = {
  id: "10001",
  key: "PAY-1",
  fields: {
    project: { key: "PAY" },
    status: { id: "2", name: "Build", statusCategory: { key: "indeterminate" } },
    created: "2026-09-01T07:00:00.000+0000",
    updated: "2026-09-09T12:00:00.000+0000",
    worklog: { total: 2, worklogs: [hour("501", "ann-in-jira", 5400), hour("502", "ben-in-jira", 600)] },
  },
  changelog: { total: 0, histories: [] },
};
const TIMES =
  "Item,Date,Duration,Person\nPAY-1,2026-09-09,45m,Ann@Example.invalid\nPAY-1,2026-09-09,5m,ben@example.invalid\n";

describe("what was brought from elsewhere", () => {
  /** An hour of an Asana account, as the worker records it. */
  async function recordFromAsana(folder: string): Promise<void> {
    const data = join(folder, "data/ledger");
    const database = await openDatabase({ kind: "embedded", folder: data });
    const [tenantId = ""] = await listTenantIds(database);
    const masterKey = MasterKey.parse(readFileSync(join(data, "master.key"), "utf8"));
    await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      await lockTenant(trx, tenantId);
      const secrets = await openTenantSecrets(trx, tenantId, masterKey);
      const accounts = [{ source: "asana", account: "1201" }];
      const [person] = await ensureContributors(trx, tenantId, secrets, accounts, randomUUID);
      const contributor = person?.kind === "found" ? person.contributorId : "";
      const entry = anEntry({ itemId: "jira:10001", project: "PAY", date: day("2026-09-10"), visibility: "known" });
      const entryId = secrets.entryId("asana", "77");
      const entries = [{ entryId, contributor, number: 1, change: "created" as const, entry, importId: undefined }];
      await recordIn(trx, tenantId, { items: [], statuses: [], entries });
    });
    await database.close();
  }

  async function aLedger() {
    const folder = await aLedgerFolder({ "issues.jsonl": `${JSON.stringify(ISSUE)}\n`, "times.csv": TIMES });
    const run = (...words: string[]) => stageledgerInProcess(words, { folder });
    expect((await run("import", "jira", "issues.jsonl", "--worklogs", "--zone", "UTC")).exitCode).toBe(0);
    expect((await run("import", "time", "times.csv")).exitCode).toBe(0);
    await recordFromAsana(folder);
    const week = async (...who: string[]) =>
      JSON.parse((await run("me", "--week", "2026-09-08", "--json", ...who)).stdout).entries;
    return { run, week };
  }

  test("its person lists and takes along, of each source by the account there, and nobody by another's", async () => {
    const { run, week } = await aLedger();
    const jira = { item: "PAY-1", date: "2026-09-08", minutes: 90, canChange: false };
    expect(await week("--source", "jira", "--as", "ann-in-jira")).toMatchObject([jira]);
    expect(await week("--source", "asana", "--as", "1201")).toMatchObject([{ date: "2026-09-10", canChange: false }]);
    const file = { date: "2026-09-09", minutes: 45, canChange: true };
    expect(await week("--source", "file", "--as", " ANN@example.invalid")).toMatchObject([file]);
    expect(await week("--source", "file", "--as", "ann-in-jira")).toEqual([]);
    expect(await week("--as", "ann-in-jira")).toEqual([]);
    const exported = await run("me", "export", "--source", "jira", "--as", "ann-in-jira");
    expect(exported.stdout).toMatch(/^[^\n]*readable_by\n[0-9a-f-]{36},PAY-1,PAY,2026-09-08,90,other,,,colleagues\n$/u);
  });

  test("and colleagues can read there is changed there; what a file brought is its person's", async () => {
    const { run, week } = await aLedger();
    for (const [source, account] of [
      ["jira", "ann-in-jira"],
      ["asana", "1201"],
    ] as const) {
      const who = ["--source", source, "--as", account];
      const [{ entry }] = await week(...who);
      for (const words of [
        ["edit", entry, "2h"],
        ["delete", entry],
      ]) {
        const refused = await run("me", ...words, ...who);
        expect(refused).toMatchObject({ exitCode: 3, stdout: "" });
        expect(refused.stderr).toContain("[ENTRY_FROM_ELSEWHERE]");
      }
      expect(await week(...who)).toHaveLength(1);
      const listed = await run("me", "--week", "2026-09-08", ...who);
      expect(listed.stdout).toContain("What colleagues can read in Jira or Asana is changed there.");
      expect(listed.stdout).not.toContain("You can change");
    }
    const ben = ["--source", "file", "--as", "ben@example.invalid"];
    const [{ entry }] = await week(...ben);
    expect((await run("me", "edit", entry, "10m", ...ben)).stdout).toBe("The entry has 10 min now.\n");
    expect(await week(...ben)).toMatchObject([{ minutes: 10, canChange: true }]);
  });

  test("needs an account and a source that there is", async () => {
    const folder = aFolder();
    for (const words of [["me"], ["me", "export"], ["erase", "--yes"]]) {
      const refused = await stageledgerInProcess([...words, "--source", "jira"], { folder });
      expect(refused).toMatchObject({ exitCode: 3, stdout: "" });
      expect(refused.stderr).toContain("[PERSON_UNKNOWN]");
      const unknown = ["--source", "harvest", "--as", "x"];
      expect((await stageledgerInProcess([...words, ...unknown], { folder })).exitCode).toBe(2);
    }
  });
});
