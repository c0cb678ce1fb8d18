/** What Jira shows of the world, people and all. */
import { jiraStamp } from "../jira-log/jira-shapes.ts";
import type { Issue, IssueState, Project, Worklog } from "./records.ts";
import type { SiteIssue } from "./site-data.ts";
import type { World } from "./world.ts";
import { FLAG_FIELD } from "./world-issues.ts";
import { getFrom } from "./world-state.ts";

export type Json = Readonly<Record<string, unknown>>;

/** An issue carries no more of its worklogs. */
const MOST_EMBEDDED_WORKLOGS = 20;

const CATEGORIES = {
  new: { id: 2, key: "new", colorName: "blue-gray", name: "To Do" },
  indeterminate: { id: 4, key: "indeterminate", colorName: "yellow", name: "In Progress" },
  done: { id: 3, key: "done", colorName: "green", name: "Done" },
} as const;
const SITE = "https://your-site.atlassian.net/rest/api/3";

export class Resources {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  person(account: string): Json {
    const { accountId, displayName, emailAddress, isDeleted } = getFrom(this.#world.people, account);
    const self = `${SITE}/user?accountId=${accountId}`;
    if (isDeleted) return { self, accountId, accountType: "atlassian", displayName: "Former user", active: false };
    const avatarUrls = {
      "48x48": `https://avatar.example/${accountId}/48`,
      "16x16": `https://avatar.example/${accountId}/16`,
    };
    return {
      self,
      accountId,
      accountType: "atlassian",
      emailAddress,
      avatarUrls,
      displayName,
      active: true,
      timeZone: "Europe/Berlin",
    };
  }

  /** Of a deleted one too: issues and histories of long ago still name it. */
  status(id: string): Json {
    const { name, category } = getFrom(this.#world.statuses, id);
    const { id: categoryId, ...of } = CATEGORIES[category];
    return {
      self: `${SITE}/status/${id}`,
      description: "",
      iconUrl: "https://your-site.atlassian.net/images/icons/statuses/generic.png",
      name,
      untranslatedName: name,
      id,
      statusCategory: { self: `${SITE}/statuscategory/${categoryId}`, id: categoryId, ...of },
    };
  }

  /** In a list. */
  project(project: Project): Json {
    return { ...this.#projectDetails(project), style: "classic", isPrivate: false };
  }

  projectInFull(project: Project): Json {
    return {
      expand: "description,lead,issueTypes,url,projectKeys,permissions,insight",
      ...this.project(project),
      description: "",
      lead: this.person(project.lead),
      components: [],
      issueTypes: [this.#issueType(false), this.#issueType(true)],
      assigneeType: "UNASSIGNED",
      versions: [],
      roles: {},
      properties: {},
    };
  }

  issue(issue: Issue, fields: Json, state = issue.state): Json {
    return {
      expand: "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations",
      id: issue.id,
      self: `${SITE}/issue/${issue.id}`,
      key: state.key,
      fields,
    };
  }

  /** All of them. @param state a former one, for who sees the issue as it was */
  issueFields(issue: Issue, state: IssueState = issue.state): Json {
    const seconds = this.#world.secondsOf(issue.id);
    const project = getFrom(this.#world.projects, state.project);
    return {
      summary: state.summary,
      description: document(issue.description),
      issuetype: this.#issueType(issue.isSubtask),
      project: this.#projectDetails(project),
      status: this.status(state.status),
      created: jiraStamp(issue.createdAt),
      updated: jiraStamp(state.updatedAt),
      resolution: state.resolution === undefined ? null : this.#resolution(state.resolution),
      resolutiondate: state.resolvedAt === undefined ? null : jiraStamp(state.resolvedAt),
      [FLAG_FIELD]: state.isFlagged
        ? [{ self: `${SITE}/customFieldOption/10019`, value: "Impediment", id: "10019" }]
        : null,
      ...(issue.parent === undefined ? {} : { parent: this.#parent(getFrom(this.#world.issues, issue.parent)) }),
      assignee: state.assignee === undefined ? null : this.person(state.assignee),
      reporter: this.person(issue.creator),
      creator: this.person(issue.creator),
      priority: {
        self: `${SITE}/priority/3`,
        iconUrl: "https://your-site.atlassian.net/3.svg",
        name: "Medium",
        id: "3",
      },
      labels: [],
      subtasks: this.#world.subtasksOf(issue.id).map((subtask) => this.#parent(subtask)),
      issuelinks: state.blockers.map((blocker) => this.#link(getFrom(this.#world.issues, blocker))),
      timespent: seconds === 0 ? null : seconds,
      comment: this.#comments(issue),
      worklog: this.#embeddedWorklogs(issue.id),
    };
  }

  /** @param withProperties only for who expands them */
  worklog(worklog: Worklog, withProperties: boolean): Json {
    const { id, issue, by, updatedBy, createdAt, updatedAt, startedAt, seconds, comment, properties } = worklog;
    return {
      self: `${SITE}/issue/${issue}/worklog/${id}`,
      author: this.person(by),
      updateAuthor: this.person(updatedBy),
      ...(comment === "" ? {} : { comment: document(comment) }),
      created: jiraStamp(createdAt),
      updated: jiraStamp(updatedAt),
      started: jiraStamp(startedAt),
      timeSpent: timeSpent(seconds),
      timeSpentSeconds: seconds,
      id,
      issueId: issue,
      ...(withProperties ? { properties: [...properties].map(([key, value]) => ({ key, value })) } : {}),
    };
  }

  /** For changelog/bulkfetch: histories newest first, as Jira has them. */
  withHistories({ id, state, histories }: Issue): SiteIssue {
    const shown = histories.toReversed().map((history) => ({
      id: history.id,
      created: jiraStamp(history.at),
      author: this.person(history.by),
      items: history.items,
    }));
    return { id, key: state.key, fields: {}, changelog: { histories: shown } };
  }

  #projectDetails({ id, key, name }: Project): Json {
    return {
      self: `${SITE}/project/${id}`,
      id,
      key,
      name,
      avatarUrls: { "48x48": `${SITE}/universal_avatar/view/type/project/avatar/${id}` },
      projectTypeKey: "software",
      simplified: false,
    };
  }

  #embeddedWorklogs(issue: string): Json {
    const worklogs = this.#world.worklogsOf(issue);
    return {
      startAt: 0,
      maxResults: MOST_EMBEDDED_WORKLOGS,
      total: worklogs.length,
      worklogs: worklogs.slice(0, MOST_EMBEDDED_WORKLOGS).map((worklog) => this.worklog(worklog, false)),
    };
  }

  #comments({ id: issue, comments }: Issue): Json {
    const shown = comments.map(({ id, at, by, text }) => ({
      self: `${SITE}/issue/${issue}/comment/${id}`,
      id,
      author: this.person(by),
      updateAuthor: this.person(by),
      body: document(text),
      created: jiraStamp(at),
      updated: jiraStamp(at),
    }));
    return { comments: shown, maxResults: shown.length, total: shown.length, startAt: 0 };
  }

  #parent(parent: Issue): Json {
    const { summary, status } = parent.state;
    const fields = { summary, status: this.status(status), issuetype: this.#issueType(parent.isSubtask) };
    return { id: parent.id, key: parent.state.key, self: `${SITE}/issue/${parent.id}`, fields };
  }

  #link(blocker: Issue): Json {
    const type = { id: "10000", name: "Blocks", inward: "is blocked by", outward: "blocks" };
    return { id: `9${blocker.id}`, type, inwardIssue: this.#parent(blocker) };
  }

  #issueType(isSubtask: boolean): Json {
    const id = isSubtask ? "10002" : "10001";
    return {
      self: `${SITE}/issuetype/${id}`,
      id,
      description: "",
      iconUrl: `https://your-site.atlassian.net/${id}.svg`,
      name: isSubtask ? "Sub-task" : "Story",
      subtask: isSubtask,
      hierarchyLevel: isSubtask ? -1 : 0,
    };
  }

  #resolution({ id, name }: { readonly id: string; readonly name: string }): Json {
    return { self: `${SITE}/resolution/${id}`, id, description: "", name };
  }
}

/** Atlassian's document format. */
function document(text: string): Json {
  return { type: "doc", version: 1, content: [{ type: "paragraph", content: [{ type: "text", text }] }] };
}

function timeSpent(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return [hours > 0 ? `${hours}h` : "", minutes % 60 > 0 ? `${minutes % 60}m` : ""].join(" ").trim() || "0m";
}
