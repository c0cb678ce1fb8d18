/**
 * Calls of people at the panel: each goes through the product's door, proved by Forge for whoever makes it, and is made again
 * under its key until an answer comes. Who waited for most of a day, which is as long as the door remembers a key, looks first
 * whether it was done.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { FakeForge } from "../../simulators/forge/fake-forge.ts";
import type { FakeJiraSite } from "../../simulators/jira/site.ts";
import type { Dice } from "../dice.ts";
import type { Tally } from "../tally.ts";

const MINUTE = 60_000;
const LOOK_AFTER = 20 * 60 * MINUTE;
const LONGEST_WAIT = 30 * MINUTE;
/** Real milliseconds, after which the panel shows an error. */
const PATIENCE = 5000;

export interface DoorCall {
  readonly issue: string;
  readonly by: string;
  readonly method: "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body: object | undefined;
  readonly isTold: (answer: Revised) => void;
  readonly isRefused: () => void;
  /** By what the door shows of the issue; undefined where it was not done. */
  readonly findDone: (shown: readonly ShownEntry[]) => Revised | undefined;
}

export interface DoorCallParts {
  readonly jira: FakeJiraSite;
  readonly forge: Pick<FakeForge, "mint">;
  readonly installationId: string;
  readonly ledgerUrl: string;
  readonly dice: Dice;
  /** Counts what went wrong on the way. */
  readonly faults: Tally;
}

interface Asked {
  readonly call: DoorCall;
  readonly key: string;
  readonly tries: number;
  readonly firstAt: number;
  readonly dueAt: number;
}

/** Status 0 without an answer. */
interface DoorAnswer {
  readonly status: number;
  readonly json: unknown;
}

const revised = z.object({ id: z.string(), revision: z.number() });
const shownEntry = revised.extend({ minutes: z.number(), date: z.string(), activity: z.string() });
const shownEntries = z.object({ entries: z.array(shownEntry) });
const problem = z.object({ code: z.string() });
type Revised = z.infer<typeof revised>;
type ShownEntry = z.infer<typeof shownEntry>;

export class DoorCalls {
  /** Share of the answers that do not reach whoever waits for them. */
  lostAnswers = 0;
  /** Share of the calls that somebody in between repeats. */
  repeated = 0;
  /** Answers that nobody should get. */
  readonly troubles: string[] = [];
  readonly #parts: DoorCallParts;
  readonly #waiting = new Set<Asked>();
  #underWay = 0;

  constructor(parts: DoorCallParts) {
    this.#parts = parts;
  }

  get isIdle(): boolean {
    return this.#waiting.size === 0 && this.#underWay === 0;
  }

  ask(call: DoorCall): void {
    const now = this.#now();
    this.#waiting.add({ call, key: randomUUID(), tries: 0, firstAt: now, dueAt: now });
  }

  /** Makes the calls that are due; resolves when each was answered, or was not. */
  async sendDue(): Promise<void> {
    const now = this.#now();
    const due = [...this.#waiting].filter(({ dueAt }) => dueAt <= now);
    for (const asked of due) this.#waiting.delete(asked);
    this.#underWay += due.length;
    await Promise.all(
      due.map(async (asked) => {
        await (now - asked.firstAt < LOOK_AFTER ? this.#make(asked) : this.#look(asked));
        this.#underWay -= 1;
      }),
    );
  }

  async #make(asked: Asked): Promise<void> {
    const { dice, faults } = this.#parts;
    const { call, key } = asked;
    const token = await this.#token(call);
    const { status, json } = await this.#send(call, token, key);
    const isLost = status !== 0 && dice.chance(this.lostAnswers);
    if (isLost) faults.count("panel lost the answer");
    if (isTaken(status) && dice.chance(this.repeated)) await this.#repeat(call, token);
    if (isLost || isPassing(status)) this.#again(asked);
    else if (isTaken(status)) call.isTold(revised.parse(json));
    else if (status === 404) call.isRefused();
    else this.troubles.push(`panel: ${call.method} was answered ${status} ${problem.safeParse(json).data?.code}`);
  }

  async #look(asked: Asked): Promise<void> {
    const { call } = asked;
    const path = `/forge/v1/items/jira:${call.issue}/entries`;
    const { status, json } = await this.#send(
      { by: call.by, method: "GET", path, body: undefined },
      await this.#token(call),
    );
    const shown = isTaken(status) ? shownEntries.parse(json).entries : undefined;
    if (shown === undefined) return this.#again(asked);
    const done = call.findDone(shown);
    if (done === undefined) this.ask(call);
    else call.isTold(done);
  }

  #again(asked: Asked): void {
    const { dice, faults } = this.#parts;
    faults.count("panel tried again");
    const wait = Math.min(dice.between(1, 3) * MINUTE * 2 ** asked.tries, LONGEST_WAIT);
    this.#waiting.add({ ...asked, tries: asked.tries + 1, dueAt: this.#now() + wait });
  }

  /** Whoever has seen a call and makes it again, as a call of its own, has no right to. */
  async #repeat(call: DoorCall, token: string): Promise<void> {
    this.#parts.faults.count("panel call repeated");
    const { status } = await this.#send(call, token, randomUUID());
    if (isTaken(status)) this.troubles.push(`panel: a repeated ${call.method} was obeyed`);
  }

  #token({ by }: DoorCall): Promise<string> {
    const { jira, forge, installationId } = this.#parts;
    return forge.mint({ installationId, accountId: by, apiBaseUrl: jira.apiBaseUrl });
  }

  async #send(
    { by, method, path, body }: Pick<DoorCall, "by" | "path" | "body"> & { readonly method: string },
    token: string,
    key?: string,
  ): Promise<DoorAnswer> {
    const { jira, ledgerUrl } = this.#parts;
    try {
      const response = await fetch(ledgerUrl + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          "x-forge-oauth-user": jira.tokens.giveUserToken(by),
          ...(key === undefined ? {} : { "idempotency-key": key }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      return { status: response.status, json: await response.json() };
    } catch {
      return { status: 0, json: undefined };
    }
  }

  #now(): number {
    return this.#parts.jira.world.now();
  }
}

function isTaken(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Somebody whose right Jira does not say opens the panel again, too. */
function isPassing(status: number): boolean {
  return status === 0 || status === 403 || status === 429 || status >= 500;
}
