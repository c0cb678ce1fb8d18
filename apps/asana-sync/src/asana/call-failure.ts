/** One attempt that brought no usable answer, told without a word of request or answer: those hold the token and people. */
import { z } from "zod";

export type CallFailure =
  | {
      readonly kind: "answered";
      /** Below 300 when what it brought cannot be read. */
      readonly status: number;
      /** The header's text: seconds, or an HTTP date. */
      readonly retryAfter: string | undefined;
    }
  /** No answer, or one that broke off: name not found, connection refused or cut, time over. */
  | {
      readonly kind: "unanswered";
      readonly timedOut: boolean;
      /** The system's short name for the trouble, such as ECONNREFUSED. */
      readonly reason: string | undefined;
    };

/** Headers of an answer, their names in lower case. */
const headers = z.record(z.string(), z.unknown());

/** What superagent, which the `asana` package calls through, rejects with. */
const refusal = z.object({
  status: z.number().int(),
  response: z.object({ headers, body: z.unknown() }),
});

/** It also rejects with this when an answer calls itself JSON and is none. */
const unreadable = z.object({ rawResponse: z.unknown(), statusCode: z.number().int() });

const breakdown = z.object({ code: z.string().nullish(), timeout: z.number().nullish() });

export interface FailedAttempt {
  readonly failure: CallFailure;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Unread: it can quote anything. */
  readonly body: unknown;
}

/** What is known of an attempt that rejected. @param error as superagent threw it; nothing of it is kept but this */
export function failedAttempt(error: unknown): FailedAttempt {
  const answered = refusal.safeParse(error);
  if (answered.success) {
    const { status, response } = answered.data;
    const retryAfter = response.headers["retry-after"];
    return {
      failure: { kind: "answered", status, retryAfter: typeof retryAfter === "string" ? retryAfter : undefined },
      headers: response.headers,
      body: response.body,
    };
  }
  const garbled = unreadable.safeParse(error);
  if (garbled.success) {
    const status = garbled.data.statusCode;
    return { failure: { kind: "answered", status, retryAfter: undefined }, headers: {}, body: undefined };
  }
  const broken = breakdown.safeParse(error);
  const code = (broken.success ? broken.data.code : undefined) ?? "";
  const timedOut = broken.success && typeof broken.data.timeout === "number";
  return {
    failure: { kind: "unanswered", timedOut, reason: /^[A-Z_]+$/.test(code) ? code : undefined },
    headers: {},
    body: undefined,
  };
}
