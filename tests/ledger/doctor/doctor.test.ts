import { chmodSync, existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { stageledgerInProcess } from "../../support/stageledger-in-process.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

vi.setConfig({ testTimeout: 120_000 });

/** Build, and a status that the stages leave out. */
const ISSUE = {
  id: "10001",
  key: "PAY-1",
  fields: {
    project: { key: "PAY" },
    status: { id: "9", name: "Somewhere", statusCategory: { key: "indeterminate" } },
    created: "2026-09-07T07:00:00.000+0000",
    updated: "2026-09-09T12:00:00.000+0000",
  },
  changelog: { total: 0, histories: [] },
};
const STAGES = `commitment: Build
stages:
  - { name: Build, kind: active, statuses: [2] }
  - { name: Done, kind: done, statuses: [4] }
`;

test("says what is in order, what to look at and what to do, by exit code too", async () => {
  const folder = aFolder({
    "export.jsonl": `${JSON.stringify(ISSUE)}\n`,
    "statuses.json": statuses(),
    "stages.yaml": STAGES,
  });
  const states = async (
    ...words: string[]
  ): Promise<{ readonly exitCode: number | null; readonly lines: string[] }> => {
    const { exitCode, stdout } = await stageledgerInProcess(["doctor", "--json", ...words], { folder });
    const { checks } = JSON.parse(stdout);
    return {
      exitCode,
      lines: checks.map((one: Record<string, string>) => `${one.state} ${one.what} ${one.code ?? ""}`),
    };
  };
  expect(await states()).toEqual({ exitCode: 1, lines: ["look data "] });
  expect(existsSync(join(folder, "data"))).toBe(false);

  const imported = ["import", "jira", "export.jsonl", "--statuses", "statuses.json", "--stages", "stages.yaml"];
  expect((await stageledger(imported, { folder })).exitCode).toBe(0);
  const healthy = ["ok data folder ", "ok master key file ", "ok schema ", "ok database ", "ok guards "];
  expect(await states()).toEqual({
    exitCode: 1,
    lines: [...healthy, "ok master key ", "ok items ", "look stages ", "ok release "],
  });
  const { stdout } = await stageledger(["doctor"], { folder });
  expect(stdout).toContain("Items are in statuses of no stage: Somewhere.");

  chmodSync(join(folder, "data/ledger"), 0o755);
  renameSync(join(folder, "data/ledger/master.key"), join(folder, "elsewhere"));
  expect((await states()).lines).toEqual([
    "look data folder ",
    ...healthy.slice(2),
    "fault master key MASTER_KEY_MISSING",
  ]);
});

function statuses(): string {
  const status = (id: string, name: string, key: string) => ({ id, name, statusCategory: { key } });
  return JSON.stringify([
    status("2", "Build", "indeterminate"),
    status("4", "Done", "done"),
    status("9", "Somewhere", "indeterminate"),
  ]);
}
