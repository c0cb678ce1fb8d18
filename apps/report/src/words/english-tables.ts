/** Heads and captions of the tables. */
import { counted, decimal, percent, shortDay } from "@stageledger/core/contract/figure-text";

export const englishTables = {
  measures: {
    caption: (rule: string, mapVersion: number, second: { readonly stage: string; readonly share: number } | null) =>
      `Sampled every working hour of the window; rule ${rule}, stages v${mapVersion}.${
        second === null ? "" : ` Second: ${second.stage} with ${percent(second.share)} of open time.`
      }`,
    withQueues: (stage: string, queues: readonly string[]) => `${stage} (with ${queues.join(", ")})`,
    head: {
      stage: "Stage",
      share: "Share of open time",
      mean: "Mean items",
      variance: "Variance",
      full: "Hours with work",
      queue: "Hours with a queue",
      limitHint: "WIP that covers 85 % of hours",
    },
  },
  stages: {
    title: "Stages",
    /** @param at a day; null: now */
    caption: (span: string, at: string | null) =>
      `WIP and age are as of ${at === null ? "now" : `${shortDay(at)} ${at.slice(0, 4)}`}; all else is of ${span}. A stage’s time is the sum of all visits of an item that finished (F11).`,
    still: (stages: number) => `${counted(stages, "stage")} without items left out.`,
    more: "More about the stages",
    moreCaption: "Medians. “Erased” counts the time after a move back as time of the earlier stage (E1).",
    head: {
      stage: "Stage",
      wip: "WIP",
      ofLimit: "of limit",
      age85: "age 85 %",
      rates: "in / out a week",
      median: "median",
      p85: "85 %",
      visits: "visits",
      n: "n",
      hours: "hours",
      touch: "touch",
      firstVisit: "first visit",
      lastVisit: "last visit",
      averageVisit: "average visit",
      erased: "erased view",
      blocked: "blocked",
      withdrawn: "withdrawn",
      limitHint: "WIP that covers 85 % of hours",
    },
    fault: "fault",
  },

  times: {
    title: "How long it takes",
    caption: (span: string) => `Items finished ${span}, calendar days unless said.`,
    head: { between: "From – to", percents: ["50 %", "85 %", "95 %"], mean: "mean", n: "n" },
    cycle: "Start – finish (cycle time, F5)",
    lead: "Creation – finish (lead time, F7)",
    business: (hoursPerDay: number) => `Start – finish in business time, ${decimal(hoursPerDay)} h a day (F6)`,
    controlChart: "Jira’s control chart leaves out the time in which a re-opened item lay in done; its median here is",
    range: (range: { readonly items: number; readonly policy: string; readonly low: number; readonly high: number }) =>
      `${counted(range.items, "re-opened item")}: counted the other ways (${range.policy}), 85 % finish within ${decimal(range.low)} to ${decimal(range.high)} d.`,
    forecast: "Forecast",
    serviceLevel: "Service level",
    littlesLaw: "Little’s law",
    flowDebt: "Flow debt",
    efficiency: "Flow efficiency",
    blocked: "Blocked",
    stalled: "Stalled",
    inProgress: (items: number) => `The ${counted(items, "item")} in progress are finished within`,
    inHalf: "in half of the trials",
    in85: "in 85 %",
    in95: "in 95 %",
    by: (day: string) => `by ${day}`,
    until: (day: string) => `By ${day} at least`,
    itemsInHalf: "items are finished in half of the trials",
    level: (share: number) => `${share} % of items finish within`,
    missed: (share: string, n: number) => `; in the verdict’s weeks ${share} took longer (n ${n})`,
    unmet: (unmet: readonly string[]) => `Conditions not met: ${unmet.join("; ")}.`,
    law: "Mean WIP over mean throughput gives",
    readOff: "Read off the diagram",
    measured: "measured",
    debt: (difference: number) =>
      difference > 0
        ? "younger items pass older ones, debt builds up"
        : difference < 0
          ? "older items are being finished, debt is paid off"
          : "no debt",
    inAll: "in all",
  },
};
