/** What a refused request is told: problem+json (RFC 9457) with a code of ours. Never a trace, never a word of the request. */
import { STATUS_CODES } from "node:http";
import { type ErrorCode, StageledgerError } from "@stageledger/core";
import type { Log } from "@stageledger/sync";
import type { ErrorRequestHandler, Response } from "express";

/** The one place where a code becomes a status. A code that is not here means that the fault is ours. */
const STATUS_BY_CODE: ReadonlyMap<ErrorCode, number> = new Map([
  ["BODY_UNREADABLE", 400],
  ["HOOK_SIGNATURE_WRONG", 401],
  ["HOOK_SECRET_REFUSED", 403],
  ["HOOK_UNKNOWN", 404],
  ["BODY_TOO_LARGE", 413],
  ["DATABASE_UNREACHABLE", 503],
  ["DOOR_BUSY", 503],
]);
const INTERNAL_ERROR = 500;
const UNAVAILABLE = 503;
const RETRY_AFTER_SECONDS = 5;

/** The last handler of a router or an app. What went wrong on our side is logged, by its code. */
export function answerProblems(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = problemOf(error);
    if (problem.status >= INTERNAL_ERROR) log("request failed", { code: problem.code, cause: codeOfCause(error) });
    // Whatever is still to come of the body is not read, so nothing else can follow on this connection.
    if (!request.complete) response.set("connection", "close");
    send(response, problem);
  };
}

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

function problemOf(error: unknown): Problem {
  // A path that cannot be decoded is none of ours.
  if (error instanceof URIError)
    return problemOf(new StageledgerError("HOOK_UNKNOWN", "Nothing is expected at this path."));
  const [code, detail] =
    error instanceof StageledgerError
      ? [error.code, error.message]
      : ["UNEXPECTED", "Something went wrong that should not have."];
  const status =
    error instanceof StageledgerError ? (STATUS_BY_CODE.get(error.code) ?? INTERNAL_ERROR) : INTERNAL_ERROR;
  return { type: `urn:stageledger:error:${code}`, title: STATUS_CODES[status] ?? "", status, code, detail };
}

function send(response: Response, problem: Problem): void {
  if (problem.status === UNAVAILABLE) response.set("retry-after", String(RETRY_AFTER_SECONDS));
  response.status(problem.status).type("application/problem+json").send(JSON.stringify(problem));
}

/** The code that the database or the system gave, such as 57P01 or ECONNREFUSED: their messages may quote what we sent them. */
function codeOfCause(error: unknown): string | undefined {
  const cause = error instanceof StageledgerError ? error.cause : error;
  if (typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string")
    return cause.code;
  return cause instanceof Error ? cause.name : undefined;
}
