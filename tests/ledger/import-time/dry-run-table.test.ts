import { parseEntryDate } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { type DryRunLine, dryRunTable } from "../../../apps/ledger/src/import/time/dry-run-table.ts";
import type { TimeRow } from "../../../apps/ledger/src/import/time/time-row.ts";

const ROW: TimeRow = {
  line: 2,
  person: "ann@example.invalid",
  personIs: "mail",
  itemKeys: ["PAY-88"],
  date: parseEntryDate("2026-09-07"),
  minutes: 90,
  startMinute: undefined,
  endMinute: undefined,
  endDate: undefined,
  activity: "review",
  stage: undefined,
};

const aNew = (row: Partial<TimeRow> = {}): DryRunLine => ({
  outcome: "new",
  row: { ...ROW, ...row },
  itemKey: "PAY-88",
});

function refused(line: number): DryRunLine {
  const message = "The date can be read in two ways, and nothing in the file tells which is meant.";
  const next = "Export with dates like 2026-09-07, or say which order holds with --date-order dmy or mdy.";
  return { outcome: "left out", refusal: { line, code: "IMPORT_DATE_ORDER_UNKNOWN", message, next } };
}

describe("the table of a dry run", () => {
  test("says of every line what will happen, and names nobody", () => {
    const known = { ...ROW, line: 3, person: "ben@example.invalid", minutes: 45 };
    const lines: DryRunLine[] = [
      aNew(),
      { outcome: "known already", row: known, itemKey: "PAY-102" },
      refused(4),
      aNew({ line: 5, activity: undefined }),
      aNew({ line: 6, person: undefined }),
      refused(17),
    ];
    expect(dryRunTable(lines)).toBe(
      [
        "line    date       time         item         who        activity  outcome",
        "2       2026-09-07 1 h 30 min   PAY-88       person 1   review    new",
        "3       2026-09-07 45 min       PAY-102      person 2   review    known already",
        "4       left out: The date can be read in two ways, and nothing in the file",
        "        tells which is meant.",
        "5       2026-09-07 1 h 30 min   PAY-88       person 1             new",
        "6       2026-09-07 1 h 30 min   PAY-88                  review    new",
        "17      left out: The date can be read in two ways, and nothing in the file",
        "        tells which is meant.",
        "",
        "3 new, 1 known already, 2 left out.",
        "  2: The date can be read in two ways, and nothing in the file tells which is",
        "  meant. Export with dates like 2026-09-07, or say which order holds with",
        "  --date-order dmy or mdy. [IMPORT_DATE_ORDER_UNKNOWN]",
        "",
      ].join("\n"),
    );
  });

  test("shows 50 lines, counts the others, and sums all", () => {
    const lines = Array.from({ length: 1252 }, (_, nth) =>
      nth % 4 === 3 ? refused(nth + 2) : aNew({ line: nth + 2 }),
    );
    const shown = dryRunTable(lines).split("\n");
    expect(shown.filter((line) => /^\d+ +(2026|left)/.test(line))).toHaveLength(50);
    expect(shown).toContain("and 1,202 rows more");
    // A quarter of 1252 is 313.
    expect(shown).toContain("939 new, 0 known already, 313 left out.");
  });

  test("counts one row more as one row", () => {
    expect(dryRunTable(Array.from({ length: 51 }, () => aNew()))).toContain("\nand 1 row more\n");
    expect(dryRunTable(Array.from({ length: 50 }, () => aNew()))).not.toContain("more");
  });

  test("is never wider than 80 columns, and no text can break or command it", () => {
    const activity = `\u001b[31mdeep work,\ntooling\u202e ${"and more ".repeat(20)}`;
    const many = Array.from({ length: 12 }, (_, nth) =>
      aNew({ line: 1_000_000 + nth, person: `p${nth}`, activity, minutes: 1439 }),
    );
    const longKey: DryRunLine = { outcome: "new", row: ROW, itemKey: "A_VERY_LONG_PROJECT-123456" };
    const table = dryRunTable([...many, refused(1_000_012), longKey]);
    for (const line of table.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    for (const command of ["\u001b", "\u202e"]) expect(table).not.toContain(command);
    expect(table).toContain("1000011 2026-09-07 23 h 59 min  PAY-88       person 12");
    expect(table.split("\n").filter((line) => line.includes("person 1 "))).toHaveLength(1);
  });

  test("says so when there are no rows", () => {
    expect(dryRunTable([])).toBe("The file has a header and no rows.\n");
  });
});
