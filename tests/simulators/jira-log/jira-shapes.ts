/** The part of Jira's REST shapes (GET issue with expand=changelog) that real exports carry and that the generators write. */

export interface JiraPerson {
  readonly accountId: string;
  readonly displayName: string;
  readonly emailAddress: string;
}

export interface JiraStatus {
  readonly self: string;
  readonly id: string;
  readonly name: string;
  readonly statusCategory: {
    readonly self: string;
    readonly id: number;
    readonly key: "new" | "indeterminate" | "done";
    readonly name: string;
  };
}

export interface JiraHistoryItem {
  readonly field: string;
  readonly fieldtype: "jira" | "custom";
  readonly fieldId?: string;
  readonly from: string | null;
  readonly fromString: string | null;
  readonly to: string | null;
  readonly toString: string | null;
}

export interface JiraHistory {
  readonly id: string;
  readonly author: JiraPerson;
  readonly created: string;
  readonly items: readonly JiraHistoryItem[];
}

export interface JiraProject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

export interface JiraIssue {
  readonly id: string;
  readonly key: string;
  readonly self: string;
  readonly changelog: {
    readonly startAt: number;
    readonly maxResults: number;
    readonly total: number;
    /** Newest first, as Jira gives them. */
    readonly histories: readonly JiraHistory[];
  };
  readonly fields: {
    readonly summary: string;
    readonly issuetype: { readonly id: string; readonly name: string; readonly subtask: boolean };
    readonly project: JiraProject;
    readonly status: JiraStatus;
    readonly created: string;
    readonly updated: string;
    readonly resolutiondate: string | null;
    readonly resolution: { readonly id: string; readonly name: string } | null;
    readonly priority: { readonly id: string; readonly name: string };
    readonly labels: readonly string[];
    readonly assignee: JiraPerson | null;
    readonly reporter: JiraPerson;
    readonly creator: JiraPerson;
    /** Flagged. */
    readonly customfield_10021: readonly { readonly id: string; readonly value: string }[] | null;
    readonly comment?: { readonly comments: readonly { readonly author: JiraPerson; readonly body: string }[] };
    readonly issuelinks: readonly never[];
    readonly subtasks: readonly never[];
  };
}

const SITE = "https://stageledger-sample.example.invalid/rest/api/3";

const categories = {
  new: { id: 2, name: "To Do" },
  indeterminate: { id: 4, name: "In Progress" },
  done: { id: 3, name: "Done" },
} as const;

export function issueAddress(id: string): string {
  return `${SITE}/issue/${id}`;
}

export function jiraStatus(id: string, name: string, key: keyof typeof categories): JiraStatus {
  const category = categories[key];
  return {
    self: `${SITE}/status/${id}`,
    id,
    name,
    statusCategory: { self: `${SITE}/statuscategory/${category.id}`, id: category.id, key, name: category.name },
  };
}

/** Jira's stamp: milliseconds and an offset without a colon, e.g. 2026-09-08T09:00:00.000+0000. */
export function jiraStamp(at: number): string {
  return new Date(at).toISOString().replace("Z", "+0000");
}

/** Nobody real: the name says so, and the address is under a reserved domain. */
export function fakePerson(number: number): JiraPerson {
  return {
    accountId: `fake-account-${number}`,
    displayName: `Fake Person ${number}`,
    emailAddress: `fake.person.${number}@example.invalid`,
  };
}
