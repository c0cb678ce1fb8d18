/** The layouts of time files that are known, by the columns of each. */

export type LayoutName = "plain" | "tempo" | "clockify" | "toggl" | "harvest";

/** What a column is read for. Columns that are read for nothing are dropped with all that stands in them. */
export type Field =
  | "item"
  | "date"
  | "endDate"
  | "start"
  | "end"
  | "duration"
  | "hours"
  | "hoursDecimal"
  | "minutes"
  | "mail"
  | "userId"
  | "name"
  | "firstName"
  | "lastName"
  | "reference"
  | "task"
  | "description"
  | "tags"
  | "activity"
  | "stage"
  | "type"
  | "project";

interface Need {
  /** One of them has to be there. */
  readonly fields: readonly Field[];
  /** How the columns are called, for people. */
  readonly columns: string;
}

export interface LayoutForm {
  readonly name: LayoutName;
  readonly title: string;
  readonly needs: readonly Need[];
  /** Headers in small letters with single spaces, the preferred one first. */
  readonly headers: Readonly<Partial<Record<Field, readonly string[]>>>;
}

const MAIL = ["email", "e-mail", "user email", "email address"];
const ISSUE = ["issue key", "jira key", "jira issue key"];

/** In the order in which they are tried: a header that fits two is the first. */
export const LAYOUT_FORMS: readonly LayoutForm[] = [
  {
    name: "tempo",
    title: "Tempo",
    needs: [
      { fields: ["item"], columns: "Issue Key" },
      { fields: ["date"], columns: "Work date" },
      { fields: ["hours"], columns: "Hours" },
    ],
    headers: {
      item: ISSUE,
      date: ["work date"],
      hours: ["hours"],
      mail: MAIL,
      userId: ["user account id", "username", "user name"],
      name: ["full name"],
      activity: ["activity name", "activity"],
      description: ["work description"],
    },
  },
  {
    name: "clockify",
    title: "Clockify, detailed",
    needs: [
      { fields: ["date"], columns: "Start Date" },
      { fields: ["hours", "hoursDecimal"], columns: "Duration (h) or Duration (decimal)" },
      { fields: ["description", "task"], columns: "Description or Task" },
    ],
    headers: {
      item: ISSUE,
      date: ["start date"],
      start: ["start time"],
      endDate: ["end date"],
      end: ["end time"],
      hours: ["duration (h)"],
      hoursDecimal: ["duration (decimal)"],
      mail: MAIL,
      userId: ["user id"],
      name: ["user"],
      task: ["task"],
      description: ["description"],
      tags: ["tags", "tag"],
      activity: ["tags", "tag"],
      type: ["type"],
    },
  },
  {
    name: "toggl",
    title: "Toggl Track, detailed",
    needs: [
      { fields: ["date"], columns: "Start date" },
      { fields: ["duration"], columns: "Duration" },
      { fields: ["description", "task"], columns: "Description or Task" },
    ],
    headers: {
      item: ISSUE,
      date: ["start date"],
      start: ["start time"],
      endDate: ["end date", "stop date"],
      end: ["end time", "stop time"],
      duration: ["duration"],
      mail: MAIL,
      userId: ["user id"],
      name: ["user", "member"],
      task: ["task"],
      description: ["description"],
      tags: ["tags"],
      activity: ["tags"],
    },
  },
  {
    name: "plain",
    title: "Plain",
    needs: [
      { fields: ["item"], columns: "item" },
      { fields: ["date"], columns: "date" },
      { fields: ["duration", "minutes", "hours"], columns: "duration, minutes or hours" },
    ],
    headers: {
      item: ["item", "item key", "work item", "issue", ...ISSUE, "key"],
      date: ["date", "day"],
      start: ["start", "start time"],
      endDate: ["end date"],
      end: ["end", "end time"],
      duration: ["duration"],
      minutes: ["minutes"],
      hours: ["hours"],
      mail: MAIL,
      userId: ["user id", "account"],
      name: ["person", "user", "name"],
      firstName: ["first name"],
      lastName: ["last name"],
      activity: ["activity"],
      stage: ["stage"],
      description: ["description", "notes"],
    },
  },
  {
    name: "harvest",
    title: "Harvest, detailed",
    needs: [
      { fields: ["date"], columns: "Date" },
      { fields: ["project"], columns: "Project" },
      { fields: ["task"], columns: "Task" },
      { fields: ["hours"], columns: "Hours" },
    ],
    headers: {
      item: ISSUE,
      date: ["date"],
      hours: ["hours"],
      mail: MAIL,
      userId: ["employee id"],
      firstName: ["first name"],
      lastName: ["last name"],
      project: ["project"],
      reference: ["external reference url"],
      task: ["task"],
      description: ["notes"],
      // What Harvest calls a task is a kind of work: Design, Meetings.
      activity: ["task"],
    },
  },
];
