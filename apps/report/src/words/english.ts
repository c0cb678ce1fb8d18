/** What the page says, in English. Numbers and units are written as the terminal writes them. */
import {
  count,
  counted,
  decimal,
  percent,
  publishedHours,
  shortDay,
  spanText,
} from "@stageledger/core/contract/figure-text";
import { englishCharts } from "./english-charts.ts";
import { englishMyTime } from "./english-my-time.ts";
import { englishTables } from "./english-tables.ts";

interface Span {
  readonly firstDay: string;
  readonly lastDay: string;
}

export const english = {
  product: "Stageledger",
  skip: "Skip to the verdict",
  allProjects: "All projects",
  noProject: "No project",
  myTime: "My time",
  signOut: "Sign out",
  reading: "Reading …",
  demo: "Demo: made-up teams, made-up work.",

  charts: englishCharts,
  tables: englishTables,
  mine: englishMyTime,

  span: ({ firstDay, lastDay }: Span) => spanText(firstDay, lastDay),
  day: shortDay,
  dayWithYear,
  count,
  decimal,
  percent,
  publishedHours,
  weeks: (weeks: number) => counted(weeks, "week"),
  items: (items: number) => counted(items, "item"),

  picker: {
    open: (project: string) => `${project}: choose another project`,
    label: "Find a project",
    projects: "Projects",
    matches: (projects: number) => `${counted(projects, "project")}.`,
    noMatch: "No project is called that.",
    purpose:
      "Time is tracked here to see where work waits and what it needs, not to look at people: there is nothing to find about anybody.",
    question: "Were there any roadblocks? Whoever meets one can note it on its item, without a name.",
  },

  window: {
    label: "What is shown",
    weeks: "Weeks",
    until: "Up to",
    now: "Now",
    map: "Stages",
    mapVersion: (version: number, from: string | null) =>
      from === null ? `v${version}` : `v${version}, from ${shortDay(from.slice(0, 10))} ${from.slice(0, 4)}`,
    mapInForce: (version: number | null) => (version === null ? "as in force" : `v${version}, as in force`),
    time: "Time",
    calendar: "Calendar",
    business: "Business",
    compare: "Set beside an earlier window",
    compareDay: "Earlier window up to",
    decision: "What was decided",
    decisionDay: "On",
    decisionKept: "Marked in the charts. It stays in this page’s address and is sent to no server.",
    show: "Show",
    stop: "Show one window only",
    /** Read out when other figures are shown. */
    told: (span: string, verdict: string) => `${span}: ${verdict}`,
  },

  verdict: {
    eyebrow: (told: {
      readonly span: string;
      readonly weeks: number;
      readonly zone: string;
      readonly mapVersion: number;
      readonly time: "calendar" | "business";
    }) =>
      `${told.span} (${counted(told.weeks, "week")}) · ${told.time === "business" ? "calendar and business time" : "calendar time"}, ${told.zone} · stages v${told.mapVersion}`,
    named: (same: number, of: number) => `Named in ${count(same)} of ${count(of)} resampled windows`,
    candidate: (same: number, of: number) =>
      `A candidate, not settled: named in ${count(same)} of ${count(of)} resampled windows`,
    seed: (seed: number) => `seed ${seed}`,
    finished: (items: number) => `${counted(items, "item")} finished`,
    thin: "thin data",
    shares: (shares: readonly { readonly stage: string; readonly share: number }[]) =>
      `Largest shares of open time: ${shares.map(({ stage, share }) => `${stage} ${percent(share)}`).join(", ")}.`,
    cycle: (days: number, n: number) => `85 % of items finish within ${decimal(days)} d (n ${count(n)})`,
    range: (low: number, high: number, items: number) =>
      `; ${decimal(low)} to ${decimal(high)} d if ${counted(items, "re-opened item")} ${items === 1 ? "is" : "are"} counted the other way`,
    business: (p50: string, p85: string, n: number, hoursPerDay: number) =>
      `In business time, ${decimal(hoursPerDay)} h a day: half within ${p50}, 85 % within ${p85} (n ${count(n)}).`,
    noCycle: (why: string) => `Cycle time: ${why}.`,
    tryFirst: "Try first:",
    /** @param at a day; null: now */
    itemsIn: (stage: string, items: number, at: string | null) => `In ${stage} ${atText(at)} (${count(items)}):`,
    parked: (items: number) => `Parked, left out of the verdict (${count(items)}):`,
    noneParked: "Parked: none.",
    keysKept: "This project is restricted: which items these are is shown inside Jira only.",
    more: (items: number) => `and ${count(items)} more`,
    measures: "The measures behind it",
    limits: "What the log cannot know",
    limitsIntro:
      "Moves between stages show where time and queues gather. They do not say that people should be added there, and they cannot show:",
    limitsList: [
      "Whether a slow stage is short of people, or its work just takes that long.",
      "Whether the same people carry several stages.",
      "Whether work has begun on an item that sits in a column.",
      "Whether items leave late because releases are rare or because tickets are closed late.",
      "Where the next limit is when more comes in than any stage can take.",
      "How much is wanted before it reaches the commitment.",
      "Why an item is blocked.",
    ],
    constraint: "constraint",
    candidateMark: "candidate",
  },

  strip: {
    label: "Stages from left to right",
    title: "How work flows",
    now: (items: number, at: string | null) => `${items === 1 ? "item" : "items"} ${atText(at)}`,
    head: {
      age85: "age 85 %",
      arrivals: "in a week",
      departures: "out a week",
      median: "time 50 %",
      p85: "time 85 %",
      visits: "visits each",
      cameBy: "came by",
      skipped: "skipped it",
      movedBack: "went back",
      hours: "hours",
      touch: "touch",
    },
    of: (items: number, of: number) => `${count(items)} of ${count(of)}`,
    fault: "fault",
    hoursOf: (span: string) => `Hours are of ${span}; touch is hours logged over the time that items were there.`,
    detours: (texts: readonly string[]) => `${texts.join(", ")}.`,
    queueOf: (stage: string) => `queue of ${stage}`,
    quieter: (stages: number) => `${counted(stages, "quieter stage")} in the table of stages.`,
    about: (span: string, weeks: number, at: string | null) =>
      `Items, a dot each, and their age are as of ${at === null ? "now" : dayWithYear(at)}; all else is of ${span} (${counted(weeks, "week")}) and of the items that finished then.`,
  },

  withheld: "Not enough people to show",
  withheldWhy:
    "Hours are shown where at least five people logged and none of them stands out. Everything else says “Not enough people to show”, whatever the reason.",

  hours: {
    of: (span: string) => `Hours of ${span}`,
    none: (nextOn: string) => `No hours are published yet. The first by stage come on ${dayWithYear(nextOn)}.`,
    next: (nextOn: string) => `The next by stage come on ${dayWithYear(nextOn)}.`,
    delayed: "A release is under way and delayed.",
  },

  quality: {
    title: "How far to trust the data",
    none: "Nothing to report.",
    keys: { items: "Items", "status ids": "Status ids", lines: "Lines" },
  },

  footer: {
    stages: (version: number, origin: "given" | "default", commitment: string, stages: readonly string[]) =>
      `Stages v${version} ${origin === "given" ? "as set" : "from the status categories"}, work counts from ${commitment} on: ${stages.join(" › ")}.`,
    asOf: (when: string, zone: string, seed: number) => `As of ${when}, ${zone}. Seed ${seed}.`,
    noPerson: "No number on this page is about a person, and everybody here sees the same page.",
  },

  files: {
    title: "Take it along",
    json: "All figures (JSON)",
    html: "This page as one file (HTML)",
    print: "Print",
    csv: "CSV",
    svg: "SVG",
    png: "PNG",
    of: (what: string, chart: string) => `${what} of “${chart}”`,
  },

  portfolio: {
    title: "Which stage holds each project up",
    caption: (span: string, weeks: number) => `Verdicts over ${span} (${counted(weeks, "week")}).`,
    none: "There are no projects yet. The first is here some minutes after a tool is connected or a file imported.",
    head: {
      project: "Project",
      verdict: "Verdict",
      resamples: "resamples",
      wip: "WIP",
      finished: "finished a week",
      p85: "cycle time 85 %",
      n: "n",
    },
    of: (same: number, of: number) => `${count(same)} of ${count(of)}`,
  },

  compare: {
    title: "Two windows side by side",
    earlier: "Earlier",
    later: "Later",
    decided: (text: string, day: string) => `${dayWithYear(day)}: ${text}`,
    caption:
      "The same figures of both windows. Two windows differ by chance alone, too: read what stands out, not the last digit.",
    figure: "Figure",
    named: "Named in resampled windows",
    of: (same: number, of: number) => `${count(same)} of ${count(of)}`,
    cycle: "85 % of items finish within",
    finished: "Items finished a week",
    wip: "WIP at the end",
    share: (stage: string) => `${stage}: share of open time`,
    time: (stage: string) => `${stage}: 85 % of items within`,
    overlap: "The windows overlap: what they share counts in both.",
  },

  failures: {
    "signed-out": {
      title: "Sign in to see this",
      detail: "Every member sees the same page. Nobody else does.",
      act: "Sign in",
    },
    offline: {
      title: "The ledger cannot be reached",
      detail:
        "Either there is no connection, or the ledger is not running. Nothing is lost: it only shows what is recorded.",
      act: "Try again",
    },
    unreadable: {
      title: "This page is older than the ledger",
      detail: "The answer has a form that this page does not know yet. Loading the page anew brings the newest.",
      act: "Load anew",
    },
    refused: { title: "The ledger could not answer", act: "Try again" },
    unknownProject: "There is no such project",
    code: (code: string, requestId: string | null) => (requestId === null ? code : `${code} · request ${requestId}`),
  },
};

function atText(at: string | null): string {
  return at === null ? "now" : `on ${dayWithYear(at)}`;
}

function dayWithYear(day: string): string {
  return `${shortDay(day)} ${day.slice(0, 4)}`;
}
