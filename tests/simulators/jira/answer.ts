export interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(json: unknown): Answer {
  return { status: 200, json };
}

export function created(json: unknown): Answer {
  return { status: 201, json };
}

export function noContent(): Answer {
  return { status: 204, json: undefined };
}

/** A refused request as Jira words it: an ErrorCollection. */
export function badRequest(...errorMessages: string[]): Answer {
  return { status: 400, json: { errorMessages, errors: {} } };
}

export function notFound(): Answer {
  return { status: 404, json: { errorMessages: ["null for uri"], errors: {} } };
}

export function unauthorised(): Answer {
  return {
    status: 401,
    json: { message: "Client must be authenticated to access this resource.", "status-code": 401 },
    headers: { "x-seraph-loginreason": "AUTHENTICATED_FAILED" },
  };
}

/** By what stands before Jira: nothing that Jira would say. */
export function gatewayAnswer(status: number): Answer {
  if (status === 404) return { status, json: { code: 404, message: "HTTP 404 Not Found" } };
  return { status, json: `<html><body><h1>${status}</h1></body></html>` };
}

/** An answer other than the one that was asked for. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly answer: Answer;

  constructor(answer: Answer, headers: Readonly<Record<string, string>> = {}) {
    super(`answered ${answer.status}`);
    this.answer = { ...answer, headers: { ...answer.headers, ...headers } };
  }
}
