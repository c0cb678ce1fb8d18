/** What an import would do, as a table of 80 columns in which nobody is named. Pure. */
import { dayText, durationText } from "@stageledger/core";
import { count, counted } from "@stageledger/core/contract/figure-text";
import Table from "cli-table3";
import { harmless } from "../../analyse/output/harmless.ts";
import { wrap } from "../../analyse/output/wrap.ts";
import type { RowRefusal, TimeRow } from "./time-row.ts";

export type DryRunLine =
  | { readonly outcome: "new" | "known already"; readonly row: TimeRow; readonly itemKey: string }
  | { readonly outcome: "left out"; readonly refusal: RowRefusal };

const WIDTH = 80;
const ROWS_SHOWN = 50;
const HEAD = ["line", "date", "time", "item", "who", "activity", "outcome"];
const WIDTHS = [8, 11, 13, 13, 11, 10, 14];
const INDENT = "  ";

/**
 * The first 50 lines, how many follow, and how many have each outcome. People are numbered in the order in which they
 * appear.
 */
export function dryRunTable(lines: Iterable<DryRunLine>): string {
  const table = emptyTable();
  const people = new Map<string, string>();
  const total = { "new": 0, "known already": 0, "left out": 0 };
  const refusals = new Map<string, { readonly refusal: RowRefusal; count: number }>();
  let seen = 0;
  for (const line of lines) {
    seen += 1;
    total[line.outcome] += 1;
    if (seen <= ROWS_SHOWN) table.push(cellsOf(line, people));
    if (line.outcome === "left out") tally(refusals, line.refusal);
  }
  if (seen === 0) return "The file has a header and no rows.\n";
  const rest = seen > ROWS_SHOWN ? ["", `and ${counted(seen - ROWS_SHOWN, "row")} more`] : [];
  const sums = `${count(total.new)} new, ${count(total["known already"])} known already, ${count(total["left out"])} left out.`;
  return `${[table.toString().replaceAll(/ +$/gm, ""), ...rest, "", sums, ...reasons(refusals)].join("\n")}\n`;
}

function cellsOf(line: DryRunLine, people: Map<string, string>) {
  if (line.outcome === "left out") {
    const { line: place, message } = line.refusal;
    return [place, { colSpan: HEAD.length - 1, content: `left out: ${message}`, wordWrap: true }];
  }
  const { row, itemKey, outcome } = line;
  const cells = [
    dayText(row.date),
    durationText(row.minutes),
    itemKey,
    numbered(row.person, people),
    row.activity ?? "",
  ];
  return [row.line, ...cells.map(inOneLine), outcome];
}

function numbered(person: string | undefined, people: Map<string, string>): string {
  if (person === undefined) return "";
  const known = people.get(person) ?? `person ${people.size + 1}`;
  people.set(person, known);
  return known;
}

function inOneLine(text: string): string {
  return harmless(text.replaceAll(/\s+/g, " "));
}

function tally(refusals: Map<string, { readonly refusal: RowRefusal; count: number }>, refusal: RowRefusal): void {
  const known = refusals.get(refusal.message);
  if (known === undefined) refusals.set(refusal.message, { refusal, count: 1 });
  else known.count += 1;
}

function reasons(refusals: ReadonlyMap<string, { readonly refusal: RowRefusal; readonly count: number }>): string[] {
  return [...refusals.values()].flatMap(({ refusal: { code, message, next }, count: rows }) =>
    wrap(`${count(rows)}: ${message} ${next === undefined ? "" : `${next} `}[${code}]`, WIDTH, INDENT),
  );
}

function emptyTable() {
  return new Table({
    head: HEAD,
    colWidths: WIDTHS,
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 1 },
    chars: {
      top: "",
      "top-mid": "",
      "top-left": "",
      "top-right": "",
      bottom: "",
      "bottom-mid": "",
      "bottom-left": "",
      "bottom-right": "",
      left: "",
      "left-mid": "",
      mid: "",
      "mid-mid": "",
      right: "",
      "right-mid": "",
      middle: "",
    },
    colAligns: ["left", "left", "left", "left", "left", "left", "left"],
  });
}
