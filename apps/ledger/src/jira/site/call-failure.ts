/** One attempt that brought no usable answer. Nothing of the request is in it: that holds the token. */
export type CallFailure = AnsweredFailure | UnansweredFailure;

/** The site answered, but not with what was asked for. */
export interface AnsweredFailure {
  readonly kind: "answered";
  readonly status: number;
  /** Text of the answer, unread: JSON by Jira, HTML by whatever stands before it. */
  readonly body: string;
  readonly retryAfter: string | null;
  readonly rateLimitReason: string | null;
  readonly rateLimitReset: string | null;
  /** Jira says that it did not believe the credentials, whatever the status. */
  readonly loginRefused: boolean;
  /** Where the site sends the caller instead. */
  readonly location: string | null;
}

/** No answer, or one that broke off: name not found, connection refused or cut, time over. */
export interface UnansweredFailure {
  readonly kind: "unanswered";
  readonly timedOut: boolean;
  readonly cause: unknown;
}
