import { parseEntryDate } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { codedRejection, everythingIn } from "../../support/rejection.ts";
import { reading } from "./reading.ts";
import { SAMPLES } from "./samples.ts";

const MONDAY = parseEntryDate("2026-09-07");
const TUESDAY = parseEntryDate("2026-09-08");
const NO_TIMES = { startMinute: undefined, endMinute: undefined, endDate: undefined };
// 9:00 is minute 540, 10:30 minute 630, 23:45 minute 1425, 0:30 minute 30, 13:00 minute 780, 15:30 minute 930.
const MORNING = { startMinute: 540, endMinute: 630, endDate: MONDAY };
const OVER_MIDNIGHT = { startMinute: 1425, endMinute: 30, endDate: TUESDAY };
const AFTERNOON = { startMinute: 780, endMinute: 930, endDate: TUESDAY };
const ANN = { person: "ann@example.invalid", personIs: "mail" };
const BEN = { person: "ben@example.invalid", personIs: "mail" };
const BY_NAME = (person: string) => ({ person, personIs: "name" });
const UNSAID = { activity: undefined, stage: undefined };

describe("an export is read", () => {
  test("in the plain layout", async () => {
    const { layout, rows, refusals, skippedRows } = await reading(SAMPLES.plain);
    expect({ ...layout, refusals, skippedRows }).toMatchObject({
      name: "plain",
      hasPerson: true,
      refusals: [],
      skippedRows: 0,
    });
    const first = { line: 2, ...BY_NAME(ANN.person), itemKeys: ["PAY-88"], date: MONDAY, minutes: 90 };
    const second = { line: 3, ...BY_NAME(BEN.person), itemKeys: ["PAY-102"], date: MONDAY, minutes: 45 };
    const third = { line: 4, ...BY_NAME(ANN.person), itemKeys: ["PAY-117"], date: TUESDAY, minutes: 150 };
    expect(rows).toEqual([
      { ...first, startMinute: 540, endMinute: 630, endDate: undefined, activity: "review", stage: "Review" },
      { ...second, ...NO_TIMES, activity: "build", stage: undefined },
      { ...third, ...NO_TIMES, ...UNSAID },
    ]);
  });

  test("of Tempo: the hours worked, not those billed; the issue, not its parent or epic", async () => {
    const { layout, rows, refusals } = await reading(SAMPLES.tempo);
    expect({ name: layout.name, refusals }).toEqual({ name: "tempo", refusals: [] });
    const common = { ...NO_TIMES, ...UNSAID };
    expect(rows).toEqual([
      {
        ...common,
        line: 2,
        person: "aexample",
        personIs: "user id",
        itemKeys: ["PAY-88"],
        date: MONDAY,
        minutes: 90,
        activity: "Review",
      },
      { ...common, line: 3, person: "bexample", personIs: "user id", itemKeys: ["PAY-102"], date: MONDAY, minutes: 45 },
      {
        ...common,
        line: 4,
        person: "aexample",
        personIs: "user id",
        itemKeys: ["PAY-117"],
        date: TUESDAY,
        minutes: 150,
      },
    ]);
  });

  test("of Clockify, without its breaks and its line of totals", async () => {
    const { layout, rows, refusals, skippedRows } = await reading(SAMPLES.clockify, { dateOrder: "mdy" });
    expect({ name: layout.name, refusals, skippedRows }).toEqual({ name: "clockify", refusals: [], skippedRows: 2 });
    const first = { line: 2, ...ANN, itemKeys: ["PAY-88"], date: MONDAY, minutes: 90 };
    expect(rows).toEqual([
      { ...UNSAID, ...MORNING, ...first, activity: "review" },
      { ...UNSAID, ...OVER_MIDNIGHT, line: 3, ...BEN, itemKeys: ["PAY-102"], date: MONDAY, minutes: 45 },
      { ...UNSAID, ...AFTERNOON, line: 5, ...ANN, itemKeys: ["PAY-117", "PAY-88"], date: TUESDAY, minutes: 150 },
    ]);
  });

  test("of Clockify: its time with seconds before its rounded hours, which stand in when it is empty", async () => {
    const header = "Description,Start Date,Duration (h),Duration (decimal)";
    // 0:02:31 are 2.52 min; 0.04 h are 2.4 min.
    const { rows } = await reading(`${header}\nPAY-1,2026-09-07,0:02:31,0.04\nPAY-1,2026-09-07,,0.04\n`);
    expect(rows.map(({ minutes }) => minutes)).toEqual([3, 2]);
  });

  test("of Toggl Track", async () => {
    const { layout, rows, refusals } = await reading(SAMPLES.toggl);
    expect({ name: layout.name, refusals }).toEqual({ name: "toggl", refusals: [] });
    const first = { line: 2, ...ANN, itemKeys: ["PAY-88"], date: MONDAY, minutes: 90 };
    expect(rows).toEqual([
      { ...UNSAID, ...MORNING, ...first, activity: "review" },
      { ...UNSAID, ...OVER_MIDNIGHT, line: 3, ...BEN, itemKeys: ["PAY-102"], date: MONDAY, minutes: 45 },
      { ...UNSAID, ...AFTERNOON, line: 4, ...ANN, itemKeys: ["PAY-117"], date: TUESDAY, minutes: 150 },
    ]);
  });

  test("of Toggl Track with the headers of another of its reports", async () => {
    const header = '"Description",Duration,Member,Project,Start date,Start time,Stop date,Stop time';
    const row = "PAY-88,0:45:00,Ben,X,2026-09-07,23:45:00,2026-09-08,00:30:00";
    const { layout, rows } = await reading(`\ufeff${header}\n${row}\n`);
    expect(layout.name).toBe("toggl");
    expect(rows).toEqual([
      { ...UNSAID, ...OVER_MIDNIGHT, line: 2, ...BY_NAME("ben"), itemKeys: ["PAY-88"], date: MONDAY, minutes: 45 },
    ]);
  });

  test("of Harvest: the hours worked, not those rounded; the key from the reference or the notes", async () => {
    const { layout, rows, refusals } = await reading(SAMPLES.harvest);
    expect({ name: layout.name, refusals }).toEqual({ name: "harvest", refusals: [] });
    const common = { ...NO_TIMES, stage: undefined };
    const third = { line: 4, ...BY_NAME("ann example"), itemKeys: ["PAY-117"], date: TUESDAY, minutes: 150 };
    expect(rows).toEqual([
      {
        ...common,
        line: 2,
        ...BY_NAME("ann example"),
        itemKeys: ["PAY-88"],
        date: MONDAY,
        minutes: 90,
        activity: "Review",
      },
      {
        ...common,
        line: 3,
        person: "e-7",
        personIs: "user id",
        itemKeys: ["PAY-102"],
        date: MONDAY,
        minutes: 45,
        activity: "Build",
      },
      { ...common, ...third, activity: "Build" },
    ]);
  });
});

describe("the same rows come", () => {
  const HEADER = ["item", "date", "duration", "person", "activity"];
  const ROWS = [
    ["PAY-88", "2026-09-07", "1:30", "Ann, the first", "review"],
    ["PAY-102", "2026-09-07", "0:45", "Ben", "build"],
  ];
  const table = (delimiter: string, quote: (cell: string) => string, lineEnd = "\n") =>
    [HEADER, ...ROWS].map((cells) => cells.map(quote).join(delimiter)).join(lineEnd);
  const needed = (delimiter: string) => (cell: string) => (cell.includes(delimiter) ? `"${cell}"` : cell);
  const always = (cell: string) => `"${cell}"`;

  test.each([
    ["parted by commas", table(",", needed(","))],
    ["parted by semicolons", table(";", needed(";"))],
    ["parted by tabs", table("\t", needed("\t"))],
    ["with every cell in quotes", table(",", always)],
    ["with every cell in quotes and semicolons", table(";", always)],
    ["with line ends of Windows", table(",", needed(","), "\r\n")],
    ["after a byte order mark", `\ufeff${table(",", always)}`],
    ["with the header in capitals", table(";", needed(";")).replace(/^.*$/m, (header) => header.toUpperCase())],
    ["with spaces in the header", table(";", needed(";")).replace("item;date;", " Item ;  DATE;")],
    ["with an underscore in the header", table(";", needed(";")).replace("item;", "item_key;")],
    ["with a line end at the end", `${table(",", always)}\n`],
  ])("%s", async (_case, content) => {
    for (const chunkBytes of [1, 7, 1 << 16]) {
      const { rows, refusals } = await reading(content, { chunkBytes });
      expect(refusals).toEqual([]);
      expect(rows).toMatchObject([
        { line: 2, itemKeys: ["PAY-88"], minutes: 90, person: "ann, the first", activity: "review" },
        { line: 3, itemKeys: ["PAY-102"], minutes: 45, person: "ben", activity: "build" },
      ]);
    }
  });

  test("whatever a quoted header of another column holds", async () => {
    const { rows } = await reading('item;date;hours;"a,b,c,d,e,f"\nPAY-1;2026-09-07;1,5;x\n');
    expect(rows).toMatchObject([{ itemKeys: ["PAY-1"], minutes: 90 }]);
  });

  test("with the columns in another order, and others between them", async () => {
    const { rows } = await reading("Activity;note;PERSON;minutes;x;Date;Item\nbuild;n;Ann;90;;2026-09-07;PAY-88\n");
    expect(rows).toMatchObject([{ person: "ann", minutes: 90, date: MONDAY, itemKeys: ["PAY-88"], activity: "build" }]);
  });
});

describe("the person", () => {
  const personIn = async (header: string, row: string) => (await reading(`${header}\n${row}\n`)).rows[0]?.person;

  test("is the e-mail address, else the user id, else the name", async () => {
    const header = "item,date,hours,e-mail,user id,user";
    expect(await personIn(header, "PAY-88,2026-09-07,1,Ann@Example.invalid,U7,Ann")).toBe("ann@example.invalid");
    expect(await personIn(header, "PAY-88,2026-09-07,1,,U7,Ann")).toBe("u7");
    expect(await personIn(header, "PAY-88,2026-09-07,1,,, Ann Example ")).toBe("ann example");
  });

  test("is one however the letters are composed", async () => {
    const header = "item,date,hours,person";
    expect(await personIn(header, "PAY-88,2026-09-07,1,A\u030asa")).toBe("\u00e5sa");
    expect(await personIn(header, "PAY-88,2026-09-07,1,\u00c5SA")).toBe("\u00e5sa");
  });

  test("is nobody when the layout has no such column", async () => {
    const { layout, rows } = await reading("item,date,hours\nPAY-88,2026-09-07,1\n");
    expect(layout.hasPerson).toBe(false);
    expect(rows).toMatchObject([{ person: undefined, minutes: 60 }]);
  });
});

describe("keys of work items", () => {
  const keysIn = async (description: string, task = "") => {
    const cells = ["2026-09-07", "1:00", `"${task}"`, `"${description}"`].join(",");
    return (await reading(`Start date,Duration,Task,Description\n${cells}\n`)).rows[0]?.itemKeys;
  };

  test.each([
    ["PAY-88", ["PAY-88"]],
    ["[PAY-88] refund", ["PAY-88"]],
    ["PAY-88: refund, then PAY-102 and PAY-88", ["PAY-88", "PAY-102"]],
    ["feature/PAY-88-refund", ["PAY-88"]],
    ["https://acme.example.invalid/browse/PAY-88?x=1", ["PAY-88"]],
    ["#PAY-88", ["PAY-88"]],
    ["(A2B_C-7)", ["A2B_C-7"]],
    ["PAY-88PAY-102", undefined],
    ["pay-88", undefined],
    ["P-88", undefined],
    ["PAY-088", undefined],
    ["xPAY-88", undefined],
    ["ÄPAY-88", undefined],
    ["PAY 88", undefined],
    ["", undefined],
  ])("in %j: %j", async (description, keys) => {
    expect(await keysIn(description)).toEqual(keys);
  });

  test("are taken from the task before the description", async () => {
    expect(await keysIn("PAY-1", "PAY-2 of the plan")).toEqual(["PAY-2", "PAY-1"]);
  });

  test("a column made for them comes first and is taken as it is", async () => {
    const { rows } = await reading("Issue Key,Start date,Duration,Description\n1208,2026-09-07,1:00,PAY-1\n");
    expect(rows).toMatchObject([{ itemKeys: ["1208", "PAY-1"] }]);
  });
});

describe("lines are counted from where a row begins", () => {
  test.each(["\n", "\r\n"])("with line ends %j inside cells and empty lines between", async (end) => {
    const lines = [
      "item,date,hours,description", // 1
      'PAY-1,2026-09-07,1,"two', // 2 and 3
      'lines"',
      "", // 4
      "PAY-2,2026-09-07,1,", // 5
      'PAY-3,2026-09-07,1,"one', // 6 to 8
      "",
      'three"',
      "PAY-4,2026-09-07,1,", // 9
      "", // 10
      "", // 11
      "PAY-5,2026-09-31,1,", // 12
    ];
    for (const chunkBytes of [1, 5, 1 << 16]) {
      const { rows, refusals } = await reading(lines.join(end), { chunkBytes });
      expect(rows.map(({ line, itemKeys }) => [line, ...itemKeys])).toEqual([
        [2, "PAY-1"],
        [5, "PAY-2"],
        [6, "PAY-3"],
        [9, "PAY-4"],
      ]);
      expect(refusals).toMatchObject([{ line: 12, code: "ENTRY_IMPOSSIBLE_DATE" }]);
    }
  });
});

describe("a file is refused", () => {
  test.each([
    ["that is empty", ""],
    ["of other columns", "colour,size\nred,7\n"],
    ["without a header", "PAY-88,2026-09-07,Zqname,90\n"],
    ["of which most columns are missing", "zqcolumn,hours\n1,2\n"],
    ["in UTF-16", Buffer.from("item,date,hours\n", "utf16le")],
  ])("%s: the layouts are named, and nothing that stands in it", async (_case, content) => {
    const error = await codedRejection(reading(content));
    expect(error.code).toBe("IMPORT_UNKNOWN_LAYOUT");
    expect(error.next).toContain("Tempo: Issue Key, Work date, Hours;");
    expect(error.next).toContain("Plain: item, date, duration, minutes or hours;");
    // The stack names this file's own lines.
    const shown = everythingIn({ ...error, message: error.message, cause: error.cause, stack: "" });
    expect(shown.toLowerCase()).not.toMatch(/zq|colour|pay-88/);
  });

  test.each([
    ["Project,Description,User,Email,Start Time,End Time,Duration (h)", "Clockify, detailed", "Start Date"],
    [
      "Project,Description,Task,Start Date,Start Time,End Date,End Time,Tags,Type",
      "Clockify, detailed",
      "Duration (h) or Duration (decimal)",
    ],
    ["Issue Key,Hours,Full name", "Tempo", "Work date"],
    ["Issue summary,Work date,Hours", "Tempo", "Issue Key"],
    ["Item,Date,Person", "Plain", "duration, minutes or hours"],
    ["Date,Client,Project,Notes,Hours,First Name,Last Name", "Harvest, detailed", "Task"],
    ["User,Email,Description,Start date,Stop date,Stop time", "Toggl Track, detailed", "Duration"],
    ["Date,Project", "Harvest, detailed", "Task; Hours"],
  ])("with the header %s: nearest to %s, %s is missing", async (header, title, missing) => {
    const error = await codedRejection(reading(`${header}\n`));
    expect(error).toMatchObject({
      code: "IMPORT_MISSING_COLUMNS",
      message: `The header is nearest to the layout ${title}, but these columns are missing: ${missing}.`,
    });
    expect(error.next).toContain(`${title}: `);
  });
});

test("a header without rows is a file without rows", async () => {
  expect(await reading("item,date,hours\n")).toMatchObject({ rows: [], refusals: [], skippedRows: 0 });
});
