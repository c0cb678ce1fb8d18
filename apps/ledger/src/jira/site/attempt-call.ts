/** One attempt of a call to Jira's REST interface: the one place where a token leaves us. */
import type { AnsweredFailure, CallFailure } from "./call-failure.ts";

export interface CallAttempt {
  /** Ends in "/". */
  readonly root: URL;
  readonly method: "GET" | "POST";
  /** Relative to the root: "rest/api/3/status". */
  readonly path: string;
  readonly body?: object | undefined;
  /** Value of the Authorization header. It goes to the root only and into no failure. */
  readonly authorization: string;
  readonly fetch: typeof globalThis.fetch;
  /** Body included. */
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
}

/** The body's text, or why there is none. @throws the signal's reason when it aborts */
export async function attemptCall(call: CallAttempt): Promise<string | CallFailure> {
  const { root, method, path, body, authorization, fetch, timeoutMilliseconds, signal } = call;
  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  try {
    const answer = await fetch(new URL(path, root), {
      method,
      headers: { accept: "application/json", "content-type": "application/json", authorization },
      // A redirect would turn a POST into a GET and lead the token's holder elsewhere.
      redirect: "manual",
      signal: AbortSignal.any([signal, timeout]),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return answer.ok && !isLoginRefused(answer.headers) ? text : answeredFailure(answer, text);
  } catch (cause) {
    signal.throwIfAborted();
    return { kind: "unanswered", timedOut: timeout.aborted, cause };
  }
}

/**
 * An expired token does not always mean 401: what may be read anonymously answers 200 as if nobody had signed in, empty
 * lists and all. Only this header tells.
 */
function isLoginRefused(headers: Headers): boolean {
  return /FAILED|DENIED/i.test(headers.get("x-seraph-loginreason") ?? "");
}

function answeredFailure(answer: Response, body: string): AnsweredFailure {
  const { status, headers } = answer;
  return {
    kind: "answered",
    status,
    body,
    retryAfter: headers.get("retry-after"),
    rateLimitReason: headers.get("ratelimit-reason"),
    rateLimitReset: headers.get("x-ratelimit-reset") ?? headers.get("ratelimit-reset"),
    loginRefused: isLoginRefused(headers),
    location: headers.get("location"),
  };
}
