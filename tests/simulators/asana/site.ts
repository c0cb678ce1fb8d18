import { type Answer, ok, PAYMENT_REQUIRED, Refusal } from "./answer.ts";
import type { Chaos } from "./chaos.ts";
import type { EventLog } from "./event-log.ts";
import type { Faults } from "./faults.ts";
import { type Json, readOptFields, type Showing, showCompact, showWhole } from "./fields.ts";
import type { Offsets } from "./offsets.ts";
import type { Project, Task } from "./records.ts";
import type { Resource, Resources } from "./resources.ts";
import type { Webhooks } from "./webhooks.ts";
import type { World } from "./world.ts";

export interface SiteDials {
  /** Without it every call for time is answered 402, and so is asking a task for its minutes. */
  hasTimeTracking: boolean;
  /** Whether `opt_fields` come on top of the compact fields, or alone with gid and type. */
  optFieldsAddToCompact: boolean;
  /** Whether lists of entries show no more than the document's compact entry, without task, created_at and description. */
  entryListsAreCompact: boolean;
  offsetLifetimeMilliseconds: number;
  /** Waited for before a call that was let in is obeyed: holds calls in flight, or moves the clock meanwhile. */
  beforeAnswer: ((request: { readonly method: string; readonly path: string }) => Promise<void>) | undefined;
  /** Sent as the header `Asana-Change`; undefined: none. */
  asanaChange: string | undefined;
}

export const SITE_DIALS: Readonly<SiteDials> = {
  hasTimeTracking: true,
  optFieldsAddToCompact: true,
  entryListsAreCompact: false,
  offsetLifetimeMilliseconds: 15 * 60_000,
  beforeAnswer: undefined,
  asanaChange: undefined,
};

/** One request that was let in. */
export interface Call {
  readonly method: string;
  /** Without the base path. */
  readonly path: string;
  /** Gids in the path, in their order. */
  readonly gids: readonly string[];
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

export interface Route {
  readonly method: "DELETE" | "GET" | "POST";
  /** `*` stands for one gid. */
  readonly path: string;
  readonly answer: (call: Call) => Answer | Promise<Answer>;
}

/** What every endpoint needs: the world, who may see what of it, and how lists and fields are shown. */
export class Site {
  readonly world: World;
  readonly resources: Resources;
  readonly eventLog: EventLog;
  readonly webhooks: Webhooks;
  readonly faults: Faults;
  readonly dials: SiteDials;
  readonly #chaos: Chaos;
  readonly #offsets: Offsets;

  constructor(
    parts: Pick<Site, "dials" | "eventLog" | "faults" | "resources" | "webhooks" | "world">,
    chaos: Chaos,
    offsets: Offsets,
  ) {
    this.world = parts.world;
    this.resources = parts.resources;
    this.eventLog = parts.eventLog;
    this.webhooks = parts.webhooks;
    this.faults = parts.faults;
    this.dials = parts.dials;
    this.#chaos = chaos;
    this.#offsets = offsets;
  }

  one(call: Call, resource: Resource): Answer {
    return ok({ data: showWhole(resource, this.#showing(call)) });
  }

  /** A row of a list that has no pages. */
  row(call: Call, resource: Resource): Json {
    return showCompact(resource, this.#showing(call));
  }

  /** A page of resources in the order of their gids. @param lags whether a row may be missing now and then */
  list<T extends { readonly gid: string }>(
    call: Call,
    records: readonly T[],
    show: (record: T) => Resource,
    lags = false,
  ): Answer {
    const limit = call.query.get("limit");
    if (limit !== null && !/^([1-9]\d?|100)$/.test(limit)) throw new Refusal(400, "limit: Must be between 1 and 100.");
    const query = new URLSearchParams(call.query);
    query.delete("offset");
    const list = `${call.path}?${query}`;
    const after = this.#place(list, call.query.get("offset"));
    const rows = records.filter(({ gid }) => gid > after).sort((a, b) => (a.gid < b.gid ? -1 : 1));
    const page = rows.slice(0, limit === null ? rows.length : Number(limit));
    const seen = lags ? this.#chaos.lag(page, () => this.faults.count("list lagged")) : page;
    const data = seen.map((record) => showCompact(show(record), this.#showing(call)));
    // Without a limit Asana pages nothing.
    if (limit === null) return ok({ data });
    const last = page.length < rows.length ? page.at(-1) : undefined;
    return ok({ data, next_page: last === undefined ? null : this.#nextPage(list, last.gid) });
  }

  /** @throws Refusal 404 for none or a deleted one, 403 or 451 where access was taken away */
  getTask(gid: string | undefined): Task {
    const task = this.world.tasks.get(gid ?? "");
    this.#check(gid);
    if (task === undefined || task.deletedAt !== undefined) throw new Refusal(404, `task: Unknown object: ${gid}`);
    return task;
  }

  /** @throws Refusal as getTask */
  getProject(gid: string | null | undefined): Project {
    const project = this.world.projects.get(gid ?? "");
    this.#check(gid ?? undefined);
    if (project === undefined) throw new Refusal(404, `project: Unknown object: ${gid}`);
    return project;
  }

  /** @throws Refusal 404 */
  getWorkspace(gid: string | null | undefined): string {
    if (!this.world.workspaces.has(gid ?? "")) throw new Refusal(404, `workspace: Unknown object: ${gid}`);
    return gid ?? "";
  }

  /** There, and the caller may see it. */
  isSeen({ gid, deletedAt }: Task): boolean {
    return deletedAt === undefined && !this.world.refusalByGid.has(gid);
  }

  task(task: Task): Resource {
    const whole = this.resources.task(task, (project) => !this.world.refusalByGid.has(project));
    if (this.dials.hasTimeTracking) return whole;
    const { actual_time_minutes: _, ...rest } = whole;
    return rest;
  }

  /** @throws Refusal 402 when the plan has no time tracking, or the call asks a task for its minutes then */
  payFor(call: Call, isTime: boolean): void {
    if (this.dials.hasTimeTracking) return;
    const asksMinutes = readOptFields(call.query)?.some((path) => path.endsWith("actual_time_minutes")) === true;
    if (isTime || asksMinutes) throw new Refusal(402, PAYMENT_REQUIRED);
  }

  #check(gid: string | undefined): void {
    const status = this.world.refusalByGid.get(gid ?? "");
    if (status !== undefined) throw new Refusal(status, "You do not have access to this resource.");
  }

  #place(list: string, offset: string | null): string {
    if (offset === null) return "";
    const after = this.#offsets.find(list, offset);
    if (after !== undefined) return after;
    this.faults.count("offset expired");
    throw new Refusal(400, "offset: Your pagination token has expired.");
  }

  #nextPage(list: string, after: string): object {
    const offset = this.#offsets.give(list, after);
    const path = `${list}&offset=${offset}`;
    return { offset, path, uri: `https://app.asana.com/api/1.0${path}` };
  }

  #showing({ query }: Call): Showing {
    return { asked: readOptFields(query), addsToCompact: this.dials.optFieldsAddToCompact };
  }
}
