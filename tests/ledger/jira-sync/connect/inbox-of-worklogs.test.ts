import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { inTransaction, listConnections, listTenantIds, openDatabase, parkImpossible } from "@stageledger/db";
import { expect, test, vi } from "vitest";
import { aLedgerFolder } from "../../../support/database/a-ledger-folder.ts";
import { stageledgerInProcess } from "../../../support/stageledger-in-process.ts";

// Each command opens the database anew.
vi.setConfig({ testTimeout: 120_000 });

const INSTALLATION = "ari:cloud:ecosystem::installation/2";

test("a worklog of over 24 hours is listed and shown with what to do, and counted by connections and doctor", async () => {
  const folder = await aLedgerFolder();
  const run = (...words: string[]) => stageledgerInProcess(words, { folder });
  await run("connect", "jira", "--installation", INSTALLATION, "--worklogs", "on", "--zone", "UTC");
  const bellId = randomUUID();
  const database = await openDatabase({ kind: "embedded", folder: join(folder, "data/ledger") });
  const [tenantId = ""] = await listTenantIds(database);
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const [{ connectionId } = { connectionId: "" }] = await listConnections(trx, tenantId);
    const fields = { what: "worklog", gid: "10500", issue: "10088", at: Date.UTC(2026, 8, 8, 9) };
    const errorCode = "ENTRY_MINUTES_OUT_OF_RANGE";
    await parkImpossible(trx, tenantId, [{ bellId, connectionId, fields, errorCode }], Date.now());
  });
  await database.close();

  const listed = await run("inbox", "list");
  expect(listed.stdout).toMatch(/worklog 10500 +ENTRY_MINUTES_OUT_OF_RANGE\n/u);
  expect(listed.stdout).toContain("split them in Jira");
  const shown = (await run("inbox", "show", bellId.slice(0, 8))).stdout;
  expect(shown).toMatch(new RegExp(`^connection +Jira ${INSTALLATION}$`, "mu"));
  expect(shown).toMatch(/^at +2026-09-08T09:00:00.000Z$/mu);
  expect(shown).toContain("split it in Jira into worklogs of a day each");
  expect(shown).toContain("`id = 10088`");
  expect(shown).not.toContain("retry");
  expect((await run("connections")).stdout).toContain("1 bell parked");
  const doctor = (await run("doctor")).stdout.replaceAll(/\s+/gu, " ");
  expect(doctor).toContain("1 worklog of over 24 hours");
  expect(doctor).not.toContain("what they rang for could not be read");
});
