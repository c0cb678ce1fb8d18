/**
 * Our app as it runs in Jira's cloud: a trigger strips each event, a queue keeps it, a consumer pushes it to the ledger, and a
 * schedule brings the app's own token every hour. Nothing leaves by itself: `deliverDue` sends what is due by the clock.
 *
 *     const app = new ForgeApp(jira, forge, { ledgerUrl, installationId: "ari:cloud:ecosystem::installation/1" });
 *     await app.install();                            // tells the ledger, and brings the first token
 *     world.moveStatus(issue, done);
 *     await app.deliverDue();                         // then advanceTo(app.nextDueAt()) for retries and the next token
 *
 * What goes wrong on the way is told by `jira.chaos.dials` and counted in `jira.faults.table`.
 */
import type { JiraEvent } from "@stageledger/core/contract/jira-events";
import { strippedEvent } from "@stageledger/core/contract/jira-events";
import type { FakeForge } from "../forge/fake-forge.ts";
import { bytesOf, eventPayload, MOST_EVENT_BYTES } from "./event-payload.ts";
import { LEDGER_PATHS } from "./ledger-paths.ts";
import type { WorldEvent } from "./records.ts";
import { type Json, Resources } from "./resources.ts";
import type { FakeJiraSite } from "./site.ts";

export interface ForgeAppDials {
  /** Without a path. Change it when the ledger comes back elsewhere. */
  ledgerUrl: string;
  /** Whether a push stands under `payload`: nobody knows how Forge's queue hands it on. */
  wrapsBody: boolean;
  /** False: each event goes alone and whole, as if the app did not strip it. */
  stripsEvents: boolean;
  /** Whether an event tells when it happened: no document promises it. */
  tellsTime: boolean;
  eventsPerPush: number;
  /** Of a push, the first one too; then its events are given up. */
  mostTries: number;
  /** Until the second try; each further one waits twice as long, at most 15 minutes. */
  retryAfterMilliseconds: number;
  /** Real time that the ledger has for its answer. */
  answerWithinMilliseconds: number;
}

export interface ForgeAppOptions extends Partial<ForgeAppDials> {
  readonly ledgerUrl: string;
  readonly installationId: string;
}

/** What the ledger said; status 0 when it did not answer. */
export interface LedgerAnswer {
  readonly status: number;
  readonly json: unknown;
}

interface Waiting {
  readonly dueAt: number;
  readonly tries: number;
  readonly raw: Json;
  readonly event: JiraEvent;
}

const DIALS: Omit<ForgeAppDials, "ledgerUrl"> = {
  wrapsBody: false,
  stripsEvents: true,
  tellsTime: false,
  eventsPerPush: 50,
  mostTries: 5,
  retryAfterMilliseconds: 60_000,
  answerWithinMilliseconds: 10_000,
};
const HOUR = 3_600_000;
const LONGEST_RETRY_MILLISECONDS = 900_000;
const NO_ANSWER: LedgerAnswer = { status: 0, json: undefined };

export class ForgeApp {
  readonly dials: ForgeAppDials;
  readonly installationId: string;
  readonly #jira: FakeJiraSite;
  readonly #forge: FakeForge;
  readonly #resources: Resources;
  #waiting: Waiting[] = [];
  #nextTokenAt: number | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(jira: FakeJiraSite, forge: FakeForge, { installationId, ...dials }: ForgeAppOptions) {
    this.#jira = jira;
    this.#forge = forge;
    this.#resources = new Resources(jira.world);
    this.installationId = installationId;
    this.dials = { ...DIALS, ...dials };
    jira.world.listen((event) => {
      if (this.#nextTokenAt !== undefined) this.#hear(event);
    });
  }

  /** From now on events are heard. Tells the ledger, and brings it a token. */
  async install(): Promise<LedgerAnswer> {
    this.#nextTokenAt = this.#jira.world.now();
    const answer = await this.#call(LEDGER_PATHS.installation, { action: "installed" });
    await this.bringToken();
    return answer;
  }

  /** Tells the ledger. From now on nothing is heard, and no token is good any more. */
  async uninstall(): Promise<LedgerAnswer> {
    const answer = await this.#call(LEDGER_PATHS.installation, { action: "uninstalled" });
    this.#nextTokenAt = undefined;
    this.#waiting = [];
    this.#jira.tokens.revokeAll();
    return answer;
  }

  /** What the schedule does each hour: not tried again before the next one. */
  async bringToken(): Promise<LedgerAnswer> {
    this.#nextTokenAt = this.#jira.world.now() + HOUR;
    const answer = await this.#call(LEDGER_PATHS.siteToken, {});
    if (!isTaken(answer)) this.#jira.faults.count("push failed");
    return answer;
  }

  /** Of events that the queue holds. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** The next instant at which deliverDue has something to do; undefined while nothing is installed. */
  nextDueAt(): number | undefined {
    if (this.#nextTokenAt === undefined) return undefined;
    return Math.min(this.#nextTokenAt, ...this.#waiting.map(({ dueAt }) => dueAt));
  }

  /**
   * Sends what is due by the clock and waits for the answers, one push after another. What the ledger fails to take is tried
   * again; what it refuses is not. One call at a time; others wait for their turn.
   *
   * @returns how many calls were sent
   */
  deliverDue(): Promise<number> {
    const turn = this.#turn.then(() => this.#deliver());
    this.#turn = turn.catch(() => 0);
    return turn;
  }

  #hear(event: WorldEvent): void {
    const { chaos, faults, rights } = this.#jira;
    const project = this.#projectOf(event);
    // What the app may not see it is not told of.
    if (project !== undefined && !rights.mayBrowse({ kind: "app" }, project)) return;
    if (chaos.strikes("dropped")) {
      faults.count("event dropped");
      return;
    }
    const padding = chaos.strikes("oversized") ? MOST_EVENT_BYTES : 0;
    const payload = eventPayload(event, this.#resources, padding);
    const raw = this.dials.tellsTime ? { ...payload, timestamp: event.at } : payload;
    if (bytesOf(raw) > MOST_EVENT_BYTES) {
      faults.count("event oversized");
      return;
    }
    const stripped = strippedEvent(raw);
    if (stripped === undefined) throw new Error(`The app cannot read an event of ${event.what}.`);
    this.#waiting.push({ dueAt: this.#dueAt(), tries: 0, raw, event: stripped });
    if (!chaos.strikes("duplicated")) return;
    faults.count("event duplicated");
    this.#waiting.push({ dueAt: this.#dueAt(), tries: 0, raw, event: stripped });
  }

  #projectOf(event: WorldEvent): string | undefined {
    switch (event.what) {
      case "issue":
        return event.state.project;
      case "worklog":
        return this.#jira.world.issues.get(event.worklog.issue)?.state.project;
      case "user":
        return undefined;
    }
  }

  #dueAt(): number {
    const { chaos, faults, world } = this.#jira;
    if (!chaos.strikes("delayed")) return world.now();
    faults.count("event delayed");
    return world.now() + Math.ceil(chaos.draw("delay") * chaos.dials.delayedByMilliseconds);
  }

  async #deliver(): Promise<number> {
    const now = this.#jira.world.now();
    let calls = 0;
    if (this.#nextTokenAt !== undefined && this.#nextTokenAt <= now) {
      calls += 1;
      await this.bringToken();
    }
    const due = this.#takeDue(now);
    while (due.length > 0) {
      calls += 1;
      await this.#push(due.splice(0, this.dials.stripsEvents ? this.dials.eventsPerPush : 1));
    }
    return calls;
  }

  #takeDue(now: number): Waiting[] {
    const { chaos, faults } = this.#jira;
    const due = this.#waiting.filter(({ dueAt }) => dueAt <= now);
    this.#waiting = this.#waiting.filter(({ dueAt }) => dueAt > now);
    if (due.length < 2 || !chaos.strikes("reordered")) return due;
    faults.count("events reordered");
    return chaos.shuffled(due);
  }

  async #push(batch: readonly Waiting[]): Promise<void> {
    const { chaos, faults, world } = this.#jira;
    const [first] = batch;
    const body = this.dials.stripsEvents ? { events: batch.map(({ event }) => event) } : (first?.raw ?? {});
    const sent = await this.#call(LEDGER_PATHS.events, this.dials.wrapsBody ? { payload: body } : body);
    const answer = chaos.strikes("lostAnswers") ? NO_ANSWER : sent;
    if (isTaken(answer)) return;
    if (isRefused(answer)) {
      faults.count("events refused", batch.length);
      return;
    }
    faults.count("push failed");
    for (const { tries, ...waiting } of batch) {
      const wait = Math.min(this.dials.retryAfterMilliseconds * 2 ** tries, LONGEST_RETRY_MILLISECONDS);
      if (tries + 1 >= this.dials.mostTries) faults.count("event given up");
      else this.#waiting.push({ ...waiting, tries: tries + 1, dueAt: world.now() + wait });
    }
  }

  async #call(path: string, body: object): Promise<LedgerAnswer> {
    const { installationId } = this;
    const { apiBaseUrl, tokens } = this.#jira;
    const module = { type: "core:function", key: "ledger" };
    const token = await this.#forge.mint({ installationId, accountId: undefined, apiBaseUrl, module });
    try {
      const response = await fetch(this.dials.ledgerUrl + path, {
        method: "POST",
        body: JSON.stringify(body),
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          "x-forge-oauth-system": tokens.giveSystemToken(),
        },
        redirect: "manual",
        signal: AbortSignal.timeout(this.dials.answerWithinMilliseconds),
      });
      const text = await response.text();
      return { status: response.status, json: jsonIn(text) };
    } catch {
      return NO_ANSWER;
    }
  }
}

function isTaken({ status }: LedgerAnswer): boolean {
  return status >= 200 && status < 300;
}

/** For good: the same again would be answered the same. */
function isRefused({ status }: LedgerAnswer): boolean {
  return status >= 300 && status < 500 && status !== 408 && status !== 429;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
