import type { Canaries } from "../../support/canaries.ts";
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

/**
 * The sample of a layout with one row that can be an entry, on line 2, and three that cannot, and a canary in each cell
 * that can name or quote somebody.
 */
export function withCanaries(layout: keyof typeof SAMPLES, canaries: Canaries): string {
  const [header = "", firstRow = ""] = SAMPLES[layout].split("\n");
  const columns = cellsOf(header);
  const hasKeyColumn = layout === "tempo" || layout === "plain";
  const cells = cellsOf(firstRow).map((cell, place) => {
    const column = (columns[place] ?? "").toLowerCase();
    if (NEEDED.has(column) || column === GOES_ON[layout]) return cell;
    return hasKeyColumn ? canaries.plant(column) : `${canaries.plant(column)} PAY-88`;
  });
  const inQuotes = [columns, cells, [...cells, "one too many"], cells.slice(0, -1)].map((row) =>
    row.map((cell) => `"${cell}"`).join(","),
  );
  // The last row's quote is never closed.
  return [...inQuotes, `"${cells.join(" ")}`].join("\n");
}

/** Of a line of the samples in which no comma stands inside quotes. */
function cellsOf(line: string): string[] {
  return line.split(",").map((cell) => cell.replaceAll('"', ""));
}
