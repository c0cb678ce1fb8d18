import { expect, test } from "vitest";
import { LAYOUT_FORMS } from "../../../apps/ledger/src/import/time/layout-forms.ts";
import { Canaries } from "../../support/canaries.ts";
import { everythingIn } from "../../support/rejection.ts";
import { reading } from "./reading.ts";
import { SAMPLES } from "./samples.ts";

/** Columns that have a meaning without naming anybody; in every other a canary is planted. */
const NEEDED = new Set([
  ...["item", "issue key", "date", "work date", "start date", "end date", "start time", "end time", "start", "end"],
  ...[
    "duration",
    "hours",
    "duration (h)",
    "duration (decimal)",
    "minutes",
    "type",
    "activity",
    "activity name",
    "stage",
  ],
]);
/** What a tag or a kind of work is called goes on as it is written. */
const GOES_ON = { clockify: "tags", toggl: "tags", harvest: "task", plain: undefined, tempo: undefined };

test.each(LAYOUT_FORMS)("$name: what names or quotes people is in no row but as its person", async ({ name }) => {
  const canaries = new Canaries();
  const [header = "", firstRow = ""] = SAMPLES[name].split("\n");
  const columns = cellsOf(header);
  const hasKeyColumn = name === "tempo" || name === "plain";
  const cells = cellsOf(firstRow).map((cell, place) => {
    const column = (columns[place] ?? "").toLowerCase();
    if (NEEDED.has(column) || column === GOES_ON[name]) return cell;
    return hasKeyColumn ? canaries.plant(column) : `${canaries.plant(column)} PAY-88`;
  });
  const inQuotes = [columns, cells, [...cells, "one too many"], cells.slice(0, -1)].map((row) =>
    row.map((cell) => `"${cell}"`).join(","),
  );
  // The last row's quote is never closed.
  const content = [...inQuotes, `"${cells.join(" ")}`].join("\n");
  const { rows, refusals } = await reading(content, { dateOrder: "mdy" });

  expect(rows).toHaveLength(1);
  expect(refusals.map(({ line, code }) => [line, code])).toEqual([3, 4, 5].map((line) => [line, "IMPORT_ROW_BROKEN"]));
  expect(canaries.foundIn(rows[0]?.person ?? "").length).toBeGreaterThan(0);
  expect(canaries.places.length).toBeGreaterThan(name === "plain" ? 0 : 4);
  const withoutPerson = rows.map((row) => ({ ...row, person: undefined }));
  expect(canaries.foundIn(everythingIn({ withoutPerson, refusals }))).toEqual([]);
});

/** Of a line of the samples in which no comma stands inside quotes. */
function cellsOf(line: string): string[] {
  return line.split(",").map((cell) => cell.replaceAll('"', ""));
}
