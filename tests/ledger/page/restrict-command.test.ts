import { join } from "node:path";
import { findTenantIdByName, inTransaction, listRestrictedProjects, openDatabase } from "@stageledger/db";
import { expect, test, vi } from "vitest";
import { projectRoot } from "../../support/project-root.ts";
import { stageledgerInProcess } from "../../support/stageledger-in-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

// Each command opens the database anew: seconds each on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const SAMPLE = join(projectRoot, "apps/ledger/sample");
const LOG = [
  join(SAMPLE, "three-teams.jsonl.gz"),
  ...["--statuses", join(SAMPLE, "statuses.json"), "--stages", join(SAMPLE, "stages.yaml")],
];

async function restrictedIn(folder: string): Promise<readonly string[]> {
  const database = await openDatabase({ kind: "embedded", folder: join(folder, "data/ledger") });
  try {
    const tenantId = (await findTenantIdByName(database, "My organisation")) ?? "";
    return await inTransaction(database, { role: "report_reader", tenantId }, (trx) =>
      listRestrictedProjects(trx, tenantId),
    );
  } finally {
    await database.close();
  }
}

test("a project is restricted until that is taken back; one that the ledger does not have is refused", async () => {
  const folder = aFolder();
  const run = (...words: string[]) => stageledgerInProcess(words, { folder, variables: { TZ: "Europe/Berlin" } });
  const early = await run("restrict", "PAY");
  expect([early.exitCode, early.stderr]).toEqual([expect.any(Number), expect.stringContaining("[PROJECT_UNKNOWN]")]);
  expect(early.exitCode).not.toBe(0);

  expect(await run("import", "jira", ...LOG)).toMatchObject({ exitCode: 0 });
  expect(await run("restrict", "PAY")).toMatchObject({
    exitCode: 0,
    stdout: "PAY is restricted: the page names no item of it.\n",
  });
  const unknown = await run("restrict", "pay");
  expect(unknown.exitCode).not.toBe(0);
  expect(unknown.stderr).toContain("[PROJECT_UNKNOWN]");
  expect(await restrictedIn(folder)).toEqual(["PAY"]);
  expect(await run("restrict", "PAY", "--off")).toMatchObject({
    exitCode: 0,
    stdout: "PAY is not restricted: the page names its items.\n",
  });
  expect(await restrictedIn(folder)).toEqual([]);
});
