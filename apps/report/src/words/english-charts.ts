/** What the charts say. */
import { count, counted, decimal, shortDay } from "@stageledger/core/contract/figure-text";

export const englishCharts = {
  title: "In pictures",
  about: (span: string) => `${span}, calendar days. Weekends are shaded.`,
  nothing: "Nothing to draw.",
  table: "Table",
  tableOf: (title: string) => `Table of “${title}”`,
  yes: "yes",
  /** Of an item in a restricted project. */
  keyKept: "kept inside Jira",
  axis: { days: "days", items: "items", itemsAWeek: "items a week", hours: "hours" },
  lineOf: (percent: number, value: number) => `${percent} % ${decimal(value)} d`,
  edge: (items: number, value: number) => `▲ ${counted(items, "item")} above ${decimal(value)} d, drawn at the edge.`,

  cycleTime: {
    title: "Cycle time",
    rule: "F5: days from the start to the finish, both counted; F16: the nearest rank.",
    none: "No item was finished in these days.",
    longestFirst: "The longest first; days are calendar days.",
    sentence: (n: number, p50: string, p85: string) =>
      `Half of ${counted(n, "finished item")} took up to ${p50} d, 85 % up to ${p85} d.`,
    few: (n: number) => `${counted(n, "item")} finished: too few for percentiles.`,
    reopened: (items: number) => `○ re-opened once or more (${count(items)}).`,
    omitted: (drawn: number, omitted: number) =>
      `The newest ${count(drawn)} are drawn, ${count(omitted)} older ones are left off.`,
    dot: (keys: string, value: number, day: string) => `${keys} · ${decimal(value)} d · ${shortDay(day)}`,
    head: { item: "Item", finished: "Finished", days: "Days", reopened: "Re-opened" },
  },
};
