import { StageledgerError } from "@stageledger/core";
import { attemptCall } from "./attempt-call.ts";
import type { JiraCaller, JiraRequest } from "./jira-caller.ts";
import type { Pacing } from "./pacing.ts";
import { parseAnswer } from "./parse-answer.ts";
import { retryDecision } from "./retry-decision.ts";
import { REPORT_IT, siteError } from "./site-error.ts";

export interface SiteClientOptions {
  readonly site: URL;
  /** Value of the Authorization header. It goes to `site` only and into no error. */
  readonly authorization: string;
  readonly pacing: Pacing;
  readonly fetch: typeof globalThis.fetch;
  /** For one attempt, body included. */
  readonly timeoutMilliseconds: number;
  /** Ends every call and wait. */
  readonly signal: AbortSignal;
  /** Called before each wait, so that a long one does not look like a hang. */
  readonly onWait: (milliseconds: number) => void;
}

/** One Jira site, asked by somebody before a terminal. */
export class SiteClient implements JiraCaller {
  readonly #options: SiteClientOptions;
  #pausedUntil = 0;

  constructor(options: SiteClientOptions) {
    this.#options = options;
  }

  /**
   * The parsed answer, after as many tries as {@link retryDecision} allows.
   *
   * @throws SITE_UNAUTHORISED, SITE_FORBIDDEN, SITE_RATE_LIMITED, SITE_BAD_JQL, SITE_NOT_FOUND, SITE_BAD_URL,
   * SITE_UNREACHABLE, SITE_WRONG_SHAPE; the signal's reason when it aborts.
   */
  async call<T>(request: JiraRequest<T>): Promise<T> {
    const { pacing, site } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      await this.#untilPauseEnds();
      const outcome = await attemptCall({ ...this.#options, ...request, root: site });
      if (typeof outcome === "string") return answerOf(outcome, request, site);
      const decision = retryDecision(outcome, attempt, pacing.random, pacing.now());
      switch (decision.action) {
        case "retry":
          await this.#wait(decision.waitMilliseconds);
          break;
        case "pause-all":
          this.#pausedUntil = Math.max(this.#pausedUntil, decision.until);
          break;
        case "give-up":
          throw siteError(outcome, {
            site,
            call: `${request.method} ${request.path}`,
            carriesJql: request.carriesJql ?? false,
            tries: attempt,
            tryAgainAt: decision.tryAgainAt,
          });
      }
    }
  }

  contradiction(what: string, offender?: string): StageledgerError {
    const which = offender === undefined ? "" : ` (${JSON.stringify(offender)})`;
    return new StageledgerError("SITE_WRONG_SHAPE", `Jira's answers contradict each other: ${what}${which}.`, {
      next: "Run it again; if it stays so, analyse an export instead.",
    });
  }

  async #untilPauseEnds(): Promise<void> {
    const { pacing } = this.#options;
    // Another call may lengthen the pause while this one sits in it.
    for (let endured = 0; this.#pausedUntil > Math.max(endured, pacing.now()); ) {
      endured = this.#pausedUntil;
      await this.#wait(endured - pacing.now());
    }
  }

  async #wait(milliseconds: number): Promise<void> {
    const { pacing, signal, onWait } = this.#options;
    onWait(milliseconds);
    await pacing.sleep(milliseconds, signal);
  }
}

function answerOf<T>(text: string, request: JiraRequest<T>, site: URL): T {
  const call = `${request.method} ${request.path}`;
  const parsed = parseAnswer(text, request.answer);
  switch (parsed.kind) {
    case "answer":
      return parsed.answer;
    case "no-json":
      throw new StageledgerError("SITE_WRONG_SHAPE", `${site.host} answered ${call} with something that is not JSON.`, {
        next: "Is it the site's root, like https://your-site.atlassian.net?",
      });
    case "misfit":
      throw new StageledgerError(
        "SITE_WRONG_SHAPE",
        `${site.host} answered ${call} in an unknown shape, at ${parsed.path}: ${parsed.why}.`,
        { next: REPORT_IT },
      );
  }
}
