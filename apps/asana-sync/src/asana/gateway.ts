/** What is asked of Asana. One class owns the `asana` package and answers this; tests and everything else know this alone. */
import type {
  AsanaEntry,
  AsanaEvent,
  AsanaFieldSetting,
  AsanaProject,
  AsanaSection,
  AsanaStory,
  AsanaTask,
  AsanaWebhook,
  Named,
} from "./schemas.ts";

/** A page of a list, and where the next one begins; undefined after the last. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly nextOffset: string | undefined;
}

export type EventsReply =
  | {
      readonly kind: "events";
      readonly events: readonly AsanaEvent[];
      readonly sync: string;
      readonly hasMore: boolean;
    }
  /** The cursor is unknown there: whatever happened since must be found by looking at everything. */
  | { readonly kind: "expired"; readonly sync: string };

/**
 * Every call waits for its turn in the connection's limiter and is tried again as long as that makes sense.
 *
 * `find…` answers undefined for 404, and so do lists that hang on one task. Lists are whole unless they say page.
 *
 * @throws StageledgerError ASANA_UNAUTHORISED (401), ASANA_PLAN (402), ASANA_FORBIDDEN (403), ASANA_NOT_FOUND (404 where a
 * call cannot answer undefined), ASANA_LEGAL (451), ASANA_RATE_LIMITED (429 beyond patience), ASANA_UNREACHABLE (5xx, no
 * answer), ASANA_OFFSET_EXPIRED (400 on a page's offset), ASANA_REFUSED (other 4xx), ASANA_WRONG_SHAPE (not as documented)
 */
export interface AsanaGateway {
  listWorkspaces(): Promise<readonly Named[]>;
  listProjects(workspace: string): Promise<readonly AsanaProject[]>;
  findProject(project: string): Promise<AsanaProject | undefined>;
  listSections(project: string): Promise<readonly AsanaSection[]>;
  listFieldSettings(project: string): Promise<readonly AsanaFieldSetting[]>;

  findTask(task: string): Promise<AsanaTask | undefined>;
  listStories(task: string): Promise<readonly AsanaStory[] | undefined>;
  listSubtasks(task: string): Promise<readonly AsanaTask[] | undefined>;
  /** @param modifiedSince epoch milliseconds: only tasks whose fields changed since; a change of section does not count */
  pageOfTasks(
    project: string,
    page: { readonly offset?: string; readonly modifiedSince?: number },
  ): Promise<Page<AsanaTask>>;

  listEntriesOfTask(task: string): Promise<readonly AsanaEntry[] | undefined>;
  findEntry(entry: string): Promise<AsanaEntry | undefined>;
  /** Entries attributable to the project that were entered for these days, both included; `2026-09-07`. */
  pageOfEntries(
    project: string,
    days: { readonly from: string; readonly to: string },
    offset: string | undefined,
  ): Promise<Page<AsanaEntry>>;

  /** @param sync undefined to begin: answers expired with a first cursor */
  readEvents(project: string, sync: string | undefined): Promise<EventsReply>;

  /** Does not return before Asana has rung at the target and been answered. */
  createWebhook(project: string, target: string): Promise<{ readonly gid: string; readonly secret: string }>;
  findWebhook(webhook: string): Promise<AsanaWebhook | undefined>;
  listWebhooks(workspace: string, project: string): Promise<readonly AsanaWebhook[]>;
  /** Gone already is as good. */
  deleteWebhook(webhook: string): Promise<void>;
}
