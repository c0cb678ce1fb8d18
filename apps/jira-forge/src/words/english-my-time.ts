/** Every text of My time, in English. */
import { durationText } from "@stageledger/core/contract/duration";

const changes = (count: number): string => (count === 1 ? "1 change" : `${count} changes`);
const cells = (count: number): string => (count === 1 ? "1 cell" : `${count} cells`);
const entries = (count: number): string => (count === 1 ? "1 entry" : `${count} entries`);

export const englishMyTime = {
  about: "Only you see this page.",
  reading: "Reading your week",

  sections: {
    week: "Week",
    unassigned: (count: number) => (count === 0 ? "Without a project" : `Without a project (${count})`),
    accounts: "Accounts",
    data: "Settings and data",
  },

  week: {
    title: (days: string, week: number) => `${days} · week ${week}`,
    previous: "Previous week",
    next: "Next week",
    thisWeek: "This week",
    pick: "Week of",
    closed: "This week is closed: a change goes into the quarter’s correction.",
    sum: (time: string) => `${time} of your own time`,
    empty: "Nothing logged in this week yet. Find an issue below, or copy last week.",
  },

  grid: {
    label: "My week, by issue and day",
    item: "Issue",
    total: "Total",
    today: "today",
    allDays: "All",
    cell: (key: string, day: string) => `${key}, ${day}`,
    asanaTask: (gid: string) => `Asana task ${gid}`,
    isNew: "new",
    isNewOf: (activity: string) => `new · ${activity}`,
    was: (time: string) => `was ${time}`,
    deleted: (time: string) => `delete ${time}`,
    notRead: "not clear yet",
    listed: "listed below",
    partly: (shown: number, all: number, unsaved: number) =>
      `${shown} of ${all} issues are shown; the sums are of all.${
        unsaved === 0 ? "" : ` ${changes(unsaved)} not saved ${unsaved === 1 ? "is" : "are"} among the others.`
      }`,
    showAll: (all: number) => `Show all ${all} issues`,
    help: "Tab goes from cell to cell, Enter saves the whole week. Write 1h 30m, 90m, 1:30 or 1,5; an emptied cell deletes its entry.",
  },

  wrong: {
    at: (cell: string, text: string, why: string) => `${cell}, “${text}”: ${why}`,
    two: (cell: string, amount: number) => `${cell}: ${amount} hours or ${amount} minutes?`,
    take: (cell: string, minutes: number) => `${cell}: ${durationText(minutes)}`,
    takeAllHours: "All are hours",
    takeAllMinutes: "All are minutes",
  },

  save: {
    save: "Save week",
    unsaved: (count: number) => `${changes(count)}, not saved`,
    takeBack: (count: number) => (count === 1 ? "Take it back" : `Take all ${count} back`),
    saved: ({ logged, changed, deleted }: { logged: number; changed: number; deleted: number }) =>
      [
        ...(logged > 0 ? [`${logged} logged`] : []),
        ...(changed > 0 ? [`${changed} changed`] : []),
        ...(deleted > 0 ? [`${deleted} deleted`] : []),
      ].join(", "),
    savedWeek: (what: string) => `Saved: ${what}.`,
    undo: (count: number) => (count === 1 ? "Undo this change" : `Undo these ${count} changes`),
    undone: "Undone.",
    nothing: "Nothing to save: all is as in the ledger.",
    takenBack: "All is as in the ledger again.",
    notSaved: "Nothing was saved yet: look at what is not clear.",
    refusedAt: (cell: string) => `It is about ${cell}. Nothing of the week was saved.`,
    conflict: (cell: string, now: string, text: string) => `${cell} is ${now} now. You typed “${text}”.`,
    conflictGone: (cell: string, text: string) => `${cell} is empty now. You typed “${text}”.`,
  },

  leave: {
    question: (count: number) => `${changes(count)} in this week ${count === 1 ? "is" : "are"} not saved.`,
    unsure: "It is not known whether this week was saved.",
    save: "Save and go",
    discard: (count: number) => (count === 1 ? "Go without it" : `Go without these ${count}`),
    discardUnsure: "Go without asking again",
    stay: "Stay here",
  },

  listed: {
    title: "More on single days",
    about: "Cells with several entries, and those that come from somewhere else.",
    newEntry: "new entry",
    inAsana: "edit in Asana",
    inJira: "edit in Jira",
    inFile: "from an imported file, and changed there",
    elsewhere: "logged with another account of yours, and changed there",
    jiraLog: "Jira’s own work log",
    asana: "Asana",
    file: "imported file",
  },

  copy: {
    copy: "Copy last week",
    copied: (filled: number) =>
      `${cells(filled)} filled from last week. Look at ${filled === 1 ? "it" : "them"}, then save.`,
    none: "Last week has nothing to copy: only what was logged here is copied.",
    nothingFilled: "Nothing was filled.",
    taken: (count: number) => `${cells(count)} had something in ${count === 1 ? "it" : "them"} already.`,
    ahead: (count: number) =>
      `${cells(count)} left empty: ${count === 1 ? "the day is" : "those days are"} still to come.`,
  },

  add: {
    label: "Add an issue",
    placeholder: "Key or words",
    find: "Find",
    choose: "Which one?",
    issue: (key: string, title: string) => (title === "" ? key : `${key} · ${title}`),
    none: "Jira finds no issue like that, or you may not see it.",
    unreached: "Jira could not be asked. Try again in a moment.",
    added: (key: string) => `${key} has a row now. Type its time and press Enter.`,
    there: (key: string) => `${key} is in the grid already.`,
  },

  unassigned: {
    title: "Without a project",
    about: "Hours on issues of which the ledger does not know the project. They are in no report until you place them.",
    none: "All your hours have a project.",
    noProjects: "There is no project yet to choose from.",
    project: (time: string, key: string, day: string) => `Project of ${time} on ${key}, ${day}`,
    choose: "Choose a project",
    place: (time: string, project: string) => `Place ${time} in ${project}`,
    placeNothing: (time: string) => `Place ${time}`,
    placed: (time: string, project: string) => `${time} belong to ${project} now.`,
  },

  accounts: {
    title: "My accounts",
    reading: "Reading your accounts",
    none: "No other account is joined to this one.",
    others: (count: number) =>
      count === 1 ? "1 other account is joined to this one." : `${count} other accounts are joined to this one.`,
    about:
      "Whoever logs in another tool, too, can join the accounts: they see all their time here, and a report counts them once. A code from one account, typed in at the other, proves that both are theirs.",
    otherSide:
      "The other account is the one with which you sign in to the report page: My time there shows a code and takes one. An account in Asana cannot be joined yet.",
    issue: "Show a code",
    issueAgain: "Show another code",
    codeTitle: "Your code",
    until: (time: string) => `It holds until ${time}. It joins once.`,
    onlyOne: "An earlier code is void.",
    redeemLabel: "A code from another account",
    placeholder: "ABCD-EFGH-…",
    redeem: "Join",
    noCode: "This is no code. It has at least 16 letters and digits.",
    linked: "Joined: both accounts are yours now.",
    unlink: "Take the links back…",
    unlinkQuestion:
      "Your accounts will be separate again, each with its own entries. What was published stays. It takes a new code to join them again.",
    unlinkSurely: "Take the links back",
    keep: "Keep them",
    unlinked: "Your accounts are separate again.",
  },

  export: {
    title: "Export mine",
    about: "All your entries as a file, those of joined accounts too.",
    csv: "Show as CSV",
    json: "Show as JSON",
    file: (fileName: string, count: number) => `${fileName} · ${entries(count)}`,
    how: (fileName: string) =>
      `Jira lets the app save no file. Select all in the field (Ctrl+A, ⌘A), copy it, and paste it into a file named ${fileName}.`,
    close: "Close the export",
  },

  erase: {
    title: "Erase mine",
    goes: "This takes away all entries of this account with their days, activities and stages, your timer, your choices, and the links to your other accounts. It cannot be undone: export them first if you want to keep them. Nor is this account taken up again: you cannot log time with it here any more.",
    stays:
      "What stays: sums that were published already, in which nobody can be told; what you wrote into Jira’s own work log, which is Jira’s; and the entries of your other accounts, each erased from there.",
    confirm: (word: string) => `Type “${word}” to confirm`,
    erase: "Erase all my entries",
    mustConfirm: (word: string) => `Nothing was erased. Type the word ${word} to confirm.`,
    doneTitle: "Your entries are erased",
    /** None are gone where they were gone before. */
    done: (count: number) =>
      count === 0
        ? "Nothing of this account is left in the ledger."
        : `${entries(count)} ${count === 1 ? "is" : "are"} gone from the ledger. Nothing can be logged with this account here any more.`,
  },
};
