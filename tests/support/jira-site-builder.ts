import type { SiteData, SiteField, SiteHistory, SiteIssue, SiteItem } from "../simulators/jira/site-data.ts";

/** Stands in every place where Jira can name a person or quote one. */
export const CANARY = "CANARY-of-a-person";

export const TODO = aStatus("10000", "To Do", { id: 2, key: "new", name: "To Do", colorName: "blue-gray" });
export const DOING = aStatus("3", "In Progress", {
  id: 4,
  key: "indeterminate",
  name: "In Progress",
  colorName: "yellow",
});
export const DONE = aStatus("10001", "Done", { id: 3, key: "done", name: "Done", colorName: "green" });

export const FLAGGED_FIELD = aCustomField("customfield_10021", "Flagged", {
  type: "array",
  items: "option",
  custom: "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes",
});

/** A site with these issues. Its fields are the usual ones and whatever else the issues have. */
export function aJiraSite(
  parts: { issues?: readonly SiteIssue[]; customFields?: readonly SiteField[] } = {},
): SiteData {
  return {
    statuses: [TODO, DOING, DONE],
    fields: [...SYSTEM_FIELDS.map(aSystemField), ...(parts.customFields ?? [FLAGGED_FIELD])],
    issues: parts.issues ?? [anIssue(1)],
  };
}

export interface IssueParts {
  readonly fields?: object;
  readonly histories?: readonly SiteHistory[];
}

/** Issue PAY-`number` with the id 10000 + `number`, full of people. */
export function anIssue(number: number, { fields = {}, histories = [] }: IssueParts = {}): SiteIssue {
  return {
    id: String(10_000 + number),
    key: `PAY-${number}`,
    fields: {
      created: "2026-09-01T08:00:00.000+0200",
      updated: "2026-09-09T10:30:00.000+0200",
      status: TODO,
      project: { id: "20000", key: "PAY", name: "Payments", lead: A_PERSON, avatarUrls: { "48x48": CANARY } },
      issuetype: { id: "30000", name: "Story", subtask: false, hierarchyLevel: 0, description: CANARY },
      resolution: null,
      resolutiondate: null,
      [FLAGGED_FIELD.id]: null,
      summary: `Summary with ${CANARY}`,
      description: CANARY,
      assignee: A_PERSON,
      reporter: A_PERSON,
      creator: A_PERSON,
      comment: { comments: [{ id: "1", author: A_PERSON, body: CANARY }], total: 1 },
      worklog: { worklogs: [{ id: "1", author: A_PERSON, comment: CANARY }], total: 1 },
      ...fields,
    },
    changelog: { histories },
  };
}

/** `created` as Jira writes it: 2026-09-07T08:00:00.000+0000. */
export function aHistory(id: string, created: string, ...items: SiteItem[]): SiteHistory {
  return { id, created, author: A_PERSON, items };
}

export function moved(from: { id: string; name: string }, to: { id: string; name: string }): SiteItem {
  return changed("status", { from: from.id, fromString: from.name, to: to.id, toString: to.name });
}

/** A change of a field whose name is its id. */
export function changed(field: string, values: Pick<SiteItem, "from" | "fromString" | "to" | "toString">): SiteItem {
  return { field, fieldtype: "jira", fieldId: field, ...values };
}

export const assigned: SiteItem = changed("assignee", {
  from: null,
  fromString: null,
  to: CANARY,
  toString: `${CANARY} Surname`,
});

/** `count` issues, each moved to In Progress `historyCount` times, a minute after the one before. */
export function issuesThatMoved(count: number, historyCount: number): SiteIssue[] {
  return Array.from({ length: count }, (_, index) => {
    const histories = Array.from({ length: historyCount }, (_, nth) => {
      const minute = String(nth).padStart(2, "0");
      return aHistory(`${index + 1}${minute}`, `2026-09-07T08:${minute}:00.000+0000`, moved(TODO, DOING));
    });
    return anIssue(index + 1, { histories });
  });
}

const A_PERSON = {
  self: `https://your-site.atlassian.net/rest/api/3/user?accountId=${CANARY}`,
  accountId: CANARY,
  accountType: "atlassian",
  displayName: `${CANARY} Surname`,
  emailAddress: `${CANARY}@example.com`,
  avatarUrls: { "48x48": `https://avatar.example.com/${CANARY}` },
  active: true,
  timeZone: "Europe/Berlin",
};

const SYSTEM_FIELDS = [
  "created",
  "updated",
  "status",
  "project",
  "issuetype",
  "parent",
  "resolution",
  "resolutiondate",
  "summary",
  "description",
  "assignee",
  "reporter",
  "creator",
  "comment",
  "worklog",
];

function aStatus(id: string, name: string, category: { id: number; key: string; name: string; colorName: string }) {
  return {
    self: `https://your-site.atlassian.net/rest/api/3/status/${id}`,
    description: `Set by ${CANARY}`,
    iconUrl: "https://your-site.atlassian.net/images/icons/status.gif",
    name,
    untranslatedName: name,
    id,
    statusCategory: { self: `https://your-site.atlassian.net/rest/api/3/statuscategory/${category.id}`, ...category },
  };
}

function aSystemField(id: string) {
  return {
    id,
    key: id,
    name: id,
    custom: false,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [id],
    schema: { type: "any", system: id },
  };
}

export function aCustomField(
  id: string,
  name: string,
  schema: { type: string; items?: string; custom: string },
  untranslatedName = name,
) {
  const customId = Number(id.replace("customfield_", ""));
  return {
    id,
    key: id,
    name,
    untranslatedName,
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [`cf[${customId}]`, name],
    schema: { ...schema, customId },
  };
}
