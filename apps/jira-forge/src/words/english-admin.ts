/** What the admin page says, in English. */

const plural = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;
const listed = (names: readonly string[]): string => names.join(", ");
const statuses = (count: number): string => plural(count, "status", "statuses");
const changes = (count: number): string => plural(count, "change", "changes");

export const englishAdmin = {
  reading: "Reading how the ledger goes",
  about: "Connections, stages, projects and what is set for everybody. No hours of anybody stand here.",
  readAt: (time: string, zone: string) => `As of ${time}, ${zone}`,
  refresh: "Refresh",
  looked: "This is how it is now.",

  notConnected: {
    title: "This site is not connected to a ledger yet",
    text: "Only who runs the server can say whose ledger a site belongs to. They do it once:",
    steps: [
      { text: "Find the installation’s id.", command: "forge install list" },
      {
        text: "Connect it. Every project that the app may browse is read, unless projects are named.",
        command: "npx stageledger connect jira --installation ari:cloud:ecosystem::installation/…",
      },
      {
        text: "The app brings its first token with the next event, or on the full hour. Then look how it goes.",
        command: "npx stageledger connections",
      },
    ],
    more: "docs/jira.md has the rest. Until then nothing can be logged here.",
  },

  connections: {
    title: "Connections",
    kinds: { jira: "Jira", asana: "Asana" },
    none: "Nothing is read yet: no source is connected. Whoever runs the server connects one: docs/jira.md and docs/asana.md say how.",
    states: { new: "Nothing read yet", works: "Works", problem: "Has a problem" },
    compared: (time: string, ago: string) => `Last compared with its source: ${time}, ${ago}.`,
    neverCompared: "Not compared with its source yet.",
    due: (time: string) => `Due again ${time}.`,
    overdue: (time: string) => `Was due ${time}.`,
    counts: (waiting: number, parked: number, doubt: number) =>
      `${waiting} waiting to be read · ${parked} parked · ${plural(doubt, "item", "items")} in doubt`,
    doubt: "In doubt: the source and the ledger say different things. Another look decides.",
    next: (what: string) => `Next: ${what}`,
  },

  ago: {
    now: "less than a minute ago",
    later: "a moment ago by the ledger’s clock",
    minutes: (count: number) => `${count} min ago`,
    hours: (count: number) => `${count} h ago`,
    days: (count: number) => `${plural(count, "day", "days")} ago`,
  },

  stages: {
    title: "Stages",
    about: "Statuses become stages of one flow. All projects without stages of their own share it.",
    version: (version: number) => `Version ${version}`,
    none: "There are no stages yet.",
    noStatuses: "No status is known yet: they come when the first project has been read.",
    change: "Change the stages",
    begin: "Name the stages",
    propose: "Propose from the statuses",
    columns: { stage: "Stage", kind: "Kind", limit: "WIP limit", statuses: "Statuses" },
    kinds: { waiting: "waiting", active: "active", done: "done", withdrawn: "withdrawn" },
    noLimit: "none",
    noStatus: "none",
    commitmentIs: (stage: string) => `Work begins with ${stage}.`,
    blockedAre: (names: readonly string[]) => `Blocked in any stage: ${listed(names)}.`,
    unmappedTitle: (count: number) => `${statuses(count)} in no stage`,
    unmappedText: (names: readonly string[]) =>
      `${listed(names)}. What stands there counts as “Unmapped”: it moves neither start nor end, and its hours are in no stage.`,

    listTitle: "In the flow’s order",
    name: (place: number) => `Stage ${place}`,
    kindOf: (place: number) => `Kind of stage ${place}`,
    limitOf: (place: number) => `WIP limit of stage ${place}`,
    listHelp:
      "Waiting: nobody works on it. Active: somebody does. Withdrawn: it ends without being done. A WIP limit is a number of items; empty is none.",
    nameless: (place: number) => `stage ${place}`,
    up: (stage: string) => `Move ${stage} up`,
    down: (stage: string) => `Move ${stage} down`,
    remove: (stage: string) => `Remove ${stage}`,
    moved: (stage: string, place: number, count: number) => `${stage} is stage ${place} of ${count} now.`,
    movedNot: (stage: string, place: number, count: number) =>
      `${stage} stays stage ${place} of ${count}: it is at the end.`,
    add: "Add a stage",
    commitment: "Work begins with",
    commitmentHelp: "The clock of an item starts when it enters this stage or a later one.",
    statusesTitle: "Each status and its stage",
    unmappedOption: "In no stage (Unmapped)",
    statusWithId: (name: string, id: string) => `${name} (${id})`,
    blocked: "Statuses that mean “blocked”",
    blockedHelp: "In whatever stage they are. With none chosen, statuses in progress whose names say so are taken.",

    changesTitle: (count: number) => `${changes(count)} not saved`,
    noChanges: "No changes yet.",
    holds:
      "A new version holds from the first month of which no week is closed. Months with a closed week stay as they were.",
    save: "Save the stages",
    saveOver: (version: number) => `Save over version ${version}`,
    leave: "Leave the stages as they are",
    drop: (count: number) => `Drop ${changes(count)}`,
    overtakenTitle: (version: number) => `Version ${version} was saved meanwhile`,
    overtakenText: "By somebody else, or by you in another window. Your draft is still here. They changed:",
    overtakenSame: "It says the same as before.",

    proposed: (count: number) => `A proposal from ${statuses(count)} stands in the form. Nothing is saved yet.`,
    nothingProposed: "The statuses propose what there is already.",
    takeBack: { proposed: "Take the proposal back", "put-back": "Take that back" },
    takenBack: "Taken back: what was there before is there again.",
    putBack: (version: number) => `Version ${version} stands in the form. Save it, and it is the newest one.`,
    dropped: (count: number) => `Dropped ${changes(count)}.`,
    restore: (count: number) => `Take ${changes(count)} back`,
    saved: (version: number) => `Saved as version ${version}.`,
    same: (version: number) => `These are the stages of version ${version} already.`,
    putVersionBack: (version: number) => `Put version ${version} back into the form`,

    unnamed: "A stage without a name",
    said: {
      added: (stage: string) => `${stage}: new`,
      removed: (stage: string) => `${stage}: removed`,
      renamed: (from: string, to: string) => `${from} is called ${to}`,
      kind: (stage: string, kind: string) => `${stage} is ${kind}`,
      limit: (stage: string, limit: number | null) =>
        limit === null ? `${stage} has no WIP limit` : `${stage} has a WIP limit of ${plural(limit, "item", "items")}`,
      order: (stages: readonly string[]) => `Order: ${stages.join(" › ")}`,
      commitment: (stage: string) => `Work begins with ${stage}`,
      placed: (status: string, stage: string | null) =>
        stage === null ? `Status ${status} is in no stage` : `Status ${status} is in ${stage}`,
      blocked: (status: string) => `Status ${status} means blocked`,
      unblocked: (status: string) => `Status ${status} means blocked no longer`,
    },

    faults: {
      name: {
        missing: "A stage needs a name.",
        twice: "Another stage has this name.",
        taken: "“Unmapped” is what statuses in no stage are called.",
        unwritable: "A name has at most 200 characters, on one line.",
      },
      limit: { "no-count": "A WIP limit is a whole number from 1, or empty." },
      commitment: { missing: "Say with which stage work begins. It has to be a waiting or active one." },
      kinds: {
        none: "There has to be a stage.",
        "nothing-done": "One stage has to be done: else no item could ever finish.",
      },
    },
    faultsCount: (count: number) =>
      `Not saved: ${plural(count, "thing", "things")} above ${count === 1 ? "has" : "have"} to be put right.`,
  },

  projects: {
    title: "Projects and their sources",
    about: "A project of the ledger can be made of several: one in Jira and one in Asana are one report then.",
    none: "No project has been read yet.",
    columns: { project: "Project", sources: "Sources" },
    fromFile: "brought by a file",
    source: {
      jira: (name: string) => `Jira: ${name}`,
      jiraById: (id: string) => `Jira: project ${id}`,
      asana: (id: string) => `Asana: project ${id}`,
    },
    reading: "Reading the names from Jira",
    unread: "Jira did not tell the projects’ names: ids stand in their place.",
    change: (source: string) => `Move ${source}…`,
    formTitle: (source: string) => `${source} belongs to`,
    project: "Project of the ledger",
    other: "Another name…",
    newName: "New name",
    nameMissing: "Say another project, or another name of at most 200 characters.",
    ask: "Go on…",
    leave: "Leave it as it is",
    question: {
      joined: (source: string, from: string, to: string) => `Count ${source} as ${to}, and no longer as ${from}?`,
      renamed: (source: string, from: string, to: string) => `Call the project of ${source} ${to} instead of ${from}?`,
    },
    means: {
      joined: (to: string) => `Its items are in the report of ${to} then, together with what is there.`,
      renamed: (to: string) => `Its items are in a report called ${to} then.`,
    },
    hours: (from: string, to: string) =>
      `Hours count for ${to} from then on. What was logged before stays with ${from}, and so does what is published.`,
    later: "It can be changed again later, in the same way.",
    asana: "Asana’s tasks are read anew for it, which takes some minutes.",
    surely: { joined: (to: string) => `Count it as ${to}`, renamed: (to: string) => `Call it ${to}` },
    back: "Not yet",
    joined: (source: string, to: string) => `${source} counts as ${to} now.`,
    renamed: (source: string, to: string) => `The project of ${source} is called ${to} now.`,
  },

  zone: {
    title: "Time zone",
    is: (zone: string) => `Days and weeks begin at midnight in ${zone}.`,
    fixed: "It cannot be changed any more: days are recorded, and in another zone they would mean other hours.",
    free: "It can be changed until the first time is recorded.",
    change: "Change the time zone",
    label: "Time zone",
    ask: "Go on…",
    question: (zone: string) => `Let days begin at midnight in ${zone}?`,
    means: "Once time is recorded, the zone stays for good.",
    surely: (zone: string) => `Take ${zone}`,
    back: "Not yet",
    leave: "Leave it as it is",
    changed: (zone: string) => `Days begin at midnight in ${zone} now.`,
  },

  worklogs: {
    title: "Jira’s own worklogs",
    label: "Count worklogs that people make in Jira itself",
    isOn: "On: they count as hours. Who logged them can be read in Jira, so they are known and help to hide nobody else’s.",
    isOff:
      "Off, as it is from the start: in Jira only what is logged in this app counts, which nobody but its author reads unless they copy it.",
    on: "On. The ledger reads them with the next comparison, which is due now.",
    off: "Off. No more are counted; what was counted stays counted.",
  },

  sees: {
    title: "What the app can see, and what it cannot",
    asks: "It asks Jira for",
    because: "Because",
    scopes: [
      { scope: "read:jira-work", why: "issues, their histories and worklogs, and the events that say they changed" },
      {
        scope: "write:jira-work",
        why: "an entry that its author wants in Jira too, as their own worklog, from their own browser; nothing else",
      },
      { scope: "read:jira-user", why: "the event that says that somebody’s account was deleted; no user is read" },
      { scope: "read:app-system-token", why: "the ledger reads Jira in the app’s own name" },
      { scope: "read:app-user-token", why: "what somebody may see and change is asked of Jira as that person" },
    ],
    keptTitle: "What the ledger reads from Jira and keeps",
    kept: "Of projects: ids, keys and names. Of statuses: ids, names and kinds. Of issues: id, key, project, status, resolution, parent, whether it is a sub-task, and the dates on which it was made, moved, flagged or blocked, with the id or key of what blocks it. Of worklogs, where they count: id, issue, date and seconds, kept as minutes. And what people type into the app.",
    passingTitle: "What comes to the ledger and is kept nowhere",
    passing: [
      "Account ids: with worklogs, with the event that an account was deleted, and with what somebody does in the app. On arrival a pseudonym is made of them.",
      "With what somebody does in the app comes a token of theirs: the ledger asks Jira with it what they may see and change, and for nothing else.",
      "Jira’s answers also hold who made a change or a worklog, a worklog’s comment and a parent’s title. That is dropped as soon as it arrives.",
    ],
    neverTitle: "What it never asks for",
    never: "Titles and descriptions of issues, comments on them, and people’s names and e-mail addresses.",
    hoursTitle: "Whose hours can be seen",
    hours:
      "Nobody’s but one’s own. Everybody else reads sums that at least five people stand behind, or none. No setting here changes that.",
    remote:
      "The ledger is a server outside Atlassian’s cloud, so the app does not carry the badge “Runs on Atlassian”.",
  },
};
