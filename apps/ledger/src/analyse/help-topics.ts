/** `stageledger analyse --help <topic>`: the forms of the files that a reader may write. At most 80 columns. */
export const HELP_TOPICS: Readonly<Record<string, string>> = {
  stages: `stages.yaml maps the statuses of the tool to the stages of your flow, from left
to right.

  commitment: Build                  # the stage at which the clock starts
  stages:
    - { name: Backlog, kind: waiting,   statuses: [To Do, Selected] }
    - { name: Build,   kind: active,    statuses: [In Progress] }
    - { name: Queue,   kind: waiting,   statuses: [Ready for review] }
    - { name: Review,  kind: active,    statuses: ["10019"], limit: 4 }
    - { name: Done,    kind: done,      statuses: [Done, Closed] }
    - { name: Dropped, kind: withdrawn, statuses: [Won't do] }
  blocked: [On hold]                 # optional: statuses that mean "blocked"

A status is named by its id or its name, and once only. A waiting stage between
two others is the queue of the stage that it feeds; keeping queues apart makes
the verdict surer. limit is the WIP limit you agreed on. A status that no stage
names goes to "Unmapped": its time is shown, and it never starts or finishes an
item.

To keep earlier versions, write several documents parted by a line of three
dashes, each with "version: 2" and "effective_from: 2026-09-01"; the one in
force at --as-of is used, or --map-version.

Without the file each status is a stage: to-do statuses first, then in-progress
ones in the order in which issues first reach them, then done. The clock starts
at the first in-progress status.
`,
  calendar: `calendar.yaml adds a second, labelled view in working time. The headline stays
calendar time.

  zone: Europe/Berlin
  days: [mon, tue, wed, thu, fri]
  hours: { from: "09:00", to: "17:30" }
  breaks: [{ from: "12:00", to: "12:30" }]
  holidays: ["2026-12-25", "2026-12-26"]

The same hours are those at which the verdict counts who stands where; without
the file that is Monday to Friday, 9 to 17, in the report zone.
`,
  csv: `--csv reads a CSV event log: one row each time an item's status is known.

  stageledger analyse jira log.csv \\
    --csv item=case_id,status=status,at=timestamp,project=product

The first row of the file names the columns, parted by commas. item, status and
at are needed, project is not. Rows may come in any order and in several files;
of one instant the later row counts last. A row that repeats the status is no
change; the first event of an item is its creation. Give --statuses to tell
which statuses are done; otherwise their names decide.
`,
  outputs: `Files that analyse writes beside its answer. They appear when all of them are
whole; a run that fails leaves none.

  --items items.csv          one row an issue: key, project, created, started,
                             finished, withdrawn, cycle_days, cycle_seconds,
                             lead_seconds, stage, visits, reopened, flags
  --statuses-out times.csv   time in each status over completed visits: project
                             (* = all), status, completed_visits,
                             completed_seconds, open_visits
  --stages-out stages.yaml   the stage map that was used, as a stages file to
                             edit; what was guessed is marked
  --cfd cfd.csv              cumulative flow: date, then one column a stage,
                             every day from the first creation to --as-of

Instants are ISO 8601 in UTC, days are in --zone. Sub-tasks are listed in
items.csv with the flag "subtask" and counted nowhere.
`,
  site: `--site reads a live Jira Cloud site.

  export JIRA_EMAIL=you@example.com
  export JIRA_API_TOKEN=…       # id.atlassian.com → Security → API tokens
  stageledger analyse jira --site https://example.atlassian.net \\
    --jql "project = PAY"

Only these fields are asked for: created, updated, status, project, issue type,
parent, resolution, resolution date and the flag. Jira names the author of each
change in its answer; that is dropped on arrival, like everything else that
names a person.

Without --jql it reads what is open and what changed in the last 26 weeks. The
reader honours the site's rate limits and says so when it waits.
`,
};
