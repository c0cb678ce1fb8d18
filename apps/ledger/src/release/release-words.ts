/** What a release did, in words. It says no more than the atoms themselves. Pure. */
import { weekText } from "@stageledger/core";
import { counted } from "@stageledger/core/contract/figure-text";
import type { ReleaseOutcome, Retained } from "@stageledger/db";
import { wrap } from "../analyse/output/wrap.ts";

const WIDTH = 80;

export function releaseWords({ weeksToClose, periods, quarters, atoms }: ReleaseOutcome): string {
  const [first, last] = [weeksToClose[0], weeksToClose.at(-1)];
  if (first === undefined || last === undefined) return "Nothing is due: no week has settled since the last release.\n";
  const closed = first === last ? weekText(first) : `${weekText(first)} to ${weekText(last)}`;
  const of = (cut: string): number => atoms.filter(({ identity }) => identity.cut === cut).length;
  const lines = [
    `Closed: ${closed}. From now on a change to these weeks is a late correction.`,
    `Published: ${counted(of("A"), "weekly project total")}.`,
    ...periods.map((period) => {
      const has = (cut: string): number =>
        atoms.filter(({ identity }) => identity.cut === cut && "period" in identity && identity.period === period)
          .length;
      return `${period}: ${counted(has("B"), "number")} by stage, ${has("C")} by activity, ${has("E") === 0 ? "none" : "one"} for other projects.`;
    }),
    ...quarters.map((quarter) => `${quarter}: late corrections of ${counted(of("L"), "project")}.`),
    "What is not there had not enough people. Numbers that are published stay as they are.",
  ];
  return `${lines.flatMap((line) => wrap(line, WIDTH, "")).join("\n")}\n`;
}

/** Nothing when nothing was old enough. */
export function retentionWords({ entriesFrom, deletedEntries, deletedCells, deletedAtoms }: Retained): string {
  if (deletedEntries + deletedCells + deletedAtoms === 0) return "";
  const line = `Retention: of weeks before ${weekText(entriesFrom)} only weekly sums are kept; ${counted(deletedEntries, "entry", "entries")} deleted.`;
  return `${wrap(line, WIDTH, "").join("\n")}\n`;
}
