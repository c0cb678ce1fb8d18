import { join } from "node:path";
import { PassThrough } from "node:stream";
import {
  erasePerson,
  inTransaction,
  listTimeImports,
  lockTenant,
  recordFacts,
  recordStageMap,
  release,
  undoTimeImport,
  verify,
} from "@stageledger/db";
import { expect, test } from "vitest";
import type { Ledger } from "../../../apps/ledger/src/access/with-ledger.ts";
import { progressOn } from "../../../apps/ledger/src/analyse/progress.ts";
import { type ImportTimeRequest, importTime } from "../../../apps/ledger/src/import/time/import-time.ts";
import { changeEntry } from "../../../apps/ledger/src/log-time/log-entry.ts";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { ledgerContents } from "../../support/database/ledger-contents.ts";
import { utc } from "../../support/moments.ts";
import { codedRejection } from "../../support/rejection.ts";
import { aFolder } from "../../support/temporary-folder.ts";
import { SAMPLES } from "./samples.ts";

const HEADER = "Item,Date,Duration,Person,Activity,Stage,Start,End\n";
const ANN = "ann@example.invalid,,,,";
const SILENT = progressOn(new PassThrough().resume(), () => 0);

onBothEngines((engine) => {
  /** PAY-88, PAY-102 and PAY-117 were in Build from Monday 7 September, 09:00 UTC, and PAY-88 in Review from 09:00 on Tuesday. */
  async function aLedger(): Promise<Ledger> {
    const { database } = engine();
    const { tenantId, masterKey } = await aTenant(database);
    await recordStageMap(database, tenantId, aStageMap());
    const items = ["PAY-88", "PAY-102", "PAY-117"].map((key) =>
      aPart(
        anItemThatWent(
          [
            ["2026-09-07T05:00", "Build"],
            ["2026-09-08T09:00", key === "PAY-88" ? "Review" : "Build"],
          ],
          { id: `id of ${key}`, key },
        ),
        { project: "Payments" },
      ),
    );
    await recordFacts(database, tenantId, { items, statuses: [], entries: [] });
    return { database, tenantId, masterKey };
  }

  let ids = 0;
  function run(ledger: Ledger, csv: string, options: Partial<ImportTimeRequest> = {}) {
    const file = join(aFolder({ "time.csv": csv }), "time.csv");
    const newId = (): string => {
      ids += 1;
      return `00000000-0000-4000-8000-${String(ids).padStart(12, "0")}`;
    };
    const request = { file, dateOrder: "mdy" as const, keepsGoing: false, isDryRun: false, ...options };
    return importTime(ledger, request, SILENT, { account: "me", now: 1000, newId });
  }

  async function outcomes(ledger: Ledger, csv: string, options: Partial<ImportTimeRequest> = {}): Promise<string[]> {
    const { lines } = await run(ledger, csv, options);
    return lines.map((line) => (line.outcome === "left out" ? line.refusal.code : line.outcome));
  }

  function undo({ database, tenantId }: Ledger, importId: string) {
    return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      await lockTenant(trx, tenantId);
      return undoTimeImport(trx, tenantId, importId, 2000);
    });
  }

  const cells = async (ledger: Ledger) => (await ledgerContents(ledger.database, ledger.tenantId)).cells;

  /** The three rows of the sample: 90 minutes of review chosen as Review, 45 of build, 150 without an activity. */
  const SAMPLE_CELLS = [
    "Payments Build build 2026-09-07 private in-time 45",
    "Payments Build other 2026-09-07 private in-time 150",
    "Payments Review review 2026-09-07 private in-time 90",
  ];

  test("rows become entries once, go with their import, and come again with another", async () => {
    const ledger = await aLedger();
    const { importId = "" } = await run(ledger, SAMPLES.plain);
    expect(await cells(ledger)).toEqual(SAMPLE_CELLS);
    expect(await outcomes(ledger, SAMPLES.plain)).toEqual(["known already", "known already", "known already"]);
    expect(await undo(ledger, importId.slice(0, 36))).toEqual({ importId, entries: 3 });
    expect(await cells(ledger)).toEqual([]);
    expect((await codedRejection(undo(ledger, importId))).code).toBe("IMPORT_UNKNOWN");
    expect(await outcomes(ledger, SAMPLES.plain)).toEqual(["new", "new", "new"]);
    expect(await cells(ledger)).toEqual(SAMPLE_CELLS);
    expect(await verify(ledger.database, ledger.tenantId)).toEqual([]);
    const imports = await inTransaction(ledger.database, { role: "recorder", tenantId: ledger.tenantId }, (trx) =>
      listTimeImports(trx, ledger.tenantId),
    );
    expect(imports.map(({ layout, undoneAt }) => ({ layout, undoneAt }))).toContainEqual({
      layout: "plain",
      undoneAt: 2000,
    });
    expect(imports).toHaveLength(2);
  });

  test("what its person changed is theirs: an undo leaves it, and an import does not bring back what they deleted", async () => {
    const ledger = await aLedger();
    const rows = `Item,Date,Duration\nPAY-102,2026-09-07,1h\nPAY-102,2026-09-07,2h\nPAY-102,2026-09-08,4h\n`;
    const { importId = "", lines } = await run(ledger, rows);
    const [first, second] = lines.map(({ revision }) => revision);
    if (first === undefined || second === undefined) throw new Error("Nothing was planned.");
    await changeEntry(ledger, first.contributor, first.entryId, { minutes: 90 });
    await changeEntry(ledger, second.contributor, second.entryId, "delete");
    expect(await undo(ledger, importId)).toMatchObject({ entries: 1 });
    expect(await cells(ledger)).toEqual(["Payments Build other 2026-09-07 private in-time 90"]);
    expect(await outcomes(ledger, rows)).toEqual(["known already", "known already", "new"]);
    // 90 as edited and the 240 of Tuesday.
    expect(await cells(ledger)).toEqual(["Payments Build other 2026-09-07 private in-time 330"]);
    expect(await verify(ledger.database, ledger.tenantId)).toEqual([]);
  });

  test("one row that cannot be refuses the file; told to keep going, it alone is left out", async () => {
    const ledger = await aLedger();
    const rows = `${HEADER}PAY-88,2026-09-07,1h,${ANN}\nNOPE-1,2026-09-07,1h,${ANN}\nPAY-88,2026-09-07,-5m,${ANN}
PAY-88,2026-09-07,25h,${ANN}\nPAY-88,2026-09-08,1h,ann@example.invalid,,Nowhere,,
PAY-88,2026-09-07,1h,ann@example.invalid,,,10:00,09:00\nPAY-88,2026-09-08,20h,${ANN}\nPAY-88,2026-09-08,4h 1m,${ANN}\n`;
    const refused = await codedRejection(run(ledger, rows));
    expect(refused.code).toBe("IMPORT_ROWS_REFUSED");
    expect(refused.message).toMatch(/line 3: .*\[ITEM_UNKNOWN\].*and 3 more/u);
    expect(refused.message).not.toContain("example.invalid");
    expect(await cells(ledger)).toEqual([]);
    expect(await outcomes(ledger, rows, { keepsGoing: true })).toEqual([
      "new",
      "ITEM_UNKNOWN",
      "DURATION_OUT_OF_RANGE",
      "DURATION_OUT_OF_RANGE",
      "STAGE_UNKNOWN",
      "ENTRY_TIMES_DISAGREE",
      "new",
      "ENTRY_DAY_OVER_24_HOURS",
    ]);
    // Monday: 1 h. Tuesday: 20 h, of which the day's longest stay is Review (from 09:00 UTC on).
    expect(await cells(ledger)).toEqual([
      "Payments Build other 2026-09-07 private in-time 60",
      "Payments Review other 2026-09-07 private in-time 1200",
    ]);
  });

  test("a dry run says the same and records nobody and nothing", async () => {
    const ledger = await aLedger();
    expect(await outcomes(ledger, SAMPLES.plain, { isDryRun: true })).toEqual(["new", "new", "new"]);
    expect(await cells(ledger)).toEqual([]);
    const people = await inTransaction(ledger.database, { role: "recorder", tenantId: ledger.tenantId }, (trx) =>
      trx.selectFrom("ledger.contributor").select("source").execute(),
    );
    expect(people).toEqual([]);
    await run(ledger, SAMPLES.plain);
    expect(await outcomes(ledger, SAMPLES.plain, { isDryRun: true })).toEqual([
      "known already",
      "known already",
      "known already",
    ]);
  });

  test("somebody erased is not brought back, and does not hold up the others", async () => {
    const ledger = await aLedger();
    await run(ledger, SAMPLES.plain);
    await erasePerson(ledger.database, ledger.tenantId, ledger.masterKey, {
      source: "file",
      account: "ann@example.invalid",
    });
    expect(await outcomes(ledger, SAMPLES.plain)).toEqual([
      "ENTRY_OF_ERASED_PERSON",
      "known already",
      "ENTRY_OF_ERASED_PERSON",
    ]);
    expect(await verify(ledger.database, ledger.tenantId)).toEqual([]);
  });

  test("three people under two names each are three: six accounts of two trackers open no week", async () => {
    const ledger = await aLedger();
    const people = ["1", "2", "3"];
    const ids = people.map((one) => `PAY-88,2026-09-07,5,acc-${one}`).join("\n");
    const names = people.map((one) => `2026-09-07,Payments,Design,4,Human,No${one},PAY-88`).join("\n");
    await run(ledger, `Issue Key,Work date,Hours,User Account ID\n${ids}\n`);
    await run(ledger, `Date,Project,Task,Hours,First Name,Last Name,Notes\n${names}\n`);
    const closed = utc("2026-10-20T12:00");
    expect((await release(ledger.database, ledger.tenantId, ledger.masterKey, closed)).atoms).toEqual([]);
  });

  test("six accounts of one tracker are six people", async () => {
    const ledger = await aLedger();
    const ids = [..."123456"].map((one) => `PAY-88,2026-09-07,5,acc-${one}`).join("\n");
    await run(ledger, `Issue Key,Work date,Hours,User Account ID\n${ids}\n`);
    const closed = utc("2026-10-20T12:00");
    const { atoms } = await release(ledger.database, ledger.tenantId, ledger.masterKey, closed);
    // 6 × 5 h = 1,800 min: the week's total, the month by stage and by activity.
    expect(atoms.map(({ identity: { cut }, roundedMinutes }) => [cut, roundedMinutes])).toEqual([
      ["A", 1800],
      ["B", 1800],
      ["C", 1800],
    ]);
  });

  test("dates that can be read in two ways are asked about", async () => {
    const refused = await codedRejection(run(await aLedger(), SAMPLES.clockify, { dateOrder: undefined }));
    expect(refused.message).toContain("[IMPORT_DATE_ORDER_UNKNOWN]");
    expect(refused.next).toContain("--date-order");
  });

  test.each(["tempo", "clockify", "toggl", "harvest"] as const)("%s brings the same three entries", async (layout) => {
    const ledger = await aLedger();
    expect(await outcomes(ledger, SAMPLES[layout])).toEqual(["new", "new", "new"]);
    const minutes = (await cells(ledger)).map((cell) => Number(cell.split(" ").at(-1)));
    // 90 + 45 + 150
    expect(minutes.reduce((sum, one) => sum + one, 0)).toBe(285);
  });
});
