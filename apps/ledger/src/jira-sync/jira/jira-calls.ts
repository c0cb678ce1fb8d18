/** Makes calls to Jira: each in its turn, with a token, again as long as that makes sense, and believed only when parsed. */
import type { StageledgerError } from "@stageledger/core";
import type { Pacing } from "@stageledger/sync";
import { attemptCall } from "../../jira/site/attempt-call.ts";
import type { AnsweredFailure, CallFailure } from "../../jira/site/call-failure.ts";
import type { JiraCaller, JiraRequest } from "../../jira/site/jira-caller.ts";
import { parseAnswer } from "../../jira/site/parse-answer.ts";
import { quotaOf, type RetryDecision, retryDecision } from "../../jira/site/retry-decision.ts";
import { saysAbsent } from "../../jira/site/says-absent.ts";
import type { JiraCredentials } from "./credentials.ts";
import { jiraError, wrongShape } from "./jira-error.ts";
import { type JiraLimiter, LONGEST_WAIT_MILLISECONDS } from "./limiter.ts";
import type { TokenSource } from "./token-source.ts";

export interface JiraCallsOptions {
  readonly token: TokenSource;
  readonly limiter: JiraLimiter;
  readonly pacing: Pacing;
  /** Ends every call and wait. */
  readonly signal: AbortSignal;
  readonly fetch: typeof globalThis.fetch;
  /** For one attempt, body included. */
  readonly timeoutMilliseconds: number;
}

export class JiraCalls implements JiraCaller {
  readonly #options: JiraCallsOptions;

  constructor(options: JiraCallsOptions) {
    this.#options = options;
  }

  /** @throws StageledgerError JIRA_…; the signal's reason when it aborts; what the token source throws */
  async call<T>(request: JiraRequest<T>): Promise<T> {
    const outcome = await this.#make(request);
    if (typeof outcome === "string") return this.#parsed(request, outcome);
    throw outcome.error;
  }

  /** The same; undefined where Jira says that there is no such thing. */
  async find<T>(request: JiraRequest<T>): Promise<T | undefined> {
    const outcome = await this.#make(request);
    if (typeof outcome === "string") return this.#parsed(request, outcome);
    if (saysAbsent(outcome.failure)) return undefined;
    throw outcome.error;
  }

  /** Without the offender: what Jira says is not repeated. */
  contradiction(what: string): StageledgerError {
    return wrongShape(`contradicts itself: ${what}`);
  }

  /** The answer's text, or what was given up. */
  async #make(request: JiraRequest<unknown>): Promise<string | GivenUp> {
    const { token: tokenSource, limiter, pacing, signal } = this.#options;
    let refusal: { readonly token: string; readonly failure: AnsweredFailure } | undefined;
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      const credentials = await tokenSource(refusal?.token);
      if (credentials.token === refusal?.token) return givenUp(refusal.failure, request, attempt, undefined);
      await limiter.turn(signal);
      const outcome = await this.#attempt(request, credentials);
      if (typeof outcome === "string") return outcome;
      // The app may have brought a new token meanwhile.
      if (outcome.kind === "answered" && isUnauthorised(outcome) && refusal === undefined) {
        refusal = { token: credentials.token, failure: outcome };
        continue;
      }
      const decision = retryDecision(outcome, attempt, pacing.random, pacing.now(), LONGEST_WAIT_MILLISECONDS);
      await this.#pause(outcome, decision);
      if (decision.action === "give-up") return givenUp(outcome, request, attempt, decision.tryAgainAt);
      if (decision.action === "retry") await pacing.sleep(decision.waitMilliseconds, signal);
    }
  }

  #attempt(request: JiraRequest<unknown>, { root, token }: JiraCredentials): Promise<string | CallFailure> {
    return attemptCall({ ...this.#options, ...request, root, authorization: `Bearer ${token}` });
  }

  /** A quota that is used up stops all calls that it is for, also when this one is given up. */
  async #pause(failure: CallFailure, decision: RetryDecision): Promise<void> {
    const quota = failure.kind === "answered" ? quotaOf(failure) : undefined;
    const until = pauseEnd(decision);
    if (quota !== undefined && until !== undefined) await this.#options.limiter.pause(quota, until);
  }

  async #parsed<T>(request: JiraRequest<T>, text: string): Promise<T> {
    const parsed = parseAnswer(text, request.answer);
    if (parsed.kind === "answer") {
      await this.#options.limiter.charge(request.countObjects?.(parsed.answer) ?? 1);
      return parsed.answer;
    }
    const where = parsed.kind === "no-json" ? "its root" : parsed.path;
    throw wrongShape(`answered ${nameOf(request)} in an unknown shape, at ${where}`);
  }
}

function pauseEnd(decision: RetryDecision): number | undefined {
  switch (decision.action) {
    case "pause-all":
      return decision.until;
    case "give-up":
      return decision.tryAgainAt;
    case "retry":
      return undefined;
  }
}

interface GivenUp {
  readonly failure: CallFailure;
  readonly error: StageledgerError;
}

function givenUp(
  failure: CallFailure,
  request: JiraRequest<unknown>,
  tries: number,
  tryAgainAt: number | undefined,
): GivenUp {
  return { failure, error: jiraError(failure, { call: nameOf(request), tries, tryAgainAt }) };
}

function isUnauthorised({ status, loginRefused }: AnsweredFailure): boolean {
  return status === 401 || loginRefused;
}

function nameOf({ method, path, name }: JiraRequest<unknown>): string {
  return name ?? `${method} ${path}`;
}
