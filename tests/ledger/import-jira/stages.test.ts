import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { EVERY_PROJECT } from "@stageledger/core";
import { inTransaction, loadStageMaps } from "@stageledger/db";
import { describe, expect, test, vi } from "vitest";
import type { Ledger } from "../../../apps/ledger/src/access/with-ledger.ts";
import { progressOn } from "../../../apps/ledger/src/analyse/progress.ts";
import { type ImportOutcome, importJira } from "../../../apps/ledger/src/import/jira/import-jira.ts";
import { aLedgerFolder } from "../../support/database/a-ledger-folder.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { utc } from "../../support/moments.ts";
import { stageledgerInProcess } from "../../support/stageledger-in-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

// Each command is a process that opens the database anew: seconds each on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const SILENT = progressOn(new PassThrough().resume(), () => 0);
const STATUSES = { "To Do": ["1", "new"], Build: ["2", "indeterminate"], Done: ["4", "done"] } as const;
type StatusName = keyof typeof STATUSES;

/** An export of PAY-1, which entered each of these statuses a day after the other, from 7 September on. */
function wentTo(first: StatusName, ...rest: readonly StatusName[]): string {
  const at = (day: number): string => `2026-09-0${7 + day}T07:00:00.000+0000`;
  const path = [first, ...rest];
  const histories = rest.map((name, step) => {
    const from = path[step] ?? first;
    const item = { field: "status", from: STATUSES[from][0], fromString: from, to: STATUSES[name][0], toString: name };
    return { id: String(900 + step), created: at(step + 1), items: [item] };
  });
  const last = path.at(-1) ?? first;
  const [id, category] = STATUSES[last];
  const status = { id, name: last, statusCategory: { key: category } };
  const fields = { project: { key: "PAY" }, status, created: at(0), updated: at(rest.length) };
  const changelog = { total: histories.length, histories };
  return `${JSON.stringify({ id: "10001", key: "PAY-1", fields, changelog })}\n`;
}

const OURS = `commitment: Doing
stages:
  - { name: Waiting, kind: waiting, statuses: [To Do] }
  - { name: Doing, kind: active, statuses: [2, Nowhere] }
  - { name: Over, kind: done, statuses: [Done] }
`;

onBothEngines((engine) => {
  async function aLedger() {
    const { database } = engine();
    const ledger: Ledger = { database, ...(await aTenant(database, { zone: "UTC" })) };
    const importing = (files: Record<string, string>, stages?: string): Promise<ImportOutcome> => {
      const folder = aFolder({ ...files, ...(stages === undefined ? {} : { "stages.yaml": stages }) });
      const paths = Object.keys(files).map((name) => join(folder, name));
      const given = stages === undefined ? undefined : join(folder, "stages.yaml");
      const request = { files: paths, statuses: undefined, stages: given, worklogs: false };
      return importJira(ledger, request, SILENT, { newId: randomUUID, now: () => utc("2026-09-14") });
    };
    const versions = (): Promise<readonly string[]> =>
      inTransaction(database, { role: "recorder", tenantId: ledger.tenantId }, async (trx) => {
        const maps = (await loadStageMaps(trx, ledger.tenantId)).get(EVERY_PROJECT) ?? [];
        return maps.map((map) => `${map.version} ${map.origin}: ${map.stages.map(({ name }) => name).join(" > ")}`);
      });
    return { importing, versions };
  }

  test("an import that brings a status for the first time makes it a stage; the same again changes nothing", async () => {
    const { importing, versions } = await aLedger();
    const before = { "export.jsonl": wentTo("To Do", "Build") };
    const after = { "export.jsonl": wentTo("To Do", "Build", "Done") };
    expect((await importing(before)).stages).toBe(null);
    await importing(before);
    expect(await versions()).toEqual(["1 default: To Do > Build"]);
    await importing(after);
    await importing(after);
    expect(await versions()).toEqual(["1 default: To Do > Build", "2 default: To Do > Build > Done"]);
  });

  test("stages can be given without an export: they are the next version, once, and stay whatever is imported", async () => {
    const { importing, versions } = await aLedger();
    await importing({ "export.jsonl": wentTo("To Do", "Build") });
    const given = await importing({}, OURS);
    expect(given).toMatchObject({ issues: 0, stages: { version: 2, unknown: ["Nowhere", "Done"] } });
    await importing({}, OURS);
    const expected = ["1 default: To Do > Build", "2 given: Waiting > Doing > Over"];
    expect(await versions()).toEqual(expected);
    await importing({ "export.jsonl": wentTo("To Do", "Build", "Done") });
    expect(await versions()).toEqual(expected);
    // Now that Done is known the file says something else.
    expect((await importing({}, OURS)).stages).toEqual({ version: 3, unknown: ["Nowhere"] });
  });

  test("whoever gives the very stages that were there by default has given them", async () => {
    const { importing, versions } = await aLedger();
    await importing({ "export.jsonl": wentTo("To Do", "Build", "Done") });
    const same = `commitment: Build
stages:
  - { name: To Do, kind: waiting, statuses: [1] }
  - { name: Build, kind: active, statuses: [2] }
  - { name: Done, kind: done, statuses: [4] }
`;
    await importing({}, same);
    await importing({}, same);
    expect(await versions()).toEqual(["1 default: To Do > Build > Done", "2 given: To Do > Build > Done"]);
  });

  test("stages that name nothing of the ledger, or a version that it has, are refused", async () => {
    const { importing, versions } = await aLedger();
    await importing({ "export.jsonl": wentTo("To Do", "Build") });
    const elsewhere = OURS.replace("To Do", "A").replace("2, Nowhere", "B").replace("[Done]", "[C]");
    await expect(importing({}, elsewhere)).rejects.toMatchObject({ code: "STAGES_UNKNOWN_STATUS" });
    await expect(importing({}, `version: 1\n${OURS}`)).rejects.toMatchObject({ code: "STAGES_VERSION_TAKEN" });
    expect(await versions()).toEqual(["1 default: To Do > Build"]);
    expect((await importing({}, `version: 7\n${OURS}`)).stages).toMatchObject({ version: 7 });
  });
});

describe("on the command line", () => {
  test("nothing to import is said, with what to do; stages alone are taken, as the doctor and the report advise", async () => {
    const folder = await aLedgerFolder({ "export.jsonl": wentTo("To Do", "Build"), "stages.yaml": OURS });
    const run = (...words: string[]) => stageledgerInProcess(words, { folder });
    const nothing = await run("import", "jira");
    expect(nothing.exitCode).toBe(2);
    expect(nothing.stderr).toContain("Name an export, or stages of your own with --stages <file>");
    expect((await run("import", "jira", "export.jsonl")).exitCode).toBe(0);
    const given = await run("import", "jira", "--stages", "stages.yaml");
    expect(given).toMatchObject({
      exitCode: 0,
      stdout:
        "The stages are those of the file, as version 2.\nThe stages file also names what the ledger does not have: Nowhere, Done.\n",
    });
    expect((await run("report")).stdout).toMatch(/\n {2}Doing +1 /u);
  });
});
