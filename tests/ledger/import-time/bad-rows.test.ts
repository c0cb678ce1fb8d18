import { parseEntryDate } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { reading } from "./reading.ts";

const HEADER = "item,date,duration,person,start,end date,end";
const GOOD = "PAY-1,2026-09-07,1:00,ann,,,";

describe("a row is refused alone, and the rows around it are read:", () => {
  test.each([
    ["minutes below zero", "PAY-2,2026-09-07,-0:30,ann,,,", "DURATION_OUT_OF_RANGE", "below zero"],
    ["minutes below zero, with a true minus", "PAY-2,2026-09-07,−30m,ann,,,", "DURATION_OUT_OF_RANGE", "below zero"],
    ["no time at all", "PAY-2,2026-09-07,0:00:00,ann,,,", "DURATION_OUT_OF_RANGE", "no time"],
    ["more than a day", "PAY-2,2026-09-07,24:01,ann,,,", "DURATION_OUT_OF_RANGE", "more than a day"],
    ["a number without a unit", "PAY-2,2026-09-07,90,ann,,,", "DURATION_WITHOUT_UNIT", "90 could be"],
    ["an unreadable duration", "PAY-2,2026-09-07,zqlong,ann,,,", "DURATION_UNREADABLE", "no duration"],
    ["75 minutes behind a colon", "PAY-2,2026-09-07,1:75,ann,,,", "DURATION_UNREADABLE", "no duration"],
    ["no duration", "PAY-2,2026-09-07,,ann,,,", "DURATION_UNREADABLE", "has no duration"],
    ["an impossible date", "PAY-2,2026-02-30,1:00,ann,,,", "ENTRY_IMPOSSIBLE_DATE", "no such date"],
    ["no date", "PAY-2,,1:00,ann,,,", "ENTRY_IMPOSSIBLE_DATE", "no such date"],
    ["text for a date", "PAY-2,zqday,1:00,ann,,,", "ENTRY_IMPOSSIBLE_DATE", "no such date"],
    ["an instant for a date", "PAY-2,2026-09-07T23:30:00Z,1:00,ann,,,", "ENTRY_IMPOSSIBLE_DATE", "instant"],
    ["an offset behind the date", "PAY-2,2026-09-07 23:30+02:00,1:00,ann,,,", "ENTRY_IMPOSSIBLE_DATE", "instant"],
    ["no item", ",2026-09-07,1:00,ann,,,", "IMPORT_NO_ITEM", "No key"],
    ["nobody", "PAY-2,2026-09-07,1:00,,,,", "IMPORT_NO_PERSON", "who logged"],
    ["an end before the start", "PAY-2,2026-09-07,1:00,ann,10:00,2026-09-07,09:00", "ENTRY_ENDS_BEFORE_START", "end"],
    ["an end on an earlier date", "PAY-2,2026-09-07,1:00,ann,10:00,2026-09-06,11:00", "ENTRY_ENDS_BEFORE_START", "end"],
    ["an end that is the start", "PAY-2,2026-09-07,0:05,ann,10:00,2026-09-07,10:00", "ENTRY_ENDS_BEFORE_START", "end"],
    ["an undated end that is the start", "PAY-2,2026-09-07,0:05,ann,10:00,,10:00", "ENTRY_ENDS_BEFORE_START", "end"],
    ["an impossible end date", "PAY-2,2026-09-07,1:00,ann,10:00,2026-09-31,11:00", "ENTRY_IMPOSSIBLE_DATE", "date"],
    ["no time of day", "PAY-2,2026-09-07,1:00,ann,24:30,,", "ENTRY_IMPOSSIBLE_TIME", "no time of day"],
    ["a 13th hour after noon", "PAY-2,2026-09-07,1:00,ann,13:00 PM,,", "ENTRY_IMPOSSIBLE_TIME", "no time of day"],
    ["text for a time", "PAY-2,2026-09-07,1:00,ann,zqtime,,", "ENTRY_IMPOSSIBLE_TIME", "no time of day"],
    ["a cell too many", "PAY-2,2026-09-07,1,5,ann,,,", "IMPORT_ROW_BROKEN", "more cells"],
    ["a cell too few", "PAY-2,2026-09-07,1:00,ann,,", "IMPORT_ROW_BROKEN", "fewer cells"],
  ])("%s", async (_case, row, code, says) => {
    const { rows, refusals } = await reading(`${HEADER}\n${GOOD}\n${row}\n${GOOD}\n`);
    expect(rows.map(({ line }) => line)).toEqual([2, 4]);
    expect(refusals).toMatchObject([{ line: 3, code, message: expect.stringContaining(says) }]);
    const [refusal] = refusals;
    expect(refusal?.next).toMatch(/^\S.*\.$/);
    expect(JSON.stringify(refusal)).not.toContain("zq");
  });
});

test("half an hour behind an unquoted comma is not taken for the person", async () => {
  const { rows, refusals } = await reading("item,date,hours,person,activity\nPAY-1,2026-09-07,1,5,ann,\n");
  expect({ rows, refusals }).toMatchObject({ rows: [], refusals: [{ line: 2, code: "IMPORT_ROW_BROKEN" }] });
});

describe("where the quoting breaks, the file ends, and no half row is read:", () => {
  const FILE_HEADER = "item,date,duration,person,description";
  test.each([
    ["a quote that is never closed", ['PAY-2,2026-09-07,1:00,ann,"zqtext', "PAY-3,2026-09-07,1:00,ann,"]],
    ["a quote closed by the next row's", ['PAY-2,2026-09-07,1:00,ann,"zqtext', 'PAY-3,2026-09-07,1:00,ben,"other"']],
    ["text behind a closed quote", ['PAY-2,2026-09-07,1:00,ann,"zq" text', "PAY-3,2026-09-07,1:00,ann,"]],
    ["a quote in the middle", ['PAY-2,2026-09-07,1:00,ann,zq "text"', "PAY-3,2026-09-07,1:00,ann,"]],
    ["a row longer than any", [`PAY-2,2026-09-07,1:00,ann,"${"zq ".repeat(400_000)}"`, "PAY-3,2026-09-07,1:00,ann,"]],
  ])("%s", async (_case, broken) => {
    for (const chunkBytes of [11, 1 << 16, 1 << 21]) {
      const lines = [FILE_HEADER, 'PAY-1,2026-09-07,1:00,ann,"two', 'lines"', "", ...broken];
      const { rows, refusals } = await reading(lines.join("\n"), { chunkBytes });
      expect(rows.map(({ line }) => line)).toEqual([2]);
      expect(refusals).toMatchObject([{ line: 5, code: "IMPORT_ROW_BROKEN" }]);
      expect(JSON.stringify(refusals)).not.toContain("zq");
    }
  });
});

test("a name that is no UTF-8 is refused: two people could look like one", async () => {
  const content = Buffer.from(
    "item,date,hours,person\nPAY-1,2026-09-07,1,M\u00fcller\nPAY-2,2026-09-07,1,Ann\n",
    "latin1",
  );
  const { rows, refusals } = await reading(content);
  expect(rows).toMatchObject([{ line: 3, person: "ann" }]);
  expect(refusals).toMatchObject([
    { line: 2, code: "IMPORT_NO_PERSON", message: "Who logged is not written in UTF-8." },
  ]);
});

test("a line of totals is left out where it has no date; a row without a date that is none is refused", async () => {
  const { rows, refusals, skippedRows } = await reading(
    "item,date,hours\nPAY-1,2026-09-07,1\nTotal,,1\n,,\nGrand total:,,1\nTotalise,,1\nTotal,2026-09-07,1\n",
  );
  expect(skippedRows).toBe(3);
  expect(rows.map(({ line, itemKeys }) => [line, ...itemKeys])).toEqual([
    [2, "PAY-1"],
    [7, "Total"],
  ]);
  expect(refusals).toMatchObject([{ line: 6, code: "ENTRY_IMPOSSIBLE_DATE" }]);
});

describe("start and end", () => {
  const MONDAY = parseEntryDate("2026-09-07");
  const timesOf = async (duration: string, start: string, endDate: string, end: string) => {
    const { rows, refusals } = await reading(
      `item,date,duration,start,end date,end\nPAY-1,2026-09-07,${duration},${start},${endDate},${end}\n`,
    );
    expect(refusals).toEqual([]);
    return rows.map(({ startMinute, endMinute, endDate: day, minutes }) => [startMinute, endMinute, day, minutes])[0];
  };

  test.each([
    // 09:05 is minute 545, 21:05 minute 1265, 12:10 AM minute 10, 12:10 PM minute 730.
    ["1:00", "9:05 AM", "10:05 AM", [545, 605, undefined, 60]],
    ["1:00", "9:05 p.m.", "10:05 p.m.", [1265, 1325, undefined, 60]],
    ["0:20", "12:10 AM", "12:30 AM", [10, 30, undefined, 20]],
    ["0:20", "12:10\u202fPM", "12:30\u202fPM", [730, 750, undefined, 20]],
    ["0:20", "09.10", "09.30", [550, 570, undefined, 20]],
    ["1:00", "23:30", "0:30", [1410, 30, undefined, 60]],
    ["1:00", "9:05", "", [545, undefined, undefined, 60]],
    ["1:00", "", "9:05", [undefined, undefined, undefined, 60]],
  ])("%s from %s to %s", async (duration, start, end, times) => {
    expect(await timesOf(duration, start, "", end)).toEqual(times);
  });

  test("seconds that were cut on both sides do not make the times disagree with the minutes", async () => {
    // From 9:00:59 to 9:02:00 are 61 s = 1 min; cut they would be 9:00 and 9:02.
    expect(await timesOf("0:01:01", "9:00:59", "2026-09-07", "9:02:00")).toEqual([540, 541, MONDAY, 1]);
    // From 9:00:00 to 9:01:50 are 110 s = 2 min; cut they would be 9:00 and 9:01.
    expect(await timesOf("0:01:50", "9:00:00", "2026-09-07", "9:01:50")).toEqual([540, 542, MONDAY, 2]);
    // The same over midnight: 23:59:20 to 0:00:10 are 50 s = 1 min.
    expect(await timesOf("0:00:50", "23:59:20", "2026-09-08", "0:00:10")).toEqual([1439, 0, MONDAY + 1, 1]);
  });

  test("times that the minutes contradict stay as they were read, for the ledger to refuse", async () => {
    expect(await timesOf("1:00", "9:00", "2026-09-07", "12:00")).toEqual([540, 720, MONDAY, 60]);
    expect(await timesOf("1:00", "9:00", "2026-09-07", "10:01")).toEqual([540, 601, MONDAY, 60]);
  });

  test("an end before the start that an hour run through twice explains is left to whoever knows the zone", async () => {
    // 02:50 to 02:10 on the clock's second pass: 20 minutes.
    expect(await timesOf("0:20", "2:50", "2026-09-07", "2:10")).toEqual([170, 130, MONDAY, 20]);
  });
});
