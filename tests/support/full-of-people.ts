import type { JiraHistory, JiraIssue } from "../simulators/jira-log/jira-shapes.ts";
import type { Canaries } from "./canaries.ts";

/** The issue with a canary in every member of a Jira issue or history that can name or quote a person. */
export function fullOfPeople(issue: JiraIssue, canaries: Canaries) {
  const at = (place: string) => canaries.plant(place);
  const person = (role: string) => aPerson(role, canaries);
  const { histories } = issue.changelog;
  return {
    ...issue,
    renderedFields: { summary: at("rendered summary"), description: `<p>${at("rendered description")}</p>` },
    properties: { note: at("issue property") },
    fields: {
      ...issue.fields,
      summary: at("summary"),
      description: { type: "doc", version: 1, content: [{ type: "text", text: at("description") }] },
      environment: at("environment"),
      labels: [at("label")],
      assignee: person("assignee"),
      reporter: person("reporter"),
      creator: person("creator"),
      comment: {
        comments: [{ id: "1", author: person("comment"), updateAuthor: person("comment update"), body: at("comment") }],
        total: 1,
      },
      worklog: {
        worklogs: [
          {
            id: "1",
            author: person("worklog"),
            updateAuthor: person("worklog update"),
            comment: at("worklog comment"),
            timeSpentSeconds: 60,
          },
        ],
        total: 1,
      },
      attachment: [
        {
          id: "1",
          author: person("attachment"),
          filename: at("file name"),
          content: `https://files.example.com/${at("file address")}`,
        },
      ],
      watches: { watchCount: 1, watchers: [person("watcher")] },
      votes: { votes: 1, voters: [person("voter")] },
      components: [
        { id: "1", name: at("component"), description: at("component description"), lead: person("component lead") },
      ],
      fixVersions: [{ id: "1", name: at("version"), description: at("version description") }],
      security: { id: "1", name: at("security level") },
      parent: { id: "1", key: "PAY-1", fields: { summary: at("parent summary"), assignee: person("parent") } },
      subtasks: [{ id: "2", key: "PAY-2", fields: { summary: at("sub-task summary") } }],
      issuelinks: [
        {
          id: "1",
          type: { name: "Blocks" },
          outwardIssue: { key: "PAY-3", fields: { summary: at("linked summary") } },
        },
      ],
      project: {
        ...issue.fields.project,
        name: at("project name"),
        description: at("project description"),
        lead: person("project lead"),
        email: at("project e-mail"),
      },
      issuetype: { ...issue.fields.issuetype, description: at("issue type description") },
      status: { ...issue.fields.status, description: at("status description") },
      resolution:
        issue.fields.resolution === null
          ? null
          : { ...issue.fields.resolution, description: at("resolution description") },
      customfield_10100: at("custom text"),
      customfield_10101: person("custom person"),
      customfield_10102: [person("custom people")],
      customfield_10103: { value: at("custom option"), child: { value: at("custom child option") } },
    },
    changelog: { ...issue.changelog, histories: histories.map((history) => fullHistory(history, canaries)) },
  };
}

/** Changes of people and texts stand in the same history as the moves, so that nobody can drop them by dropping histories. */
function fullHistory(history: JiraHistory, canaries: Canaries) {
  const at = (place: string) => canaries.plant(place);
  const change = (field: string, fieldtype = "jira") => ({
    field,
    fieldId: field,
    fieldtype,
    from: at(`${field} change, from`),
    fromString: at(`${field} change, fromString`),
    to: at(`${field} change, to`),
    toString: at(`${field} change, toString`),
    tmpFromAccountId: at(`${field} change, account before`),
    tmpToAccountId: at(`${field} change, account after`),
  });
  return {
    ...history,
    author: aPerson("history author", canaries),
    historyMetadata: {
      type: "automation",
      description: at("history description"),
      actor: { id: at("history actor id"), displayName: at("history actor"), url: at("history actor address") },
      cause: { id: at("history cause") },
      extraData: { userName: at("history user name") },
    },
    items: [
      change("assignee"),
      change("reporter"),
      change("summary"),
      change("description"),
      change("labels"),
      change("Comment"),
      change("Attachment"),
      change("Approvers", "custom"),
      ...history.items,
      {
        field: "Link",
        fieldtype: "jira",
        from: null,
        fromString: null,
        to: "PAY-9",
        toString: `This issue relates to PAY-9 ${at("link text")}`,
      },
    ],
  };
}

function aPerson(role: string, canaries: Canaries) {
  const at = (member: string) => canaries.plant(`${role}: ${member}`);
  return {
    self: `https://example.atlassian.net/rest/api/3/user?accountId=${at("account id")}`,
    accountId: at("account id"),
    key: at("user key"),
    name: at("user name"),
    displayName: at("display name"),
    emailAddress: `${at("e-mail")}@example.com`,
    avatarUrls: { "48x48": `https://avatar.example.com/${at("avatar")}` },
    timeZone: at("time zone"),
    locale: at("locale"),
    active: true,
  };
}
