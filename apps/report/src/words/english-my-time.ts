/** What the page of one's own time says, in English. */
import { durationText } from "@stageledger/core/contract/duration";
import { counted, shortDay, spanText } from "@stageledger/core/contract/figure-text";

const WEEKDAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });

/** "Tue 8 Sep". */
function weekday(day: string): string {
  return `${WEEKDAY.format(new Date(`${day}T00:00:00Z`))} ${shortDay(day)}`;
}

export const englishMyTime = {
  title: "My time",
  skip: "Skip to my time",
  signedOut: "Your own time is behind it. Only you see it.",
  onlyYou: "Only you see this page. No colleague, no manager and no administrator can open it.",
  where:
    "Time is logged where the work is: in Jira in an issue’s Stageledger panel, in Asana in a task’s time tracking.",
  duration: durationText,
  weekday,

  week: {
    title: (span: { readonly firstDay: string; readonly lastDay: string }, week: string) =>
      `${spanText(span.firstDay, span.lastDay)}, week ${Number(week.slice(-2))}`,
    choose: "Which week",
    previous: "Previous week",
    next: "Next week",
    thisWeek: "This week",
    pick: "Week of",
    sum: (minutes: number, entries: number) =>
      entries === 0 ? "Nothing logged in this week." : `${durationText(minutes)} in ${entriesText(entries)}.`,
    empty: "Time that you log in Jira or Asana is listed here. If there is some already, join that account below.",
    closed: "This week is closed: a change appears in no report but, with others, in that of the quarter.",
    day: (day: string, minutes: number) => `${weekday(day)}: ${durationText(minutes)}`,
    today: "today",
  },

  entry: {
    item: "an item that is named inside Jira only",
    asanaTask: (task: string) => `Asana task ${task}`,
    of: (minutes: number, item: string, day: string) => `${durationText(minutes)} on ${item}, ${weekday(day)}`,
    stage: (stage: string) => `in ${stage}`,
    copied: "copied to Jira’s work log, where the copy is changed by hand",
    from: {
      ledger: "changed with the account that logged it",
      jira: "from Jira’s own work log, and changed there",
      asana: "from Asana, and changed there",
      file: "from an imported file, and changed there",
    },
    edit: "Edit",
    delete: "Delete",
    labelled: (act: string, entry: string) => `${act} ${entry}`,
    time: "Time",
    timeHelp: "Such as 1h 30m, 90m, 1:30 or 1,5.",
    day: "Day",
    activity: "Activity",
    save: "Save",
    cancel: "Cancel",
  },

  wrong: {
    "without-unit": (amount: number) => `${amount} hours or ${amount} minutes? Write ${amount}h or ${amount}m.`,
    "below-zero": "Time cannot be less than nothing.",
    "under-a-minute": "The shortest time is a minute.",
    "over-a-day": "A day has no more than 24 hours.",
    unreadable: "This is no time. Write 1h 30m, 90m, 1:30 or 1,5.",
    noDay: "Choose a day.",
  },

  done: {
    saved: (entry: string) => `Saved: ${entry}.`,
    asBefore: "Nothing was changed.",
    deleted: (entry: string) => `Deleted: ${entry}.`,
    undone: (entry: string) => `Undone: ${entry} is as before.`,
    undo: "Undo",
    placed: (entry: string, project: string) => `${entry} belongs to ${project} now.`,
    linked: "Joined: both accounts are yours now.",
    unlinked: "Your accounts are separate again.",
    code: (code: string) => `Your code is ${code}.`,
    exported: (fileName: string, entries: number) => `${fileName} was saved, with ${entriesText(entries)}.`,
  },
  unsure: "It is not known whether this was done. Press the same again: it is done once.",

  unassigned: {
    title: (entries: number) => (entries === 0 ? "Without a project" : `Without a project (${entries})`),
    about: "The ledger could not tell which project these hours belong to. They are in no report until you say it.",
    none: "All your hours have a project.",
    noProjects: "There is no project yet to choose from.",
    project: (entry: string) => `Project of ${entry}`,
    choose: "Choose a project",
    place: "Place",
    mustChoose: "Choose a project first.",
  },

  accounts: {
    title: "My accounts",
    others: (others: number) =>
      others === 0
        ? "No other account is joined to this one."
        : `${counted(others, "other account is", "other accounts are")} joined to this one.`,
    about:
      "Join your account in Jira, and you see here what you log there. A code from one account, typed in at the other, proves that both are yours. In Jira, My time shows and takes codes.",
    issue: "Show a code",
    issueAgain: "Show another code",
    code: "Your code",
    until: (time: string) => `It holds until ${time} and joins once. An earlier code is void.`,
    redeem: "A code from another account",
    join: "Join",
    noCode: "This is no code. It has at least 16 letters and digits.",
    unlink: "Take the links back…",
    question: "Your accounts will be separate again, each with its own entries. What was published stays.",
    surely: "Take the links back",
    keep: "Keep them",
  },

  export: {
    title: "Take your data along",
    about: "All your entries as a file, those of joined accounts too.",
    csv: "My entries (CSV)",
    json: "My entries (JSON)",
  },

  erase: {
    title: "Erase this account",
    word: "erase",
    about:
      "This takes away your membership here, the entries of this account and its links to others. It cannot be undone: take your data along first. Entries that you logged in Jira stay yours there, and are erased there, in My time. What was published stays: nobody can be told in it.",
    confirm: (word: string) => `Type “${word}” to confirm`,
    erase: "Erase this account",
    mustConfirm: (word: string) => `Nothing was erased. Type the word ${word} to confirm.`,
    doneTitle: "Your account here is erased",
    done: (entries: number) =>
      entries === 0
        ? "It had no entries of its own. You are signed out."
        : `${entriesText(entries)} ${entries === 1 ? "is" : "are"} gone. You are signed out.`,
    signIn: "Sign in",
  },
  signOut: "Sign out",
};

function entriesText(entries: number): string {
  return counted(entries, "entry", "entries");
}
