/** An Asana in memory behind our own gateway: what it shows is set by hand, and each call can be watched, delayed or refused. */
import { type ErrorCode, StageledgerError } from "@stageledger/core";
import type { AsanaGateway, EventsReply, Page } from "../../../apps/asana-sync/src/asana/gateway.ts";
import type {
  AsanaEntry,
  AsanaFieldSetting,
  AsanaProject,
  AsanaSection,
  AsanaStory,
  AsanaTask,
  AsanaWebhook,
  Named,
} from "../../../apps/asana-sync/src/asana/schemas.ts";

const ROWS_A_PAGE = 2;

export class ScriptedAsana implements AsanaGateway {
  readonly tasks = new Map<string, AsanaTask>();
  readonly storiesByTask = new Map<string, readonly AsanaStory[]>();
  readonly entries = new Map<string, AsanaEntry>();
  readonly sectionsByProject = new Map<string, readonly AsanaSection[]>();
  readonly fieldsByProject = new Map<string, readonly AsanaFieldSetting[]>();
  /** Gids that are there, and that lists leave out. */
  readonly unlisted = new Set<string>();
  /** By call, such as `findTask 7001`, or by its first word. */
  readonly refusals = new Map<string, ErrorCode>();
  /** Answers of GET /events, one after the other; then an empty page. */
  readonly eventReplies: EventsReply[] = [];
  /** Cursors that it was asked with. */
  readonly cursors: (string | undefined)[] = [];
  readonly webhooks = new Map<string, AsanaWebhook>();
  /** Brings the secret to the path while a webhook is being made. */
  shakeHands: (target: string, secret: string) => Promise<void> = async () => {};
  /** What the answer to the making of a webhook says instead of the secret that was brought. */
  otherSecret: string | undefined;
  readonly calls: string[] = [];
  /** Awaited before a call is answered; what it changes is not in the answer, which was made before. */
  beforeAnswer: (call: string) => Promise<void> = async () => {};

  put(task: AsanaTask, ...stories: readonly AsanaStory[]): void {
    this.tasks.set(task.gid, task);
    this.storiesByTask.set(task.gid, stories);
  }

  log(entry: AsanaEntry): void {
    this.entries.set(entry.gid, entry);
  }

  /** Calls whose name begins so. */
  count(name: string): number {
    return this.calls.filter((call) => call.startsWith(name)).length;
  }

  listWorkspaces(): Promise<readonly Named[]> {
    return this.#answer("listWorkspaces", []);
  }

  listProjects(): Promise<readonly AsanaProject[]> {
    return this.#answer("listProjects", []);
  }

  findProject(project: string): Promise<AsanaProject | undefined> {
    const isThere = this.sectionsByProject.has(project);
    return this.#answer(`findProject ${project}`, isThere ? { gid: project, name: project } : undefined);
  }

  listSections(project: string): Promise<readonly AsanaSection[]> {
    return this.#answer(`listSections ${project}`, this.sectionsByProject.get(project) ?? []);
  }

  listFieldSettings(project: string): Promise<readonly AsanaFieldSetting[]> {
    return this.#answer(`listFieldSettings ${project}`, this.fieldsByProject.get(project) ?? []);
  }

  findTask(task: string): Promise<AsanaTask | undefined> {
    return this.#answer(`findTask ${task}`, this.#shown(task));
  }

  listStories(task: string): Promise<readonly AsanaStory[] | undefined> {
    const stories = this.storiesByTask.get(task) ?? [];
    return this.#answer(`listStories ${task}`, this.tasks.has(task) ? stories : undefined);
  }

  listSubtasks(task: string): Promise<readonly AsanaTask[] | undefined> {
    return this.#answer(
      `listSubtasks ${task}`,
      this.#listed(({ parent }) => parent?.gid === task),
    );
  }

  pageOfTasks(project: string, { offset }: { readonly offset?: string }): Promise<Page<AsanaTask>> {
    const inProject = this.#listed(({ memberships }) =>
      (memberships ?? []).some((membership) => membership.project?.gid === project),
    );
    return this.#answer(`pageOfTasks ${project}`, pageOf(inProject, offset));
  }

  listEntriesOfTask(task: string): Promise<readonly AsanaEntry[] | undefined> {
    const listed = this.#entries().filter((entry) => entry.task?.gid === task);
    return this.#answer(`listEntriesOfTask ${task}`, this.tasks.has(task) ? listed : undefined);
  }

  findEntry(entry: string): Promise<AsanaEntry | undefined> {
    return this.#answer(`findEntry ${entry}`, this.entries.get(entry));
  }

  pageOfEntries(
    project: string,
    days: { readonly from: string; readonly to: string },
    offset: string | undefined,
  ): Promise<Page<AsanaEntry>> {
    const listed = this.#entries().filter(
      ({ attributable_to, entered_on: day }) => attributable_to?.gid === project && days.from <= day && day <= days.to,
    );
    return this.#answer(`pageOfEntries ${project}`, pageOf(listed, offset));
  }

  readEvents(project: string, sync: string | undefined): Promise<EventsReply> {
    this.cursors.push(sync);
    const reply = this.eventReplies.shift() ?? { kind: "events", events: [], sync: sync ?? "first", hasMore: false };
    return this.#answer(`readEvents ${project}`, reply);
  }

  #webhooksMade = 0;

  async createWebhook(project: string, target: string): Promise<{ readonly gid: string; readonly secret: string }> {
    this.#webhooksMade += 1;
    const gid = `hook ${this.#webhooksMade}`;
    const secret = `secret of ${gid}`;
    await this.#answer(`createWebhook ${project}`, undefined);
    await this.shakeHands(target, secret);
    this.webhooks.set(gid, { gid, active: true, target, resource: { gid: project } });
    return { gid, secret: this.otherSecret ?? secret };
  }

  findWebhook(webhook: string): Promise<AsanaWebhook | undefined> {
    return this.#answer(`findWebhook ${webhook}`, this.webhooks.get(webhook));
  }

  listWebhooks(): Promise<readonly AsanaWebhook[]> {
    return this.#answer("listWebhooks", []);
  }

  deleteWebhook(webhook: string): Promise<void> {
    this.webhooks.delete(webhook);
    return this.#answer(`deleteWebhook ${webhook}`, undefined);
  }

  async #answer<T>(call: string, answer: T): Promise<T> {
    this.calls.push(call);
    const refusal = this.refusals.get(call) ?? this.refusals.get(call.split(" ")[0] ?? "");
    await this.beforeAnswer(call);
    if (refusal !== undefined) throw new StageledgerError(refusal, "Asana refuses.");
    return answer;
  }

  /** With the minutes and sub-tasks that Asana counts itself. */
  #shown(gid: string): AsanaTask | undefined {
    const task = this.tasks.get(gid);
    if (task === undefined) return undefined;
    const entries = [...this.entries.values()].filter((entry) => entry.task?.gid === gid);
    return {
      ...task,
      actual_time_minutes: entries.reduce((sum, { duration_minutes }) => sum + duration_minutes, 0),
      num_subtasks: [...this.tasks.values()].filter(({ parent }) => parent?.gid === gid).length,
    };
  }

  #listed(holds: (task: AsanaTask) => boolean): readonly AsanaTask[] {
    return [...this.tasks.values()]
      .filter((task) => holds(task) && !this.unlisted.has(task.gid))
      .flatMap(({ gid }) => this.#shown(gid) ?? []);
  }

  #entries(): readonly AsanaEntry[] {
    return [...this.entries.values()].filter(({ gid }) => !this.unlisted.has(gid));
  }
}

function pageOf<T>(rows: readonly T[], offset: string | undefined): Page<T> {
  const from = Number(offset ?? "0");
  const next = from + ROWS_A_PAGE;
  return { rows: rows.slice(from, next), nextOffset: next < rows.length ? String(next) : undefined };
}
