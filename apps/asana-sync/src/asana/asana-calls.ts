/** Makes calls to Asana: each in its turn, with a token, again as long as that makes sense, and believed only when parsed. */

import type { Pacing } from "@stageledger/sync";
import { z } from "zod";
import { type AnnouncedChange, announcedChanges } from "./asana-change.ts";
import { asanaError, wrongShape } from "./asana-error.ts";
import { type FailedAttempt, failedAttempt } from "./call-failure.ts";
import type { CallKind, Limiter } from "./limiter.ts";
import { retryDecision } from "./retry-decision.ts";

/** The token to call with. @param refused one that Asana did not accept just now, to be renewed if that can be */
export type TokenSource = (refused?: string) => Promise<string>;

export interface AsanaCallsOptions {
  readonly token: TokenSource;
  readonly limiter: Limiter;
  readonly pacing: Pacing;
  /** Ends every call and wait. */
  readonly signal: AbortSignal;
  /** Told of each announced change once. */
  readonly onChange: (change: AnnouncedChange) => void;
}

export interface AsanaCall<T> {
  /** Such as `GET /tasks/{task}`, without any id: errors show it. */
  readonly name: string;
  readonly kind: CallKind;
  /** False where an attempt without an answer may have been carried out, and must not be carried out twice. */
  readonly isRepeatable: boolean;
  /** True where a 400 means that a page's place is forgotten. */
  readonly carriesOffset: boolean;
  /** Begins one attempt. Resolves with the `asana` package's answer, rejects with superagent's. */
  readonly send: (token: string) => Promise<unknown>;
  readonly answer: z.ZodType<T>;
  /** A status that is an answer too, and what its body is. */
  readonly refusalThatAnswers?: { readonly status: number; readonly answer: z.ZodType<T> };
}

/** What the package's `…WithHttpInfo` resolve with: the body is in `data`. */
const packageAnswer = z.object({
  data: z.unknown(),
  response: z.object({ headers: z.record(z.string(), z.unknown()) }),
});

export class AsanaCalls {
  readonly #options: AsanaCallsOptions;
  readonly #told = new Set<string>();

  constructor(options: AsanaCallsOptions) {
    this.#options = options;
  }

  /** @throws StageledgerError ASANA_…; the signal's reason when it aborts; what the token source throws */
  async make<T>(call: AsanaCall<T>): Promise<T> {
    const { token: tokenSource, limiter, pacing, signal } = this.#options;
    let refused: string | undefined;
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      const token = await tokenSource(refused);
      const failed = { call: call.name, tries: attempt, pauseUntil: undefined, carriesOffset: call.carriesOffset };
      if (token === refused) throw asanaError({ kind: "answered", status: 401, retryAfter: undefined }, failed);
      const outcome = await this.#attempt(call, token);
      if (outcome.kind === "answered") return outcome.answer;
      const { failure } = outcome.attempt;
      // An access token can be refused before its time: it is renewed once.
      if (failure.kind === "answered" && failure.status === 401 && refused === undefined) {
        refused = token;
        continue;
      }
      const decision = retryDecision(failure, call, attempt, pacing.random(), pacing.now());
      switch (decision.action) {
        case "retry":
          await pacing.sleep(decision.waitMilliseconds, signal);
          break;
        case "pause-all":
          await limiter.pauseUntil(decision.until);
          break;
        case "give-up":
          if (decision.pauseUntil !== undefined) await limiter.pauseUntil(decision.pauseUntil);
          throw asanaError(failure, { ...failed, pauseUntil: decision.pauseUntil });
      }
    }
  }

  async #attempt<T>(call: AsanaCall<T>, token: string): Promise<Outcome<T>> {
    const { limiter, signal } = this.#options;
    const release = await limiter.turn(call.kind, signal);
    const sent = await this.#send(call, token).finally(release);
    signal.throwIfAborted();
    if (sent.kind === "answered") {
      const { data, response } = parsed(call.name, packageAnswer, sent.answer);
      this.#tellChanges(response.headers);
      return { kind: "answered", answer: parsed(call.name, call.answer, data) };
    }
    const { failure, headers, body } = sent.attempt;
    this.#tellChanges(headers);
    const other = call.refusalThatAnswers;
    if (other === undefined || failure.kind !== "answered" || failure.status !== other.status) return sent;
    return { kind: "answered", answer: parsed(call.name, other.answer, body) };
  }

  async #send(call: AsanaCall<unknown>, token: string): Promise<Outcome<unknown>> {
    try {
      return { kind: "answered", answer: await call.send(token) };
    } catch (error) {
      return { kind: "failed", attempt: failedAttempt(error) };
    }
  }

  #tellChanges(headers: Readonly<Record<string, unknown>>): void {
    for (const change of announcedChanges(headers["asana-change"])) {
      const key = `${change.name} ${change.affected}`;
      if (this.#told.has(key)) continue;
      this.#told.add(key);
      this.#options.onChange(change);
    }
  }
}

type Outcome<T> =
  | { readonly kind: "answered"; readonly answer: T }
  | { readonly kind: "failed"; readonly attempt: FailedAttempt };

/** Zod's own error is dropped: its paths are enough, and nothing of the answer may come along. */
function parsed<T>(call: string, schema: z.ZodType<T>, data: unknown): T {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path.map(String).join(".") ?? "";
  throw wrongShape(call, path);
}
