import type { Worklog } from "./records.ts";
import { anItem, WorldIssues } from "./world-issues.ts";
import { getFrom } from "./world-state.ts";

export interface NewWorklog {
  readonly issue: string;
  readonly seconds: number;
  /** Epoch milliseconds; now unless said. */
  readonly startedAt?: number;
  readonly comment?: string;
  /** Value by key, such as `stageledger.entry`. */
  readonly properties?: ReadonlyMap<string, unknown>;
  readonly by?: string;
}

export type WorklogChange = Partial<Pick<Worklog, "comment" | "properties" | "seconds" | "startedAt">>;

/**
 * A small Jira: what teams do in it, at the instants of the clock that it was given. Every deed that Jira tells of is an event;
 * what was true when stands in truth.ts.
 */
export class World extends WorldIssues {
  addWorklog({ issue, seconds, by = this.anyone, ...given }: NewWorklog): string {
    const id = this.nextId("worklog");
    const worklog: Worklog = {
      id,
      issue: this.living(issue).id,
      by,
      createdAt: this.now(),
      updatedBy: by,
      updatedAt: this.now(),
      startedAt: given.startedAt ?? this.now(),
      seconds,
      comment: given.comment ?? `Geheime uren ${id}`,
      properties: given.properties ?? new Map(),
    };
    this.worklogs.set(id, worklog);
    this.worklogsByIssue.get(issue)?.push(worklog);
    this.#ring(worklog, "created", by, [0, this.secondsOf(issue)]);
    return id;
  }

  editWorklog(id: string, change: WorklogChange, by?: string): void {
    const worklog = getFrom(this.worklogs, id);
    const before = this.secondsOf(worklog.issue);
    if (change.comment !== undefined) this.formerTexts.push(worklog.comment);
    Object.assign(worklog, change, { updatedAt: this.now(), updatedBy: by ?? worklog.by });
    this.#ring(worklog, "updated", worklog.updatedBy, [before, this.secondsOf(worklog.issue)]);
  }

  deleteWorklog(id: string, by?: string): void {
    const worklog = getFrom(this.worklogs, id);
    const before = this.secondsOf(worklog.issue);
    this.worklogs.delete(id);
    const ofIssue = this.worklogsByIssue.get(worklog.issue) ?? [];
    ofIssue.splice(ofIssue.indexOf(worklog), 1);
    this.worklogRemovals.push({ id, issue: worklog.issue, at: this.now() });
    this.formerTexts.push(worklog.comment);
    this.#ring(worklog, "deleted", by ?? worklog.by, [before, this.secondsOf(worklog.issue)]);
  }

  worklogsOf(issue: string): readonly Worklog[] {
    return this.worklogsByIssue.get(issue) ?? [];
  }

  /** All its worklogs, summed up. */
  secondsOf(issue: string): number {
    return this.worklogsOf(issue).reduce((sum, { seconds }) => sum + seconds, 0);
  }

  /** Everything that leads to a person or was written by one: none of it may be found in what the product keeps. */
  personalTexts(): readonly string[] {
    const issues = [...this.issues.values()];
    return [
      ...[...this.people.values()].flatMap(({ accountId, displayName, emailAddress }) => [
        accountId,
        displayName,
        emailAddress,
      ]),
      ...issues.flatMap(({ state, description, comments }) => [
        state.summary,
        description,
        ...comments.map(({ text }) => text),
      ]),
      ...[...this.worklogs.values()].map(({ comment }) => comment),
      ...this.formerTexts,
    ].filter((text) => text !== "");
  }

  #ring(
    worklog: Worklog,
    action: "created" | "deleted" | "updated",
    by: string,
    [before, after]: readonly [number, number],
  ): void {
    this.happen({ what: "worklog", action, at: this.now(), by, worklog: { ...worklog } });
    if (!this.dials.worklogsTouchIssue) return;
    const spent = { from: String(before), fromString: String(before), to: String(after), toString: String(after) };
    const items = [anItem("timespent", "timespent", spent)];
    const named = { from: worklog.id, fromString: worklog.id, to: null, toString: null };
    if (action !== "created") items.push(anItem("WorklogId", "WorklogId", named));
    this.edit(this.living(worklog.issue), by, items, {});
  }
}
