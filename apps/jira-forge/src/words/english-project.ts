/** The project page's texts. Units and numbers are written as the terminal writes them. */
import {
  count,
  counted,
  decimal,
  percent,
  publishedHours,
  shortDay,
  spanText,
} from "@stageledger/core/contract/figure-text";

export const englishProject = {
  reading: "Reading how work flows through this project",
  noProject: "Open this on a project.",

  span: ({ firstDay, lastDay }: { readonly firstDay: string; readonly lastDay: string }) => spanText(firstDay, lastDay),
  eyebrow: (about: {
    readonly project: string;
    readonly span: string;
    readonly weeks: number;
    readonly zone: string;
    readonly mapVersion: number;
    readonly boardNote: string;
  }) =>
    [
      about.project,
      `${about.span} (${counted(about.weeks, "week")})`,
      `calendar time, ${about.zone}`,
      `map v${about.mapVersion}`,
      about.boardNote,
    ].join(" · "),

  named: (same: number, of: number) => `Named in ${count(same)} of ${count(of)} resampled windows`,
  candidate: (same: number, of: number) =>
    `A candidate, not settled: named in ${count(same)} of ${count(of)} resampled windows`,
  finished: (items: number) => `${counted(items, "item")} finished in the window`,
  thin: "thin data",
  shares: (shares: readonly { readonly stage: string; readonly share: number }[]) =>
    `Largest shares of open time: ${shares.map(({ stage, share }) => `${stage} ${percent(share)}`).join(", ")}.`,
  cycleTime: (days: number, n: number, note: string | undefined) =>
    `In these weeks 85 % of items finished within ${decimal(days)} d (n ${count(n)}${note === undefined ? "" : `, ${note}`})`,
  cycleTimeRange: (low: number, high: number, items: number) =>
    `; ${decimal(low)} to ${decimal(high)} d with ${counted(items, "re-opened item")} counted the other way`,
  noItems: "no items finished",
  noCycleTime: (why: string) => `Cycle time: ${why}.`,
  tryFirst: "Try first:",
  parked: (items: number) => `${counted(items, "item")} left out of the verdict as parked.`,
  dataQuality: (doubts: readonly string[]) =>
    doubts.length === 0 ? "Data quality: nothing to report." : `Data quality: ${doubts.join(", ")}.`,

  limits: {
    short: "Moves between stages show where time and queues gather. They do not say that people should be added there.",
    show: "What the log cannot know",
    hide: "Close “What the log cannot know”",
    list: [
      "Whether a slow stage is short of people, or its work just takes that long.",
      "Whether the same people carry several stages.",
      "Whether work has begun on an item that sits in a column.",
      "Whether items leave late because releases are rare or because tickets are closed late.",
      "Where the next limit is when more comes in than any stage can take.",
      "How much is wanted before it reaches the commitment.",
      "Why an item is blocked.",
    ],
  },

  stages: {
    title: "Stages",
    label: "Figures of each stage",
    about: (span: string) =>
      `WIP and age85 are as of now: 85 % of the items in a stage are no older than that. All else is of ${span}: what came in and went out, and of the n items that finished then and had been there the times and visits. A stage’s time is the sum of an item’s visits.`,
    none: "Nothing was between the commitment and done in these weeks.",
    nextIfNone:
      "Once items move through the stages, each gets a line here. Whether the stages fit the board is for an admin of the site to say.",
    head: {
      stage: "Stage",
      wip: "WIP",
      age85: "age85",
      rates: "in / out a week",
      median: "median",
      p85: "85 %",
      n: "n",
      visits: "visits",
      hours: "hours",
      touch: "touch",
    },
    constraint: "constraint",
    candidate: "candidate",
    withheld: "not enough people to show",
    fault: "fault",
    noTouch: "—",
  },

  hours: {
    none: (nextOn: string) =>
      `Hours are published for whole periods, where enough people logged. The first by stage come on ${dayWithYear(nextOn)}.`,
    of: (span: string, nextOn: string) =>
      `Hours: ${span}, of all who logged together, rounded to half hours. Touch: hours logged in a stage over the time that items spent there. Next by stage on ${dayWithYear(nextOn)}.`,
    delayed: "A release is under way and delayed.",
    faulty: "Touch says fault where more hours were logged than items spent there: the data cannot be right.",
    text: (minutes: number) => publishedHours(minutes),
  },

  charts: {
    title: "In pictures",
    without: (names: readonly string[], why: string) => `Without a bar: ${names.join(", ")} (${why}).`,
    wip: {
      title: "Items in each stage now",
      most: (stages: readonly string[], items: number) =>
        `Most are in ${listed(stages)}: ${counted(items, "item")}${each(stages)}.`,
      none: "No item is between the commitment and done now.",
    },
    time: {
      title: "Days that 85 % of items stay within, by stage",
      most: (stages: readonly { readonly name: string; readonly n: number }[], days: number) =>
        `Longest: ${listed(stages.map(({ name, n }) => `${name} (n ${count(n)})`))}, where 85 % of the items spent up to ${decimal(days)} d.`,
      none: "Too few items finished to say how long they stay in a stage.",
      why: "too few items",
    },
    hours: {
      title: "Hours logged in each stage",
      most: (stages: readonly string[], minutes: number, span: string) =>
        `${span}: most hours were logged in ${listed(stages)}, ${publishedHours(minutes)}${each(stages)}.`,
      none: (span: string) => `${span}: not enough people logged in any stage to show its hours.`,
    },
    weeks: {
      title: "Items finished each week",
      of: (finished: number, weeks: number, least: number, most: number) =>
        `${counted(finished, "item")} finished in ${counted(weeks, "week")}, ${least === most ? `${count(least)} in each` : `${count(least)} to ${count(most)} a week`}.`,
      none: "No item finished in these weeks.",
      table: "Items that began and finished, by week",
      week: "Week from",
      began: "began",
      finished: "finished",
      weekOf: (monday: string) => shortDay(monday),
    },
  },

  asOf: (when: string, zone: string) => `As of ${when} (${zone}).`,
  look: "Look again",
  roadblocks:
    "Were there any roadblocks? Whoever meets one can note it on its issue, under “Something is in the way”. It carries no name.",
};

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function each(names: readonly string[]): string {
  return names.length < 2 ? "" : " each";
}

function dayWithYear(day: string): string {
  return `${shortDay(day)} ${day.slice(0, 4)}`;
}
