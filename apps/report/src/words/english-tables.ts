/** Heads and captions of the tables. */
import { counted, percent } from "@stageledger/core/contract/figure-text";

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
    caption: (span: string) =>
      `WIP and age are as of now; all else is of ${span}. A stage’s time is the sum of all visits of an item that finished (F11).`,
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
  },
};
