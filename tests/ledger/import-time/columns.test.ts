import { parseEntryDate } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { dayInColumn, type KnownOrder } from "../../../apps/ledger/src/import/time/column-date.ts";
import { type CountedIn, minutesInColumn } from "../../../apps/ledger/src/import/time/column-duration.ts";
import { codedErrorOf } from "../../support/coded-error.ts";
import { reading } from "./reading.ts";

describe("a duration in a column", () => {
  test.each<[string, CountedIn, number]>([
    ["1:30:00", "unknown", 90],
    ["01:30", "unknown", 90],
    ["0:00:01", "unknown", 1],
    ["0:00:29", "unknown", 1],
    ["0:01:29", "unknown", 1],
    ["0:01:30", "unknown", 2],
    ["24:00:00", "unknown", 1440],
    ["0:02:29.9", "unknown", 2],
    ["1.5", "unknown", 90],
    ["1,5", "unknown", 90],
    ["1h 30m", "unknown", 90],
    ["1h 30m", "hours", 90],
    ["90 min", "minutes", 90],
    ["2", "hours", 120],
    [".5", "hours", 30],
    ["2.", "hours", 120],
    ["24", "hours", 1440],
    ["90", "minutes", 90],
    ["90.5", "minutes", 91],
    ["90,4", "minutes", 90],
    ["0.2", "minutes", 1],
    // 0.575 h = 34.5 min; 1.15 h = 69 min (68.99… in binary); 0.025 h = 1.5 min; 0.0249 h = 1.494 min; 0.005 h = 0.3 min.
    ["0.575", "hours", 35],
    ["1.15", "hours", 69],
    ["0.025", "hours", 2],
    ["0.0249", "hours", 1],
    ["0.005", "hours", 1],
    ["0.333333333333333", "hours", 20],
    ["23.999", "hours", 1440],
  ])("%j counted in %s is %i minutes", (text, countedIn, minutes) => {
    expect(minutesInColumn(text, countedIn)).toBe(minutes);
  });

  test.each<[string, CountedIn, string]>([
    ["2", "unknown", "DURATION_WITHOUT_UNIT"],
    ["0", "hours", "DURATION_OUT_OF_RANGE"],
    ["0.00", "hours", "DURATION_OUT_OF_RANGE"],
    ["-1.5", "hours", "DURATION_OUT_OF_RANGE"],
    ["24.01", "hours", "DURATION_OUT_OF_RANGE"],
    ["1441", "minutes", "DURATION_OUT_OF_RANGE"],
    ["90", "hours", "DURATION_OUT_OF_RANGE"],
    ["100:00:00", "unknown", "DURATION_OUT_OF_RANGE"],
    ["1:30", "minutes", "DURATION_UNREADABLE"],
    ["1:3", "unknown", "DURATION_UNREADABLE"],
    ["1:30:60", "unknown", "DURATION_UNREADABLE"],
    [".", "hours", "DURATION_UNREADABLE"],
    ["1.5.2", "hours", "DURATION_UNREADABLE"],
    ["1e1", "hours", "DURATION_UNREADABLE"],
    ["abc", "hours", "DURATION_UNREADABLE"],
  ])("%j counted in %s is refused: %s", (text, countedIn, code) => {
    expect(codedErrorOf(() => minutesInColumn(text, countedIn)).code).toBe(code);
  });
});

const DMY: KnownOrder = { order: "dmy", isStated: true };
const MDY: KnownOrder = { order: "mdy", isStated: true };
const UNKNOWN: KnownOrder = { order: "unknown" };

describe("a date in a column", () => {
  test.each([
    ...["2026-09-07", " 2026-09-07 ", "2026-9-7", "2026/09/07", "2026.09.07", "2026-09-07 09:00"],
    ...["2026-09-07T09:00:00", "2026-09-07 09:00:00.0", "07/Sep/26", "7 Sep 2026", "07-Sep-2026"],
    ...["7. September 2026", "Sep 7, 2026", "September 7, 2026 9:00 AM"],
  ])("%j says by itself which day it is", (text) => {
    expect(dayInColumn(text, UNKNOWN)).toBe(parseEntryDate("2026-09-07"));
    expect(dayInColumn(text, MDY)).toBe(parseEntryDate("2026-09-07"));
  });

  test.each<[string, KnownOrder, string]>([
    ["07/09/2026", DMY, "2026-09-07"],
    ["07/09/2026", MDY, "2026-07-09"],
    ["7.9.2026", DMY, "2026-09-07"],
    ["7-9-2026", MDY, "2026-07-09"],
    ["07/09/26", DMY, "2026-09-07"],
    ["25/12/2026", UNKNOWN, "2026-12-25"],
    ["12/25/2026 09:00 PM", UNKNOWN, "2026-12-25"],
    ["05/05/2026", UNKNOWN, "2026-05-05"],
  ])("%s, %j: %s", (text, known, day) => {
    expect(dayInColumn(text, known)).toBe(parseEntryDate(day));
  });

  test.each<[string, KnownOrder, string]>([
    ["07/09/2026", UNKNOWN, "IMPORT_DATE_ORDER_UNKNOWN"],
    ["07.09.2026", UNKNOWN, "IMPORT_DATE_ORDER_UNKNOWN"],
    ["07/09/2026", { order: "mixed" }, "IMPORT_DATE_ORDER_UNKNOWN"],
    ["25/12/26", UNKNOWN, "IMPORT_DATE_ORDER_UNKNOWN"],
    ["25/12/26", { order: "dmy", isStated: false }, "IMPORT_DATE_ORDER_UNKNOWN"],
    ["12/25/2026", DMY, "ENTRY_IMPOSSIBLE_DATE"],
    ["25/12/2026", MDY, "ENTRY_IMPOSSIBLE_DATE"],
    ["31/02/2026", DMY, "ENTRY_IMPOSSIBLE_DATE"],
    ["32/13/2026", UNKNOWN, "ENTRY_IMPOSSIBLE_DATE"],
    ["07/09-2026", DMY, "ENTRY_IMPOSSIBLE_DATE"],
    ["2026-13-01", UNKNOWN, "ENTRY_IMPOSSIBLE_DATE"],
    ["2026-02-30 09:00", UNKNOWN, "ENTRY_IMPOSSIBLE_DATE"],
    ["46000", UNKNOWN, "ENTRY_IMPOSSIBLE_DATE"],
    ["", UNKNOWN, "ENTRY_IMPOSSIBLE_DATE"],
  ])("%s, %j is refused: %s", (text, known, code) => {
    expect(codedErrorOf(() => dayInColumn(text, known)).code).toBe(code);
  });
});

describe("dates that can be read in two ways", () => {
  const file = (...dates: readonly string[]) => `item,date,hours\n${dates.map((date) => `PAY-1,${date},1\n`).join("")}`;
  const daysIn = async (...dates: readonly string[]) => {
    const { rows, refusals } = await reading(file(...dates));
    return [rows.map(({ date }) => date), refusals.map(({ line, code }) => `${line} ${code}`)];
  };

  test("are read as another date of the file proves it, wherever that one stands", async () => {
    const [september7, december25] = [parseEntryDate("2026-09-07"), parseEntryDate("2026-12-25")];
    expect(await daysIn("07/09/2026", "25/12/2026")).toEqual([[september7, december25], []]);
    expect(await daysIn("09/07/2026", "12/25/2026")).toEqual([[september7, december25], []]);
  });

  test("are refused when nothing proves it", async () => {
    expect(await daysIn("07/09/2026", "08/09/2026", "2026-09-09")).toEqual([
      [parseEntryDate("2026-09-09")],
      ["2 IMPORT_DATE_ORDER_UNKNOWN", "3 IMPORT_DATE_ORDER_UNKNOWN"],
    ]);
  });

  test.each(["45/09/2026", "09/45/2026", "25/13/2026", "25/12/26"])("%s proves nothing", async (date) => {
    const [days, refusals] = await daysIn("07/09/2026", date);
    expect(days).toEqual([]);
    expect(refusals).toContain("2 IMPORT_DATE_ORDER_UNKNOWN");
  });

  test("are refused when the file has dates of both orders", async () => {
    expect(await daysIn("25/12/2026", "07/09/2026", "12/24/2026")).toEqual([
      [parseEntryDate("2026-12-25"), parseEntryDate("2026-12-24")],
      ["3 IMPORT_DATE_ORDER_UNKNOWN"],
    ]);
  });

  test("are read as the option says, whatever the file seems to prove", async () => {
    const { rows, refusals } = await reading(file("07/09/2026", "25/12/2026"), { dateOrder: "mdy" });
    expect(rows.map(({ date }) => date)).toEqual([parseEntryDate("2026-07-09")]);
    expect(refusals).toMatchObject([{ line: 3, code: "ENTRY_IMPOSSIBLE_DATE" }]);
  });

  test("are refused when the file comes from a pipe, which cannot be read twice", async () => {
    const { rows, refusals } = await reading(file("07/09/2026", "25/12/2026"), { canBeReadTwice: false });
    expect(rows.map(({ date }) => date)).toEqual([parseEntryDate("2026-12-25")]);
    expect(refusals).toMatchObject([{ line: 2, code: "IMPORT_DATE_ORDER_UNKNOWN" }]);
  });

  test("the date of an end proves as well as that of a start", async () => {
    const header = "Start Date,Start Time,End Date,End Time,Duration (h),Description";
    const rows = ["09/08/2026,23:00,10/08/2026,01:00,02:00,PAY-1", "12/08/2026,23:00,13/08/2026,01:00,02:00,PAY-1"];
    const { rows: read, refusals } = await reading([header, ...rows].join("\n"));
    expect(refusals).toEqual([]);
    expect(read.map(({ date }) => date)).toEqual([parseEntryDate("2026-08-09"), parseEntryDate("2026-08-12")]);
  });
});
