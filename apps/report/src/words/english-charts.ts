/** What the charts say. */
import { count, counted, days, decimal, shortDay, tenths } from "@stageledger/core/contract/figure-text";

const DAY = 86_400_000;

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

  cumulativeFlow: {
    title: "Cumulative flow",
    rule: "F13: items that reached each stage; the lines never fall.",
    none: "There are no days to draw.",
    sentence: (widest: readonly { readonly stage: string; readonly items: number }[], day: string) =>
      widest.length === 0
        ? `On ${shortDay(day)} no band was open.`
        : `On ${shortDay(day)} the widest bands are ${widest.map(({ stage, items }) => `${stage} (${count(items)})`).join(", ")}.`,
    /** @param at a day; null: now */
    both: (wip: number, between: number, commitment: string, done: string, at: string | null) =>
      `WIP ${at === null ? "now" : `on ${shortDay(at)}`}: ${count(wip)} (F8); bands from ${commitment} to before ${done}: ${count(between)}.`,
    correction: "▨ moved back: these items lie further left than they are counted.",
    regressions: (arrivals: number | null, departures: number | null) =>
      `Dashed: regressions (F14)${arrivals === null ? "" : `, arrivals ${tenths(arrivals * 7)} a week`}${
        departures === null ? "" : `, departures ${tenths(departures * 7)} a week`
      }.`,
    leftOff: (stages: readonly string[]) => `${stages.join(", ")}: left off, too many to draw beside the rest.`,
    base: (items: number) => `The axis starts at the ${counted(items, "item")} done before.`,
    weekly:
      "Items that reached each stage by the end of the day, a row a week; behind: items in a correction window. The CSV file has every day.",
    head: { day: "Day", behind: "behind", wip: "WIP" },
  },

  ageing: {
    title: "Age of work in progress",
    rule: "F9: days since the start, both counted; F19: pace of finished items that never moved back.",
    none: "Nothing is in progress.",
    sentence: (
      items: number,
      oldest: { readonly key: string | null; readonly stage: string; readonly ageDays: number },
      late: number,
    ) =>
      `Of ${counted(items, "item")} in progress the oldest, ${oldest.key === null ? "" : `${oldest.key} `}in ${oldest.stage}, has ${decimal(oldest.ageDays)} d; ${count(late)} ${late === 1 ? "is" : "are"} older than 85 % were on leaving that stage.`,
    shaded: "Shaded: the age at which finished items had left the stage, to 50, 85 and 95 %.",
    marks: (blocked: number, stalled: number) =>
      `${[blocked > 0 && `■ blocked (${count(blocked)})`, stalled > 0 && `◇ stalled (${count(stalled)})`]
        .filter((part) => part !== false)
        .join(", ")}.`,
    elsewhere: (items: number, stages: number) =>
      `${counted(items, "item")} in ${counted(stages, "more stage")}: in the table.`,
    omitted: (drawn: number, omitted: number) =>
      `The oldest ${count(drawn)} are drawn, ${count(omitted)} are left off.`,
    caption: "The oldest first; days left at 85 % (F20).",
    unknown: "not known",
    state: { blocked: "blocked", stalled: "stalled" },
    head: { item: "Item", stage: "Stage", age: "Age, days", left: "Days left", state: "State" },
  },

  timeInStage: {
    title: "Time in stage",
    rule: "F11: all visits of a finished item together; F16: the nearest rank.",
    none: "No stage was left by a finished item.",
    fewAnywhere: "Too few items finished for percentiles in any stage.",
    sentence: (stage: string, p50: number, p85: number) =>
      `The longest is ${stage}: half of the items spent up to ${daysText(p50)} there, 85 % up to ${daysText(p85)}.`,
    few: (n: number) => `n ${count(n)}: too few for percentiles`,
    marks: "● median, ▬ middle half, | 85 and 95 %.",
    thin: (items: number) => `○ thin data: the same five values of fewer than ${count(items)} items.`,
    elsewhere: (stages: number) => `${counted(stages, "more stage")}, shorter or with fewer items: in the table.`,
    caption: "Days in the stage, all visits together.",
    tooFew: "too few",
    head: { stage: "Stage", quantiles: ["25 %", "50 %", "75 %", "85 %", "95 %"], n: "n" },
  },

  netFlow: {
    title: "Net flow",
    rule: "F26: arrivals at the commitment less departures, by week.",
    none: "No whole week lies in the window.",
    sentence: (weeks: number, arrivals: number, departures: number, withdrawn: number, net: number) =>
      `In ${counted(weeks, "week")} ${counted(arrivals, "item")} came in and ${count(departures)} left${
        withdrawn === 0 ? "" : ` (${count(withdrawn)} withdrawn)`
      }: ${net === 0 ? "as many are open as before" : `${count(Math.abs(net))} ${net > 0 ? "more" : "fewer"} are open than before`}.`,
    bar: (week: string, arrivals: number, departures: number) =>
      `Week of ${shortDay(week)}: ${count(arrivals)} in, ${count(departures)} out`,
    more: "more open",
    fewer: "fewer open",
    caption: "By week, from its Monday.",
    head: { week: "Week of", arrivals: "Arrivals", departures: "Departures", withdrawn: "Withdrawn", net: "Net flow" },
  },

  throughput: {
    title: "Throughput and forecast",
    rule: "F10: items finished a week; F21: daily throughput drawn anew, 85 % of trials do as well or better.",
    none: "No whole week lies in the window.",
    mean: (mean: number, weeks: number) => `${tenths(mean)} items a week were finished over ${counted(weeks, "week")}.`,
    forecast: (items: number, day: string) => `85 %: ${counted(items, "item")} by ${shortDay(day)}.`,
    noForecast: (why: string | null) => `No forecast${why === null ? "" : `: ${why.replace(/\.$/u, "")}`}.`,
    doneBy: (items: number, p50: string, p85: string, p95: string) =>
      `The ${counted(items, "item")} in progress are done by ${shortDay(p50)} in half of the trials, ${shortDay(p85)} in 85 %, ${shortDay(p95)} in 95 %.`,
    trials: (trials: number, seed: number, days: number) =>
      `${count(trials)} trials, seed ${seed}, from the last ${counted(days, "day")}.`,
    stronger: "Stronger: the weeks of the verdict.",
    bar: (week: string, items: number) => `Week of ${shortDay(week)}: ${counted(items, "item")}`,
    meanLabel: (mean: string) => `mean ${mean}`,
    caption: "By whole week, from its Monday.",
    head: { week: "Week of", finished: "Finished" },
  },

  blockedTime: {
    title: "Blocked time",
    rule: "F24: flags, blocking links, blocked statuses and roadblocks together, in the stage that held the item when it began.",
    none: (span: string) => `No item that finished ${span} had been blocked.`,
    sentence: (span: string, stage: string, most: string) =>
      `Items that finished ${span} stood blocked longest in ${stage}: ${most} in all.`,
    elsewhere: (stages: number) => `${counted(stages, "more stage")}: in the table.`,
    caption: "Of items that finished in the window; n items had been in the stage.",
    head: { stage: "Stage", time: "Blocked", n: "n" },
  },

  roadblocks: {
    title: "Roadblocks",
    rule: "F24: raised on items, by the stage that held the item then. A roadblock has no author.",
    none: (span: string) => `No roadblock was raised ${span}.`,
    question: "Were there any roadblocks? Whoever meets one can note it on its item, without a name.",
    sentence: (raised: number, open: number, stage: string, kind: string) =>
      `${counted(raised, "roadblock")} raised, ${count(open)} still open; most often in ${stage}: ${kind.toLowerCase()}.`,
    marks: "A circle’s area is how many were raised or are open; a ring says that some still are.",
    caption: "Raised in these days, or still open.",
    head: { stage: "Stage", kind: "Kind", raised: "Raised", open: "Open" },
    kinds: {
      "waiting-for-people": "Waiting for people",
      "waiting-for-decision": "Waiting for a decision",
      unclear: "Unclear what to do",
      dependency: "Another piece is missing",
      environment: "Tools or environment",
      other: "Something else",
    },
  },

  workInProgress: {
    title: "Work in progress",
    rule: "F8: items started and neither finished nor withdrawn by the end of the day.",
    none: "There are no days to draw.",
    /** @param at a day; null: now */
    sentence: (items: number, most: number, day: string, at: string | null) =>
      `${counted(items, "item")} ${at === null ? `${items === 1 ? "is" : "are"} in progress` : `${items === 1 ? "was" : "were"} in progress on ${shortDay(at)}`}; at most there were ${count(most)}, on ${shortDay(day)}.`,
    now: (items: number, at: string | null) => `${count(items)}${at === null ? " now" : ""}`,
    caption: "At the end of the day, a row a week. The CSV file has every day.",
    head: { day: "Day", wip: "WIP" },
  },

  hoursByWeek: {
    title: "Hours by week",
    rule: "Released totals of whole weeks; a week is released when it has closed.",
    none: (nextOn: string) => `No hours are published yet. The first come on ${dayWithYear(nextOn)}.`,
    withheld: (weeks: number) => `In ${counted(weeks, "week")} there were not enough people to show.`,
    sentence: (hours: string, week: string) => `${hours} were logged in the week of ${shortDay(week)}.`,
    next: (nextOn: string) => `The next week comes on ${dayWithYear(nextOn)}.`,
    late: (hours: string) => `${hours} were logged late, after their week had closed, in the last quarter.`,
    bar: (week: string, hours: string) => `Week of ${shortDay(week)}: ${hours}`,
    head: { week: "Week of", hours: "Hours" },
  },

  hours: {
    none: (nextOn: string) => `No hours are published yet. The first come on ${dayWithYear(nextOn)}.`,
    withheld: (span: string) => `${span}: not enough people to show.`,
    next: (nextOn: string) => `The next come on ${dayWithYear(nextOn)}.`,
    weeksNext: (nextOn: string) => `Totals of weeks come earlier, on ${dayWithYear(nextOn)}.`,
    gaps: "A gap is a period in which there were not enough people to show.",
    caption: "Of all who logged together, rounded to half hours when they were published.",
  },
  hoursByStage: {
    title: "Hours by stage",
    rule: "Released hours, period by period; a period is the weeks whose Thursday lies in the month.",
    part: "Stage",
    sentence: (span: string, most: string, hours: string) => `${span}: most hours were logged in ${most}, ${hours}.`,
  },
  hoursByActivity: {
    title: "Hours by activity",
    rule: "Released hours, period by period; a period is the weeks whose Thursday lies in the month.",
    part: "Activity",
    sentence: (span: string, most: string, hours: string) => `${span}: most hours went into ${most}, ${hours}.`,
  },
  activities: {
    build: "build",
    review: "review",
    test: "test",
    meeting: "meeting",
    support: "support",
    learning: "learning",
    other: "other",
  },
};

function daysText(value: number): string {
  return days(value * DAY);
}

function dayWithYear(day: string): string {
  return `${shortDay(day)} ${day.slice(0, 4)}`;
}
