/** Harmless, plausible summaries: never a real one. */
import { uniform } from "../pipelines/draw.ts";

const verbs = [
  "Show",
  "Fix",
  "Speed up",
  "Remove",
  "Rename",
  "Split",
  "Check",
  "Log",
  "Explain",
  "Retry",
  "Round",
  "Sort",
] as const;
const things = [
  "the invoice total",
  "refund dates",
  "the basket page",
  "card errors",
  "the price list",
  "delivery slots",
  "the backup job",
  "stock counts",
  "voucher codes",
  "the export",
  "search results",
  "tax rates",
] as const;
const places = [
  "on small screens",
  "for guests",
  "in the nightly run",
  "after a time-out",
  "in the archive",
  "for large orders",
  "before the summer sale",
  "in two currencies",
] as const;

export function fakeSummary(seed: number, number: number): string {
  return [verbs, things, places]
    .map((words, n) => words[Math.floor(uniform(seed, number, n) * words.length)] ?? words[0])
    .join(" ");
}
