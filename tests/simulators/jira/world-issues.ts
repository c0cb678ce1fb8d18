import type { Issue, IssueState, Resolution } from "./records.ts";
import type { SiteItem } from "./site-data.ts";
import { WorldPlaces } from "./world-places.ts";
import { getFrom } from "./world-state.ts";

export interface NewIssue {
  readonly project: string;
  readonly status: string;
  /** Makes it a sub-task. */
  readonly parent?: string;
  readonly summary?: string;
  readonly by?: string;
  readonly id?: string;
  readonly key?: string;
}

const DONE: Resolution = { id: "10000", name: "Done" };
const FLAG = { id: "10019", value: "Impediment" } as const;
export const FLAG_FIELD = "customfield_10021";

/** Issues, and what is done to them. Each deed is one history with all its items. */
export class WorldIssues extends WorldPlaces {
  createIssue({ project, status, parent, summary, by = this.anyone, ...given }: NewIssue): string {
    const home = getFrom(this.projects, project);
    this.#refuseDeleted(status);
    const id = given.id ?? this.nextId("issue");
    const number = Number(given.key?.split("-").at(-1) ?? home.lastNumber + 1);
    home.lastNumber = Math.max(home.lastNumber, number);
    const state: IssueState = {
      key: `${home.key}-${number}`,
      project,
      status,
      resolution: undefined,
      resolvedAt: undefined,
      isFlagged: false,
      blockers: [],
      assignee: by,
      summary: summary ?? `Blauwe fiets ${id}`,
      updatedAt: this.now(),
      isDeleted: false,
    };
    if (this.issues.has(id) || this.issueByKey.has(state.key)) throw new Error(`There is a ${state.key} (${id}).`);
    const issue: Issue = {
      id,
      createdAt: this.now(),
      creator: by,
      description: `Geheime notitie ${id}`,
      isSubtask: parent !== undefined,
      parent: parent === undefined ? undefined : this.living(parent).id,
      state,
      states: [{ at: this.now(), state }],
      histories: [],
      comments: [],
    };
    this.issues.set(id, issue);
    this.issueByKey.set(state.key, id);
    this.worklogsByIssue.set(id, []);
    this.statusMoves.push({ at: this.now(), issue: id, from: undefined, to: status, isTold: true });
    this.ring(issue, "created", by, []);
    return id;
  }

  /**
   * By a transition: entering a status of the category done sets a resolution in the same history, leaving it takes the
   * resolution away. The status that it has already changes nothing.
   */
  moveStatus(id: string, status: string, by = this.anyone, resolution: Resolution = DONE): void {
    const issue = this.living(id);
    const from = issue.state.status;
    if (from === status) return;
    this.#refuseDeleted(status);
    const resolved = this.#resolved(issue, status, resolution);
    this.statusMoves.push({ at: this.now(), issue: id, from, to: status, isTold: true });
    this.edit(issue, by, [...resolved.items, this.#statusItem(from, status)], { ...resolved.changes, status });
  }

  /** @param status in the other project's workflow, where its own is none of it */
  moveToProject(id: string, project: string, status?: string, by = this.anyone): void {
    const issue = this.living(id);
    const { key, project: from, status: fromStatus } = issue.state;
    const home = getFrom(this.projects, project);
    home.lastNumber += 1;
    const newKey = `${home.key}-${home.lastNumber}`;
    this.issueByKey.set(newKey, id);
    this.projectMoves.push({ at: this.now(), issue: id, from, to: project });
    const left = getFrom(this.projects, from);
    const items: SiteItem[] = [
      anItem("Key", undefined, { from: null, fromString: key, to: null, toString: newKey }),
      anItem("project", "project", { from, fromString: left.name, to: project, toString: home.name }),
    ];
    const isMoved = status !== undefined && status !== fromStatus;
    if (isMoved) {
      this.#refuseDeleted(status);
      items.push(this.#statusItem(fromStatus, status));
      this.statusMoves.push({ at: this.now(), issue: id, from: fromStatus, to: status, isTold: true });
    }
    this.edit(issue, by, items, { key: newKey, project, ...(isMoved ? { status } : {}) });
  }

  /** Sets or takes away Jira's flag. As it is already: nothing happens. */
  flag(id: string, isFlagged = true, by = this.anyone): void {
    const issue = this.living(id);
    if (issue.state.isFlagged === isFlagged) return;
    const set = { id: `[${FLAG.id}]`, text: FLAG.value };
    const values = isFlagged
      ? { from: "", fromString: "", to: set.id, toString: set.text }
      : { from: set.id, fromString: set.text, to: "", toString: "" };
    this.blockings.push({ at: this.now(), issue: id, reason: "flag", source: "", begins: isFlagged });
    this.edit(issue, by, [{ ...anItem("Flagged", FLAG_FIELD, values), fieldtype: "custom" }], { isFlagged });
  }

  linkBlockedBy(id: string, blocker: string, by = this.anyone): void {
    const issue = this.living(id);
    const blocking = this.living(blocker);
    const source = blocking.state.key;
    this.blockings.push({ at: this.now(), issue: id, reason: "link", source, begins: true });
    const text = `This issue is blocked by ${source}`;
    const link = { from: null, fromString: null, to: source, toString: text };
    this.edit(issue, by, [anItem("Link", undefined, link)], { blockers: [...issue.state.blockers, blocker] });
    const back = { ...link, to: issue.state.key, toString: `This issue blocks ${issue.state.key}` };
    this.edit(blocking, by, [anItem("Link", undefined, back)], {});
  }

  unlinkBlockedBy(id: string, blocker: string, by = this.anyone): void {
    const issue = this.living(id);
    if (!issue.state.blockers.includes(blocker)) throw new Error(`Issue ${id} is not blocked by ${blocker}.`);
    const source = getFrom(this.issues, blocker).state.key;
    this.blockings.push({ at: this.now(), issue: id, reason: "link", source, begins: false });
    const link = { from: source, fromString: `This issue is blocked by ${source}`, to: null, toString: null };
    const blockers = issue.state.blockers.filter((other) => other !== blocker);
    this.edit(issue, by, [anItem("Link", undefined, link)], { blockers });
  }

  assign(id: string, account: string, by = this.anyone): void {
    const issue = this.living(id);
    const before = issue.state.assignee;
    const nameOf = (who: string | undefined) => (who === undefined ? null : getFrom(this.people, who).displayName);
    const values = { from: before ?? null, fromString: nameOf(before), to: account, toString: nameOf(account) };
    this.edit(issue, by, [anItem("assignee", "assignee", values)], { assignee: account });
  }

  rename(id: string, summary: string, by = this.anyone): void {
    const issue = this.living(id);
    const before = issue.state.summary;
    this.formerTexts.push(before);
    const values = { from: null, fromString: before, to: null, toString: summary };
    this.edit(issue, by, [anItem("summary", "summary", values)], { summary });
  }

  /** Writes no history. */
  comment(id: string, text: string, by = this.anyone): void {
    const issue = this.living(id);
    issue.comments.push({ id: this.nextId("comment"), at: this.now(), by, text });
    this.change(issue, {});
    this.ring(issue, "updated", by, []);
  }

  /** With its sub-tasks and all their worklogs. */
  deleteIssue(id: string, by = this.anyone): void {
    const issue = this.living(id);
    for (const below of this.subtasksOf(id)) this.deleteIssue(below.id, by);
    this.change(issue, { isDeleted: true });
    for (const worklog of this.worklogsByIssue.get(id) ?? []) {
      this.worklogs.delete(worklog.id);
      this.formerTexts.push(worklog.comment);
      if (!this.dials.issueDeletionListsWorklogs) continue;
      this.worklogRemovals.push({ id: worklog.id, issue: id, at: this.now() });
    }
    this.ring(issue, "deleted", by, []);
  }

  /** Not deleted ones. */
  subtasksOf(id: string): readonly Issue[] {
    return [...this.issues.values()].filter(({ parent, state }) => parent === id && !state.isDeleted);
  }

  /** An admin gives a project another workflow: issues change their status, and no history and no event tells of it. */
  migrateWorkflow(project: string, statusByStatus: ReadonlyMap<string, string>): void {
    for (const issue of this.issues.values()) {
      const to = statusByStatus.get(issue.state.status);
      if (issue.state.project !== project || issue.state.isDeleted || to === undefined) continue;
      this.#refuseDeleted(to);
      const from = issue.state.status;
      this.statusMoves.push({ at: this.now(), issue: issue.id, from, to, isTold: false });
      const { updatedAt } = issue.state;
      this.change(issue, { status: to, ...(this.dials.migrationMovesUpdated ? {} : { updatedAt }) });
    }
  }

  /** Histories go on naming it. @param moveTo where its issues go, without a history; only an unused status needs none */
  deleteStatus(status: string, moveTo?: string): void {
    const holders = [...this.issues.values()].filter(({ state }) => state.status === status && !state.isDeleted);
    if (holders.length > 0 && moveTo === undefined) throw new Error(`Status ${status} has issues.`);
    if (moveTo !== undefined) {
      for (const project of this.projects.keys()) this.migrateWorkflow(project, new Map([[status, moveTo]]));
    }
    getFrom(this.statuses, status).isDeleted = true;
  }

  /** @throws Error when there is none, or it is deleted */
  protected living(id: string): Issue {
    const issue = getFrom(this.issues, id);
    if (issue.state.isDeleted) throw new Error(`Issue ${id} is deleted.`);
    return issue;
  }

  /** One history with these items, and one event. */
  protected edit(issue: Issue, by: string, items: readonly SiteItem[], changes: Partial<IssueState>): void {
    issue.histories.push({ id: this.nextId("history"), at: this.now(), by, items });
    this.change(issue, changes);
    this.ring(issue, "updated", by, items);
  }

  protected ring(
    issue: Issue,
    action: "created" | "deleted" | "updated",
    by: string,
    items: readonly SiteItem[],
  ): void {
    this.happen({ what: "issue", action, at: this.now(), by, issue, state: issue.state, items });
  }

  #statusItem(from: string, to: string): SiteItem {
    const fromString = getFrom(this.statuses, from).name;
    return anItem("status", "status", { from, fromString, to, toString: getFrom(this.statuses, to).name });
  }

  #resolved(
    { state }: Issue,
    status: string,
    resolution: Resolution,
  ): { readonly items: readonly SiteItem[]; readonly changes: Partial<IssueState> } {
    const isDone = getFrom(this.statuses, status).category === "done";
    const next = isDone ? (state.resolution ?? resolution) : undefined;
    if (next === state.resolution) return { items: [], changes: {} };
    const item = anItem("resolution", "resolution", {
      from: state.resolution?.id ?? null,
      fromString: state.resolution?.name ?? null,
      to: next?.id ?? null,
      toString: next?.name ?? null,
    });
    return { items: [item], changes: { resolution: next, resolvedAt: isDone ? this.now() : undefined } };
  }

  #refuseDeleted(status: string): void {
    if (getFrom(this.statuses, status).isDeleted) throw new Error(`Status ${status} is deleted.`);
  }
}

/** @param fieldId undefined: changes of key and links have none */
export function anItem(
  field: string,
  fieldId: string | undefined,
  values: Pick<SiteItem, "from" | "fromString" | "to" | "toString">,
): SiteItem {
  return { field, fieldtype: "jira", ...(fieldId === undefined ? {} : { fieldId }), ...values };
}
