import { StageledgerError } from "@stageledger/core";
import type { z } from "zod";
import { attemptCall } from "./attempt-call.ts";
import { jsonOrUndefined } from "./json-or-undefined.ts";
import type { Pacing } from "./pacing.ts";
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

export interface SiteRequest<T> {
  readonly method: "GET" | "POST";
  /** Relative to the site's root: "rest/api/3/status". */
  readonly path: string;
  readonly body?: object;
  readonly answer: z.ZodType<T>;
  /** True where a 400 is the JQL's fault. */
  readonly carriesJql?: boolean;
}

/** One Jira site's REST interface: read calls only, each safe to repeat. */
export class SiteClient {
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
  async call<T>(request: SiteRequest<T>): Promise<T> {
    const { pacing, site } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      await this.#untilPauseEnds();
      const outcome = await attemptCall({ ...this.#options, ...request, root: site });
      if (typeof outcome === "string") return parseAnswer(outcome, request, site);
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

function parseAnswer<T>(text: string, request: SiteRequest<T>, site: URL): T {
  const call = `${request.method} ${request.path}`;
  const json = jsonOrUndefined(text);
  if (json === undefined) {
    throw new StageledgerError("SITE_WRONG_SHAPE", `${site.host} answered ${call} with something that is not JSON.`, {
      next: "Is it the site's root, like https://your-site.atlassian.net?",
    });
  }
  const parsed = request.answer.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue === undefined || issue.path.length === 0 ? "the answer" : issue.path.map(String).join(".");
  throw new StageledgerError(
    "SITE_WRONG_SHAPE",
    `${site.host} answered ${call} in an unknown shape, at ${path}: ${issue?.message ?? "unreadable"}.`,
    { next: REPORT_IT },
  );
}
