import { randomBytes } from "node:crypto";
import { Refusal } from "./answer.ts";
import type { Chaos } from "./chaos.ts";
import { deliveryBody, sign } from "./delivery-body.ts";
import type { Faults } from "./faults.ts";
import type { WorldEvent } from "./records.ts";
import type { Resources } from "./resources.ts";
import { type Waiting, Webhook, type WebhookFilter } from "./webhook.ts";

export interface WebhookDials {
  /** Asana refuses targets on its own machine; a simulator has no others. */
  refusesLocalTargets: boolean;
  /** Real time that a target has for its answer. */
  answerWithinMilliseconds: number;
  /** Events of one POST at most. What Asana's is, nobody knows. */
  eventsPerPost: number;
}

const DIALS: WebhookDials = { refusesLocalTargets: false, answerWithinMilliseconds: 10_000, eventsPerPost: 30 };

/** Creates, keeps and rings webhooks. Nothing leaves by itself: `deliverDue` sends what is due by the clock. */
export class Webhooks {
  readonly dials: WebhookDials;
  readonly #now: () => number;
  readonly #resources: Resources;
  readonly #chaos: Chaos;
  readonly #faults: Faults;
  readonly #byGid = new Map<string, Webhook>();
  /** Resource and target of those that are being created. */
  readonly #pending = new Set<string>();
  #lastGid = 1_208_500_000_000_000n;
  #turn: Promise<number> = Promise.resolve(0);

  constructor(now: () => number, resources: Resources, chaos: Chaos, faults: Faults, dials: Partial<WebhookDials>) {
    this.#now = now;
    this.#resources = resources;
    this.#chaos = chaos;
    this.#faults = faults;
    this.dials = { ...DIALS, ...dials };
  }

  /**
   * Rings at the target and answers when the target has echoed the secret.
   *
   * @throws Refusal 403 for a second one of the same resource and target, and for local targets if these are refused; 400
   * when the target does not shake hands
   */
  async create(resource: string, target: string, filters: readonly WebhookFilter[]): Promise<Webhook> {
    const key = `${resource} ${target}`;
    if (this.dials.refusesLocalTargets && isLocal(target)) {
      throw new Refusal(403, "The target must be reachable by Asana: localhost is not.");
    }
    const isDuplicate = this.all().some((webhook) => webhook.resource === resource && webhook.target === target);
    if (isDuplicate || this.#pending.has(key)) throw new Refusal(403, "Duplicated webhook");
    this.#pending.add(key);
    try {
      const secret = randomBytes(32).toString("hex");
      await this.#shakeHands(target, secret);
      this.#lastGid += 7n;
      const gid = String(this.#lastGid);
      const webhook = new Webhook({ gid, resource, target, secret, filters, createdAt: this.#now() });
      this.#byGid.set(gid, webhook);
      return webhook;
    } finally {
      this.#pending.delete(key);
    }
  }

  all(): readonly Webhook[] {
    return [...this.#byGid.values()];
  }

  find(gid: string): Webhook | undefined {
    return this.#byGid.get(gid);
  }

  /** Whether there was one. */
  delete(gid: string): boolean {
    return this.#byGid.delete(gid);
  }

  hear(event: WorldEvent): void {
    for (const webhook of this.all()) {
      if (webhook.hears(event)) this.#send(webhook, event);
    }
  }

  /** The next instant at which deliverDue has something to do; undefined without webhooks. */
  nextDueAt(): number | undefined {
    const instants = this.all().map((webhook) => webhook.nextDueAt());
    return instants.length === 0 ? undefined : Math.min(...instants);
  }

  /**
   * Sends what is due by the clock and waits for the answers: webhooks side by side, each one's POSTs one after another.
   * What a target fails to take is tried again after a back-off that doubles; after 24 hours without success the webhook
   * is deleted. One call at a time; others wait for their turn.
   *
   * @returns how many POSTs were sent
   */
  deliverDue(): Promise<number> {
    const turn = this.#turn.then(async () => {
      const sent = await Promise.all(this.all().map((webhook) => this.#deliver(webhook)));
      return sent.reduce((sum, posts) => sum + posts, 0);
    });
    this.#turn = turn.catch(() => 0);
    return turn;
  }

  #send(webhook: Webhook, event: WorldEvent): void {
    if (this.#chaos.strikes("dropped")) {
      this.#faults.count("delivery dropped");
      return;
    }
    webhook.waiting.push({ dueAt: this.#dueAt(), event });
    if (!this.#chaos.strikes("duplicated")) return;
    this.#faults.count("delivery duplicated");
    webhook.waiting.push({ dueAt: this.#dueAt(), event });
  }

  #dueAt(): number {
    if (!this.#chaos.strikes("delayed")) return this.#now();
    this.#faults.count("delivery delayed");
    return this.#now() + Math.ceil(this.#chaos.draw("delay") * this.#chaos.dials.delayedByMilliseconds);
  }

  async #deliver(webhook: Webhook): Promise<number> {
    const now = this.#now();
    if (webhook.isGivenUp(now)) {
      this.#byGid.delete(webhook.gid);
      this.#faults.count("webhook deleted");
      return 0;
    }
    if (webhook.isPausing(now)) return 0;
    webhook.beat(now);
    const due = this.#takeDue(webhook, now);
    let posts = 0;
    while (due.length > 0 && this.#byGid.has(webhook.gid)) {
      const size = due[0]?.event === undefined ? 1 : this.#untilHeartbeat(due);
      const batch = due.splice(0, size);
      posts += 1;
      if (await this.#post(webhook, batch)) continue;
      webhook.waiting.unshift(...batch, ...due);
      break;
    }
    return posts;
  }

  #takeDue(webhook: Webhook, now: number): Waiting[] {
    const due = webhook.waiting.filter(({ dueAt }) => dueAt <= now);
    webhook.waiting = webhook.waiting.filter(({ dueAt }) => dueAt > now);
    if (due.length < 2 || !this.#chaos.strikes("reordered")) return due;
    this.#faults.count("delivery reordered");
    return this.#chaos.shuffled(due);
  }

  /** How many of the first can go in one POST: a heartbeat goes alone, as an empty one. */
  #untilHeartbeat(due: readonly Waiting[]): number {
    const heartbeat = due.findIndex(({ event }) => event === undefined);
    return Math.min(heartbeat === -1 ? due.length : heartbeat, this.dials.eventsPerPost);
  }

  async #post(webhook: Webhook, batch: readonly Waiting[]): Promise<boolean> {
    const events = batch.flatMap(({ event }) => (event === undefined ? [] : [this.#resources.delivered(event)]));
    const body = deliveryBody(events, Math.floor(this.#chaos.draw("style") * 3));
    const answer = await this.#ring(webhook.target, body, { "x-hook-signature": sign(webhook.secret, body) });
    const isTaken = answer.status === 200 || answer.status === 204;
    if (isTaken) webhook.succeeded(this.#now());
    else {
      webhook.failed(this.#now(), answer.content);
      this.#faults.count("delivery failed");
    }
    return isTaken;
  }

  async #shakeHands(target: string, secret: string): Promise<void> {
    const answer = await this.#ring(target, "{}", { "x-hook-secret": secret });
    const isTaken = answer.status === 200 || answer.status === 204;
    if (!isTaken || answer.secret !== secret) {
      throw new Refusal(400, "The remote server did not respond with the handshake secret.");
    }
  }

  async #ring(target: string, body: string, headers: Record<string, string>): Promise<TargetAnswer> {
    try {
      const response = await fetch(target, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
        redirect: "manual",
        signal: AbortSignal.timeout(this.dials.answerWithinMilliseconds),
      });
      const content = (await response.text()).slice(0, 200);
      return { status: response.status, content, secret: response.headers.get("x-hook-secret") };
    } catch (error) {
      return { status: 0, content: error instanceof Error ? error.name : "no answer", secret: null };
    }
  }
}

interface TargetAnswer {
  /** 0 when there was none in time. */
  readonly status: number;
  readonly content: string;
  readonly secret: string | null;
}

function isLocal(target: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(target).hostname);
}
