import { dayText, type EpochDay } from "@stageledger/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reading } from "./reading.ts";

interface Entry {
  readonly key: string;
  readonly person: string;
  readonly date: EpochDay;
  readonly minutes: number;
  readonly startMinute: number;
  readonly label: string;
  readonly text: string;
}

/** Texts with everything that a cell can hold, without what looks like a key. */
const text = fc.string({
  unit: fc.constantFrom("a", "é", " ", ",", ";", "\t", '"', "\n", "\r\n", "'", "=", "7", "漢"),
});

const entry: fc.Arbitrary<Entry> = fc.record({
  key: fc
    .tuple(fc.constantFrom("PAY", "A2", "WEB_X"), fc.integer({ min: 1, max: 9999 }))
    .map(([project, number]) => `${project}-${number}`),
  person: fc.constantFrom("ann", "ben", "zoë", "åsa").map((name) => `${name}@example.invalid`),
  // 2020-01-01 is day 18262.
  date: fc.integer({ min: 18_262, max: 18_262 + 3000 }),
  minutes: fc.integer({ min: 1, max: 1440 }),
  startMinute: fc.integer({ min: 0, max: 1439 }),
  label: fc.constantFrom("build", "review", "deep work, tooling", 'say "yes"', ""),
  text,
});

interface Written {
  readonly header: readonly string[];
  readonly cells: (entry: Entry) => readonly string[];
  /** Whether the layout keeps start and end. */
  readonly hasTimes: boolean;
}

const two = (value: number) => String(value).padStart(2, "0");
const clock = (minute: number) => `${two(Math.floor((minute % 1440) / 60))}:${two(minute % 60)}:00`;
const lasting = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`;
/** Two decimals are 0.3 minutes off at most. */
const decimalHours = (minutes: number) => (minutes / 60).toFixed(2);
const monthFirst = (date: EpochDay) => dayText(date).replace(/^(\d+)-(\d+)-(\d+)$/, "$2/$3/$1");
const endDateOf = ({ date, startMinute, minutes }: Entry) => date + Math.floor((startMinute + minutes) / 1440);

const WRITTEN: Readonly<Record<string, Written>> = {
  plain: {
    header: ["note", "activity", "minutes", "person", "date", "item", "start", "end date", "end"],
    cells: (one) => [
      ...[one.text, one.label, String(one.minutes), one.person.toUpperCase(), dayText(one.date), one.key],
      ...[clock(one.startMinute), dayText(endDateOf(one)), clock(one.startMinute + one.minutes)],
    ],
    hasTimes: true,
  },
  tempo: {
    header: [
      ...["Issue Key", "Issue summary", "Hours", "Work date", "Username", "Full name", "Activity Name"],
      "Work Description",
    ],
    cells: (one) => [
      ...[one.key, one.text, decimalHours(one.minutes).replace(".", ","), `${dayText(one.date)} 00:00`, one.person],
      ...["Somebody", one.label, one.text],
    ],
    hasTimes: false,
  },
  clockify: {
    header: [
      ...["Description", "User", "Email", "Tags", "Start Date", "Start Time", "End Date", "End Time"],
      ...["Duration (h)", "Duration (decimal)"],
    ],
    cells: (one) => [
      ...[`${one.text} ${one.key} ${one.text}`, "Somebody", one.person, one.label],
      ...[monthFirst(one.date), clock(one.startMinute), monthFirst(endDateOf(one))],
      ...[clock(one.startMinute + one.minutes), lasting(one.minutes), decimalHours(one.minutes)],
    ],
    hasTimes: true,
  },
  toggl: {
    header: [
      ...["User", "Email", "Task", "Description", "Start date", "Start time", "End date", "End time", "Duration"],
      "Tags",
    ],
    cells: (one) => [
      ...["Somebody", one.person, one.text, `${one.key} ${one.text}`, dayText(one.date), clock(one.startMinute)],
      ...[dayText(endDateOf(one)), clock(one.startMinute + one.minutes), lasting(one.minutes), one.label],
    ],
    hasTimes: true,
  },
  harvest: {
    header: ["Date", "Project", "Task", "Notes", "Hours", "Email", "First Name", "Last Name"],
    cells: (one) => [
      ...[dayText(one.date), one.text, one.label, `${one.text}\n${one.key}`, decimalHours(one.minutes), one.person],
      ...["Some", "Body"],
    ],
    hasTimes: false,
  },
};

interface Form {
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly quoted: boolean;
  readonly bom: boolean;
}

function csvText(rows: readonly (readonly string[])[], { delimiter, lineEnd, quoted, bom }: Form): string {
  const needsQuotes = (cell: string) => quoted || cell.includes(delimiter) || /["\r\n]/.test(cell);
  const written = (cell: string) => (needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = rows.map((cells) => `${cells.map(written).join(delimiter)}${lineEnd}`);
  return `${bom ? "\ufeff" : ""}${lines.join("")}`;
}

describe("a table survives being written and read", () => {
  test.each(Object.entries(WRITTEN))("in the layout %s", (name, { header, cells, hasTimes }) => {
    return fc.assert(
      fc.asyncProperty(
        fc.array(entry, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(",", ";", "\t"),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(3, 64, 1 << 16),
        async (entries, delimiter, lineEnd, quoted, bom, chunkBytes) => {
          const written = [header, ...entries.map(cells)];
          const content = csvText(written, { delimiter, lineEnd, quoted, bom });
          const { layout, rows, refusals } = await reading(content, { dateOrder: "mdy", chunkBytes });
          expect({ name: layout.name, refusals }).toEqual({ name, refusals: [] });
          expect(rows.map(({ line: _line, personIs: _personIs, ...row }) => row)).toEqual(
            entries.map((one) => ({
              person: one.person,
              itemKeys: [one.key],
              date: one.date,
              minutes: one.minutes,
              startMinute: hasTimes ? one.startMinute : undefined,
              endMinute: hasTimes ? (one.startMinute + one.minutes) % 1440 : undefined,
              endDate: hasTimes ? endDateOf(one) : undefined,
              activity: one.label === "" ? undefined : one.label,
              stage: undefined,
            })),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});
