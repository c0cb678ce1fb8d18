/** The only file that uses the `asana` package. What the package answers is untyped, and is parsed before it is looked at. */
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { StageledgerError } from "@stageledger/core";
import type { Pacing } from "@stageledger/sync";
import {
  ApiClient,
  CustomFieldSettingsApi,
  EventsApi,
  ProjectsApi,
  SectionsApi,
  StoriesApi,
  TasksApi,
  TimeTrackingEntriesApi,
  WebhooksApi,
  WorkspacesApi,
} from "asana";
import { z } from "zod";
import { type AsanaCall, AsanaCalls, type AsanaCallsOptions } from "./asana-calls.ts";
import { askedFields } from "./asked-fields.ts";
import type { AsanaGateway, EventsReply, Page } from "./gateway.ts";
import {
  type AsanaEntry,
  type AsanaFieldSetting,
  type AsanaProject,
  type AsanaSection,
  type AsanaStory,
  type AsanaTask,
  type AsanaWebhook,
  entrySchema,
  eventSchema,
  fieldSettingSchema,
  type Named,
  projectSchema,
  sectionSchema,
  storySchema,
  taskSchema,
  webhookSchema,
  workspaceSchema,
} from "./schemas.ts";
import { readWholeList } from "./whole-list.ts";

export interface GatewayOptions extends AsanaCallsOptions {
  /** Without a slash at its end. */
  readonly baseUrl?: string;
  /** For one attempt, body included. */
  readonly timeoutMilliseconds?: number;
}

/** Keep one for each connection: it keeps its sockets open for the next call. */
export function openGateway(options: GatewayOptions): AsanaGateway {
  return new PackageGateway(options);
}

const ASANA = "https://app.asana.com/api/1.0";
const TIMEOUT_MILLISECONDS = 30_000;
/** Rows a page: the most that Asana gives. */
const LIMIT = 100;

const PROJECT_FIELDS = askedFields(projectSchema);
const SECTION_FIELDS = askedFields(sectionSchema);
const FIELD_SETTING_FIELDS = askedFields(fieldSettingSchema);
const TASK_FIELDS = askedFields(taskSchema);
const TASK_FIELDS_WITHOUT_MINUTES = askedFields(taskSchema.omit({ actual_time_minutes: true }));
const STORY_FIELDS = askedFields(storySchema);
const ENTRY_FIELDS = askedFields(entrySchema);
const WEBHOOK_FIELDS = askedFields(webhookSchema);
/** Not the sub-type of a resource, which the list of events does not document. */
const EVENT_FIELDS = "action,created_at,parent,resource";

/**
 * When an entry was made and on which task is documented for one entry, not for lists. Lists are asked for it and seem to answer
 * (not established anywhere public): where it is missing the entry is looked up by itself.
 */
const listedEntrySchema = entrySchema.extend({ created_at: entrySchema.shape.created_at.nullish() });
type ListedEntry = z.infer<typeof listedEntrySchema>;

const expiredSchema = z.object({ sync: z.string().min(1) });
const eventsSchema = z.object({
  data: z.array(eventSchema),
  sync: z.string().min(1),
  has_more: z.boolean().nullish(),
});
const createdWebhookSchema = z.object({
  data: z.object({ gid: z.string().min(1) }),
  "X-Hook-Secret": z.string().min(1),
});

/** How long a plan is believed to have no time tracking: it can be upgraded. */
const NO_MINUTES_FOR_MILLISECONDS = 60 * 60_000;

/** Options of one call. The package writes into the object, so each call gets a new one. */
type CallOptions = Record<string, string | number | undefined>;

class PackageGateway implements AsanaGateway {
  readonly #client: ApiClient;
  readonly #agent: HttpAgent;
  readonly #signal: AbortSignal;
  readonly #pacing: Pacing;
  #noMinutesUntil = Number.NEGATIVE_INFINITY;
  readonly #calls: AsanaCalls;
  readonly #workspaces: WorkspacesApi;
  readonly #projects: ProjectsApi;
  readonly #sections: SectionsApi;
  readonly #fieldSettings: CustomFieldSettingsApi;
  readonly #tasks: TasksApi;
  readonly #stories: StoriesApi;
  readonly #entries: TimeTrackingEntriesApi;
  readonly #events: EventsApi;
  readonly #webhooks: WebhooksApi;

  constructor({ baseUrl = ASANA, timeoutMilliseconds = TIMEOUT_MILLISECONDS, ...options }: GatewayOptions) {
    const client = new ApiClient();
    client.basePath = baseUrl;
    client.timeout = timeoutMilliseconds;
    // The package's own paging hides next_page, sync and has_more, and ends at an empty page.
    client.RETURN_COLLECTION = false;
    // The package takes no signal: what ends its calls is that their sockets are destroyed.
    this.#agent = baseUrl.startsWith("http:")
      ? new HttpAgent({ keepAlive: true })
      : new HttpsAgent({ keepAlive: true });
    client.requestAgent = this.#agent;
    this.#client = client;
    this.#signal = options.signal;
    this.#pacing = options.pacing;
    this.#calls = new AsanaCalls(options);
    this.#workspaces = new WorkspacesApi(client);
    this.#projects = new ProjectsApi(client);
    this.#sections = new SectionsApi(client);
    this.#fieldSettings = new CustomFieldSettingsApi(client);
    this.#tasks = new TasksApi(client);
    this.#stories = new StoriesApi(client);
    this.#entries = new TimeTrackingEntriesApi(client);
    this.#events = new EventsApi(client);
    this.#webhooks = new WebhooksApi(client);
  }

  listWorkspaces(): Promise<readonly Named[]> {
    return this.#list("GET /workspaces", workspaceSchema, (page) =>
      this.#workspaces.getWorkspacesWithHttpInfo({ ...page, opt_fields: SECTION_FIELDS }),
    );
  }

  listProjects(workspace: string): Promise<readonly AsanaProject[]> {
    return this.#list("GET /projects", projectSchema, (page) =>
      this.#projects.getProjectsWithHttpInfo({ ...page, workspace, opt_fields: PROJECT_FIELDS }),
    );
  }

  findProject(project: string): Promise<AsanaProject | undefined> {
    return this.#find("GET /projects/{project}", projectSchema, () =>
      this.#projects.getProjectWithHttpInfo(project, { opt_fields: PROJECT_FIELDS }),
    );
  }

  listSections(project: string): Promise<readonly AsanaSection[]> {
    return this.#list("GET /projects/{project}/sections", sectionSchema, (page) =>
      this.#sections.getSectionsForProjectWithHttpInfo(project, { ...page, opt_fields: SECTION_FIELDS }),
    );
  }

  listFieldSettings(project: string): Promise<readonly AsanaFieldSetting[]> {
    return this.#list("GET /projects/{project}/custom_field_settings", fieldSettingSchema, (page) =>
      this.#fieldSettings.getCustomFieldSettingsForProjectWithHttpInfo(project, {
        ...page,
        opt_fields: FIELD_SETTING_FIELDS,
      }),
    );
  }

  findTask(task: string): Promise<AsanaTask | undefined> {
    return this.#withMinutes((opt_fields) =>
      this.#find("GET /tasks/{task}", taskSchema, () => this.#tasks.getTaskWithHttpInfo(task, { opt_fields })),
    );
  }

  listStories(task: string): Promise<readonly AsanaStory[] | undefined> {
    return undefinedWhereAbsent(
      this.#list("GET /tasks/{task}/stories", storySchema, (page) =>
        this.#stories.getStoriesForTaskWithHttpInfo(task, { ...page, opt_fields: STORY_FIELDS }),
      ),
    );
  }

  listSubtasks(task: string): Promise<readonly AsanaTask[] | undefined> {
    return undefinedWhereAbsent(
      this.#withMinutes((opt_fields) =>
        this.#list("GET /tasks/{task}/subtasks", taskSchema, (page) =>
          this.#tasks.getSubtasksForTaskWithHttpInfo(task, { ...page, opt_fields }),
        ),
      ),
    );
  }

  pageOfTasks(
    project: string,
    { offset, modifiedSince }: { readonly offset?: string; readonly modifiedSince?: number },
  ): Promise<Page<AsanaTask>> {
    const since = modifiedSince === undefined ? {} : { modified_since: new Date(modifiedSince).toISOString() };
    return this.#withMinutes((opt_fields) =>
      this.#page("GET /tasks", taskSchema, offset, (page) =>
        this.#tasks.getTasksWithHttpInfo({ ...page, ...since, project, opt_fields }),
      ),
    );
  }

  async listEntriesOfTask(task: string): Promise<readonly AsanaEntry[] | undefined> {
    const listed = await undefinedWhereAbsent(
      this.#list("GET /tasks/{task}/time_tracking_entries", listedEntrySchema, (page) =>
        this.#entries.getTimeTrackingEntriesForTaskWithHttpInfo(task, { ...page, opt_fields: ENTRY_FIELDS }),
      ),
    );
    return listed === undefined
      ? undefined
      : this.#completed(listed.map((entry) => ({ ...entry, task: { gid: task } })));
  }

  findEntry(entry: string): Promise<AsanaEntry | undefined> {
    return this.#find("GET /time_tracking_entries/{entry}", entrySchema, () =>
      this.#entries.getTimeTrackingEntryWithHttpInfo(entry, { opt_fields: ENTRY_FIELDS }),
    );
  }

  async pageOfEntries(
    project: string,
    { from, to }: { readonly from: string; readonly to: string },
    offset: string | undefined,
  ): Promise<Page<AsanaEntry>> {
    const { rows, nextOffset } = await this.#page("GET /time_tracking_entries", listedEntrySchema, offset, (page) =>
      this.#entries.getTimeTrackingEntriesWithHttpInfo({
        ...page,
        attributable_to: project,
        entered_on_start_date: from,
        entered_on_end_date: to,
        opt_fields: ENTRY_FIELDS,
      }),
    );
    return { rows: await this.#completed(rows), nextOffset };
  }

  readEvents(project: string, sync: string | undefined): Promise<EventsReply> {
    const cursor = sync === undefined ? {} : { sync };
    return this.#make<EventsReply>({
      ...READ,
      name: "GET /events",
      send: () => this.#events.getEventsWithHttpInfo(project, { ...cursor, opt_fields: EVENT_FIELDS }),
      answer: eventsSchema.transform(({ data, sync: next, has_more }): EventsReply => {
        return { kind: "events", events: data, sync: next, hasMore: has_more ?? false };
      }),
      refusalThatAnswers: {
        status: 412,
        answer: expiredSchema.transform(({ sync: first }): EventsReply => ({ kind: "expired", sync: first })),
      },
    });
  }

  createWebhook(project: string, target: string): Promise<{ readonly gid: string; readonly secret: string }> {
    return this.#make({
      name: "POST /webhooks",
      kind: "write",
      isRepeatable: false,
      carriesOffset: false,
      send: () =>
        this.#webhooks.createWebhookWithHttpInfo({ data: { resource: project, target } }, { opt_fields: "resource" }),
      answer: createdWebhookSchema.transform(({ data, "X-Hook-Secret": secret }) => ({ gid: data.gid, secret })),
    });
  }

  findWebhook(webhook: string): Promise<AsanaWebhook | undefined> {
    return this.#find("GET /webhooks/{webhook}", webhookSchema, () =>
      this.#webhooks.getWebhookWithHttpInfo(webhook, { opt_fields: WEBHOOK_FIELDS }),
    );
  }

  listWebhooks(workspace: string, project: string): Promise<readonly AsanaWebhook[]> {
    return this.#list("GET /webhooks", webhookSchema, (page) =>
      this.#webhooks.getWebhooksWithHttpInfo(workspace, { ...page, resource: project, opt_fields: WEBHOOK_FIELDS }),
    );
  }

  async deleteWebhook(webhook: string): Promise<void> {
    await undefinedWhereAbsent(
      this.#make({
        name: "DELETE /webhooks/{webhook}",
        kind: "write",
        // A second one finds nothing to delete, which is as good.
        isRepeatable: true,
        carriesOffset: false,
        send: () => this.#webhooks.deleteWebhookWithHttpInfo(webhook),
        answer: z.unknown(),
      }),
    );
  }

  /** Entries as a list showed them, each with all that an entry is read for. One that is gone meanwhile is left out. */
  async #completed(listed: readonly ListedEntry[]): Promise<readonly AsanaEntry[]> {
    const entries = await Promise.all(
      listed.map(async (entry) => {
        const { created_at, task } = entry;
        return created_at && task ? { ...entry, created_at } : this.findEntry(entry.gid);
      }),
    );
    return entries.filter((entry) => entry !== undefined);
  }

  /** Where the plan has no time tracking, asking a task for its minutes is answered 402: then the rest is asked for alone. */
  async #withMinutes<T>(ask: (fields: string) => Promise<T>): Promise<T> {
    if (this.#pacing.now() < this.#noMinutesUntil) return ask(TASK_FIELDS_WITHOUT_MINUTES);
    try {
      return await ask(TASK_FIELDS);
    } catch (error) {
      if (!(error instanceof StageledgerError) || error.code !== "ASANA_PLAN") throw error;
      this.#noMinutesUntil = this.#pacing.now() + NO_MINUTES_FOR_MILLISECONDS;
      return ask(TASK_FIELDS_WITHOUT_MINUTES);
    }
  }

  #find<T>(name: string, schema: z.ZodType<T>, send: () => Promise<unknown>): Promise<T | undefined> {
    const answer = z.object({ data: schema }).transform(({ data }) => data);
    return undefinedWhereAbsent(this.#make({ ...READ, name, send, answer }));
  }

  #list<T>(name: string, schema: z.ZodType<T>, send: (page: CallOptions) => Promise<unknown>): Promise<readonly T[]> {
    return readWholeList(name, (offset) => this.#page(name, schema, offset, send));
  }

  #page<T>(
    name: string,
    schema: z.ZodType<T>,
    offset: string | undefined,
    send: (page: CallOptions) => Promise<unknown>,
  ): Promise<Page<T>> {
    const place = offset === undefined ? {} : { offset };
    const nextPage = z.object({ offset: z.string().min(1) }).nullish();
    return this.#make({
      ...READ,
      name,
      carriesOffset: offset !== undefined,
      send: () => send({ limit: LIMIT, ...place }),
      answer: z.object({ data: z.array(schema), next_page: nextPage }).transform(({ data, next_page }) => {
        return { rows: data, nextOffset: next_page?.offset };
      }),
    });
  }

  async #make<T>(call: Omit<AsanaCall<T>, "send"> & { readonly send: () => Promise<unknown> }): Promise<T> {
    const endCalls = () => this.#agent.destroy();
    this.#signal.addEventListener("abort", endCalls, { once: true });
    try {
      return await this.#calls.make({
        ...call,
        send: (token) => {
          // The package reads the token as the call begins, so that calls with different tokens do not meet here.
          this.#client.authentications.token = { type: "personalAccessToken", accessToken: token };
          return call.send();
        },
      });
    } finally {
      this.#signal.removeEventListener("abort", endCalls);
    }
  }
}

const READ = { kind: "read", isRepeatable: true, carriesOffset: false } as const;

async function undefinedWhereAbsent<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof StageledgerError && error.code === "ASANA_NOT_FOUND") return undefined;
    throw error;
  }
}
