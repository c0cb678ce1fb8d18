/** Every text of the app that a person reads, in English. Another language is another file of the same shape. */
import { durationText } from "@stageledger/core/contract/duration";
import { englishAdmin } from "./english-admin.ts";
import { englishCommand } from "./english-command.ts";
import { englishFailures } from "./english-failures.ts";
import { englishMirror } from "./english-mirror.ts";
import { englishMyTime } from "./english-my-time.ts";
import { englishProject } from "./english-project.ts";

export const english = {
  /** In which dates and times are written. */
  language: "en-GB",
  failures: englishFailures,
  mirror: englishMirror,
  command: englishCommand,
  myTime: englishMyTime,
  admin: englishAdmin,
  project: englishProject,

  reading: "Reading your time on this issue",
  tryAgain: "Try again",
  errorTitle: "Something here broke",
  errorText: "What you logged is safe in the ledger. What stood in a field and was not logged is gone.",
  showAgain: "Show it again",
  noIssue: "Open this on an issue.",
  codeOf: (code: string) => `Code: ${code}`,

  today: "today",
  yesterday: "yesterday",

  activities: {
    build: "build",
    review: "review",
    test: "test",
    meeting: "meeting",
    support: "support",
    learning: "learning",
    other: "other",
  },

  time: {
    label: "Time spent",
    placeholder: "1h 30m",
    help: "1h 30m · 90m · 1,5 · 1:30",
    log: "Log",
    save: "Save",
    twoReadings: (amount: number) => `${amount} hours or ${amount} minutes?`,
    take: (minutes: number) => durationText(minutes),
    unreadable: "This is no duration. Write it like 1h 30m, 90m, 1:30 or 1,5.",
    underAMinute: "That is less than a minute.",
    overADay: "That is more than a day has.",
    belowZero: "Logged time cannot be below zero.",
    missing: "How long was it? Write it like 1h 30m, 90m, 1:30 or 1,5.",
    newDay: "Meanwhile a new day has begun. Look at the day once more, then press Enter.",
  },
  details: {
    show: "Change stage, activity or day",
    hide: "Fewer fields",
    stage: "Stage",
    stageByHistory: "Where the issue was that day",
    activity: "Activity",
    day: "Day",
    todayOption: "Today",
    yesterdayOption: "Yesterday",
    otherDay: "Another day",
    date: "Date",
  },

  notices: {
    logged: (time: string, day: string) => `Logged ${time}, ${day}.`,
    loggedOn: (time: string, day: string, key: string) => `Logged ${time} on ${key}, ${day}.`,
    changed: (time: string, day: string) => `Changed to ${time}, ${day}.`,
    removed: (time: string, day: string) => `Deleted ${time}, ${day}.`,
    undone: "Undone.",
    timerLetGo: (time: string, key: string) => `${time} on ${key} were not logged.`,
    raised: (kind: string, stage: string) => `Noted: ${kind}, ${stage}. It carries no name.`,
    resolved: (kind: string) => `Out of the way: ${kind}.`,
    undo: { logged: "Undo logging", changed: "Undo the change", removed: "Undo deleting" },
  },

  entries: {
    title: "My time on this issue",
    none: "Nothing logged here yet. Only you see your entries.",
    change: "Change",
    more: (count: number) => `Show all ${count} entries`,
    mirrored: "also in Jira’s work log",
    elsewhere: "from another tool",
    closed: "Its week is closed: a change goes into the quarter’s correction.",
    edit: (time: string, day: string) => `Change ${time}, ${day}`,
    remove: (time: string) => `Delete ${time}`,
    keep: "Leave as it is",
  },

  timer: {
    title: "Timer",
    start: "Start timer",
    goOn: "Let the timer go on",
    pause: "Pause timer",
    stop: "Stop timer and log…",
    look: "Refresh timer",
    on: (key: string) => ` on ${key}`,
    running: (on: string, since: string, time: string, at: string) => `Runs${on} since ${since}. ${time} at ${at}.`,
    paused: (on: string, time: string) => `Paused${on} at ${time}.`,
    capped: (on: string, time: string) => `Ran${on} for ${time} and stopped there. It was probably forgotten.`,
    startHere: "Start it here instead…",
    question: (key: string) => `Your timer still counts on ${key}. Log that first?`,
    letGoAndStart: (time: string) => `Discard ${time}, start here`,
    leave: (key: string) => `Leave it on ${key}`,
    stopTitle: (key: string) => `Time on ${key}`,
    cappedQuestion: (key: string) => `How long was it on ${key}?`,
    understood: (text: string, key: string) => `${text} · on ${key}; then it starts here`,
    stopAndLog: "Stop and log",
    logAndStart: "Log, start here",
    back: "Not yet",
    letGo: (time: string) => `Discard ${time}…`,
    letGoQuestion: (time: string, key: string) => `${time} on ${key} will not be logged.`,
    letGoSurely: (time: string) => `Discard ${time}`,
    keep: "Keep the timer",
  },

  roadblocks: {
    link: "Something is in the way",
    title: "What is in the way?",
    about: (key: string) => `One press notes it on ${key}, with its stage and without your name.`,
    words: "In a few words, if you like",
    wordsHelp: "Everybody who sees this issue can read them. Say what is in the way, never who.",
    kinds: {
      "waiting-for-people": "Waiting for people",
      "waiting-for-decision": "Waiting for a decision",
      unclear: "Unclear what to do",
      dependency: "Another piece is missing",
      environment: "Tools or environment",
      other: "Something else",
    },
    open: "In the way",
    said: (kind: string, stage: string) => `${kind} · ${stage}`,
    resolve: (kind: string) => `Out of the way: ${kind}`,
    close: "Close “Something is in the way”",
  },

  purpose: {
    link: "Why we track",
    title: "Why we track",
    close: "Close “Why we track”",
  },
};

export type Words = typeof english;
