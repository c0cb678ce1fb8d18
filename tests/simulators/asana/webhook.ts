import type { WorldEvent } from "./records.ts";
import { iso, type Resource } from "./resources.ts";

const HOUR = 3_600_000;
const HEARTBEAT_MILLISECONDS = 8 * HOUR;
const DELETED_AFTER_MILLISECONDS = 24 * HOUR;
const FIRST_BACK_OFF_MILLISECONDS = 10_000;
const LONGEST_BACK_OFF_MILLISECONDS = HOUR;

export interface WebhookFilter {
  readonly resource_type?: string | undefined;
  readonly resource_subtype?: string | undefined;
  readonly action?: string | undefined;
  readonly fields?: readonly string[] | undefined;
}

/** An event on its way to a target, or a heartbeat, which has none. */
export interface Waiting {
  readonly dueAt: number;
  readonly event: WorldEvent | undefined;
}

/** One webhook: what waits for its target, and how the deliveries went. */
export class Webhook {
  readonly gid: string;
  readonly resource: string;
  readonly target: string;
  readonly secret: string;
  readonly filters: readonly WebhookFilter[];
  waiting: Waiting[] = [];
  #createdAt: number;
  #lastSuccessAt: number;
  #lastHeartbeatAt: number;
  #lastFailure: { readonly at: number; readonly content: string } | undefined;
  #failingSince: number | undefined;
  #retryCount = 0;
  #nextAttemptAfter: number | undefined;

  /** The handshake counts as a success, and a heartbeat follows it. */
  constructor(
    about: Pick<Webhook, "filters" | "gid" | "resource" | "secret" | "target"> & { readonly createdAt: number },
  ) {
    this.gid = about.gid;
    this.resource = about.resource;
    this.target = about.target;
    this.secret = about.secret;
    this.filters = about.filters;
    this.#createdAt = about.createdAt;
    this.#lastSuccessAt = about.createdAt;
    this.#lastHeartbeatAt = about.createdAt;
    this.waiting.push({ dueAt: about.createdAt, event: undefined });
  }

  hears(event: WorldEvent): boolean {
    if (!event.heardIn.includes(this.resource)) return false;
    return this.filters.length === 0 || this.filters.some((filter) => matches(filter, event));
  }

  /** 24 hours of failures are over. */
  isGivenUp(now: number): boolean {
    return this.#failingSince !== undefined && now >= this.#failingSince + DELETED_AFTER_MILLISECONDS;
  }

  isPausing(now: number): boolean {
    return now < (this.#nextAttemptAfter ?? 0);
  }

  /** Puts a heartbeat among the waiting when eight hours have gone by since the last. */
  beat(now: number): void {
    if (now < this.#lastHeartbeatAt + HEARTBEAT_MILLISECONDS) return;
    this.#lastHeartbeatAt = now;
    this.waiting.push({ dueAt: now, event: undefined });
  }

  /** The earliest instant at which there is something to do. */
  nextDueAt(): number {
    const due = Math.min(...this.waiting.map(({ dueAt }) => dueAt), this.#lastHeartbeatAt + HEARTBEAT_MILLISECONDS);
    const deletedAt = (this.#failingSince ?? Number.POSITIVE_INFINITY) + DELETED_AFTER_MILLISECONDS;
    return Math.min(Math.max(due, this.#nextAttemptAfter ?? 0), deletedAt);
  }

  succeeded(now: number): void {
    this.#lastSuccessAt = now;
    this.#failingSince = undefined;
    this.#nextAttemptAfter = undefined;
    this.#retryCount = 0;
  }

  /** What was to be delivered must be put back by the caller. */
  failed(now: number, content: string): void {
    const backOff = Math.min(FIRST_BACK_OFF_MILLISECONDS * 2 ** this.#retryCount, LONGEST_BACK_OFF_MILLISECONDS);
    this.#lastFailure = { at: now, content };
    this.#failingSince ??= now;
    this.#retryCount += 1;
    this.#nextAttemptAfter = now + backOff;
  }

  resourceShown(named: Resource): Resource {
    const failingSince = this.#failingSince;
    return {
      gid: this.gid,
      resource_type: "webhook",
      active: true,
      resource: named,
      target: this.target,
      created_at: iso(this.#createdAt),
      last_success_at: iso(this.#lastSuccessAt),
      last_failure_at: this.#lastFailure === undefined ? null : iso(this.#lastFailure.at),
      last_failure_content: this.#lastFailure?.content ?? "",
      delivery_retry_count: this.#retryCount,
      next_attempt_after: this.#nextAttemptAfter === undefined ? null : iso(this.#nextAttemptAfter),
      failure_deletion_timestamp: failingSince === undefined ? null : iso(failingSince + DELETED_AFTER_MILLISECONDS),
      filters: this.filters.map((filter) => ({ ...filter })),
    };
  }
}

function matches(filter: WebhookFilter, { resource, action, change }: WorldEvent): boolean {
  return (
    (filter.resource_type === undefined || filter.resource_type === resource.type) &&
    (filter.resource_subtype === undefined || filter.resource_subtype === resource.subtype) &&
    (filter.action === undefined || filter.action === action) &&
    (filter.fields === undefined || (change !== undefined && filter.fields.includes(change.field)))
  );
}
