import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@stageledger/db";
import { sql } from "kysely";
import { expect, onTestFinished, test, vi } from "vitest";
import { LAYOUT_FORMS } from "../../../apps/ledger/src/import/time/layout-forms.ts";
import { Canaries } from "../../support/canaries.ts";
import { aLedgerFolder } from "../../support/database/a-ledger-folder.ts";
import { dumpOf } from "../../support/database/dump.ts";
import { startPostgres } from "../../support/database/postgres-server.ts";
import { stageledgerInProcess } from "../../support/stageledger-in-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";
import { withCanaries } from "./with-canaries.ts";

// Each command opens the database anew.
vi.setConfig({ testTimeout: 600_000 });

/** PAY-88, in Review since before the entries. */
const ISSUE = JSON.stringify({
  id: "10088",
  key: "PAY-88",
  fields: {
    project: { key: "PAY" },
    status: { id: "3", name: "Review", statusCategory: { key: "indeterminate" } },
    created: "2026-09-01T07:00:00.000+0000",
    updated: "2026-09-01T07:00:00.000+0000",
  },
  changelog: { total: 0, histories: [] },
});

/** Long enough to stand in no file by chance, and what every canary here begins with. */
const PREFIX = "zq-canary-";
const planted = new Map(LAYOUT_FORMS.map(({ name }) => [name, new Canaries(`${PREFIX}${name}-`)]));
const FILES = {
  "issues.jsonl": `${ISSUE}\n`,
  ...Object.fromEntries([...planted].map(([name, canaries]) => [`${name}.csv`, withCanaries(name, canaries)])),
};

/** Imports a file of each layout, after it was shown and refused if `thrice`; says everything that was printed. */
async function importEach(folder: string, variables: Record<string, string>, thrice: boolean): Promise<string> {
  const run = (...words: string[]) =>
    stageledgerInProcess(words, { folder, variables: { ...variables, STAGELEDGER_DEBUG: "1" } });
  expect((await run("import", "jira", "issues.jsonl")).exitCode).toBe(0);
  const printed: string[] = [];
  for (const { name } of LAYOUT_FORMS) {
    const words = ["import", "time", `${name}.csv`, ...(name === "clockify" ? ["--date-order", "mdy"] : [])];
    if (thrice) {
      const refused = await run(...words);
      expect(refused.stderr).toContain("[IMPORT_ROWS_REFUSED]");
      printed.push(refused.stderr, ...Object.values(await run(...words, "--dry-run")).map(String));
    }
    const imported = await run(...words, "--keep-going", "--json");
    expect(JSON.parse(imported.stdout)).toMatchObject({ layout: name, newEntries: 1, leftOut: 3 });
    printed.push(imported.stdout, imported.stderr);
  }
  for (const words of [["doctor"], ["import", "list"], ["report", "--json"], ["me"]]) {
    const { stdout, stderr } = await run(...words);
    printed.push(stdout, stderr);
  }
  return printed.join("");
}

const has = (text: string): boolean => text.toLowerCase().includes(PREFIX);

function filesWithCanary(folder: string): { readonly looked: number; readonly found: readonly string[] } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const found = files.filter((file) => has(readFileSync(join(file.parentPath, file.name)).toString("latin1")));
  return { looked: files.length, found: found.map(({ name }) => name) };
}

test("every layout has canaries, and they would be found", () => {
  expect([...planted.values()].map(({ places }) => places.length > 0)).toEqual([true, true, true, true, true]);
  expect(filesWithCanary(aFolder(FILES)).found.toSorted()).toEqual([
    "clockify.csv",
    "harvest.csv",
    "plain.csv",
    "tempo.csv",
    "toggl.csv",
  ]);
});

test("no personal field of a time file is printed, or in any file of the embedded data", async () => {
  const folder = await aLedgerFolder(FILES);
  expect(has(await importEach(folder, {}, false))).toBe(false);
  const { looked, found } = filesWithCanary(join(folder, "data"));
  expect(found).toEqual([]);
  expect(looked).toBeGreaterThan(100);
});

test("no personal field of a time file is printed, or in a dump or any file of PostgreSQL", async () => {
  const home = mkdtempSync(join(tmpdir(), "stageledger-canary-"));
  const server = await startPostgres(home);
  onTestFinished(async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  });
  const url = `${server.url}/postgres`;
  const variables = { DATABASE_URL: url, STAGELEDGER_MASTER_KEY: randomBytes(32).toString("base64") };
  expect((await stageledgerInProcess(["migrate"], { variables })).exitCode).toBe(0);
  expect(has(await importEach(aFolder(FILES), variables, true))).toBe(false);

  const database = await openDatabase({ kind: "postgres", url });
  onTestFinished(() => database.close());
  const dump = await dumpOf(database);
  expect(dump.filter((line) => line.startsWith("ledger.entry_revision "))).toHaveLength(LAYOUT_FORMS.length);
  expect(dump.filter(has)).toEqual([]);
  // What is in memory only is written now; its log has what was there before, too.
  await sql`checkpoint`.execute(database.kysely);
  const { looked, found } = filesWithCanary(join(home, "data"));
  expect(found).toEqual([]);
  expect(looked).toBeGreaterThan(100);
});
