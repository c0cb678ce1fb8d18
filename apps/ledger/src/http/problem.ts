/** What a refused request is told: problem+json with a code of ours. Never a trace, never a word of the request. */
import { type IncomingMessage, STATUS_CODES } from "node:http";
import { type ErrorCode, StageledgerError } from "@stageledger/core";
import type { Problem } from "@stageledger/core/contract/problem";
import type { ErrorRequestHandler, Response } from "express";
import { Refusal } from "./refusal.ts";
import { requestIdOf } from "./request-id.ts";
import { pathUnknown } from "./unknown.ts";

export type Log = (event: string, details: Readonly<Record<string, string | number | boolean | undefined>>) => void;

/** The one place where a code becomes a status. A code that is not here means that the fault is ours. */
const STATUS_BY_CODE: ReadonlyMap<ErrorCode, number> = new Map([
  ["BODY_UNREADABLE", 400],
  ["REQUEST_INVALID", 400],
  ["SIGN_IN_NEEDED", 401],
  ["TOKEN_REFUSED", 401],
  ["TOKEN_USED", 401],
  ["CALL_FROM_ELSEWHERE", 403],
  ["ENTRY_FROM_ELSEWHERE", 403],
  ["ENTRY_OF_ERASED_PERSON", 403],
  ["INSTALLATION_UNKNOWN", 403],
  ["RIGHTS_MISSING", 403],
  ["RIGHTS_UNPROVED", 403],
  ["SIGN_IN_REFUSED", 403],
  ["TOKEN_OF_PERSON", 403],
  ["TOKEN_WITHOUT_PERSON", 403],
  ["ENTRY_UNKNOWN", 404],
  ["INVITE_UNKNOWN", 404],
  ["ITEM_UNKNOWN", 404],
  ["LEDGER_EMPTY", 404],
  ["LINK_CODE_UNKNOWN", 404],
  ["PATH_UNKNOWN", 404],
  ["PROJECT_UNKNOWN", 404],
  ["ROADBLOCK_UNKNOWN", 404],
  ["TIMER_UNKNOWN", 404],
  ["CONNECTION_OTHER_SITE", 409],
  ["ENTRY_COPY_TOO_LATE", 409],
  ["ENTRY_DELETED", 409],
  ["ENTRY_HAS_PROJECT", 409],
  ["ENTRY_REVISION_CONFLICT", 409],
  ["LINK_REFUSED", 409],
  ["MEMBERSHIPS_FULL", 409],
  ["REQUEST_KEY_REUSED", 409],
  ["SETTING_INVALID", 409],
  ["STAGES_VERSION_TAKEN", 409],
  ["TIMER_CAPPED", 409],
  ["TIMER_OTHER", 409],
  ["TIMER_RUNNING", 409],
  ["BODY_TOO_LARGE", 413],
  ["ENTRY_DAY_OVER_24_HOURS", 422],
  ["ENTRY_IMPOSSIBLE_DATE", 422],
  ["ENTRY_TOO_OLD", 422],
  ["SETTING_UNKNOWN_ZONE", 422],
  ["STAGE_UNKNOWN", 422],
  ["STAGES_NO_COMMITMENT", 422],
  ["STAGES_STATUS_TWICE", 422],
  ["STAGES_UNKNOWN_STATUS", 422],
  ["STAGES_UNREADABLE", 422],
  ["DOOR_RATE_LIMITED", 429],
  ["JIRA_REFUSED", 502],
  ["JIRA_WRONG_SHAPE", 502],
  ["DATABASE_UNREACHABLE", 503],
  ["JIRA_UNREACHABLE", 503],
  ["SIGN_IN_UNREACHABLE", 503],
  ["TOKEN_KEYS_UNREACHABLE", 503],
]);
const TOO_MANY = 429;
const INTERNAL_ERROR = 500;
const UNAVAILABLE = 503;
const RETRY_AFTER_SECONDS = 5;

/** SQLSTATE classes, and the system's codes, that say: not now. */
const NOT_NOW = /^(?:08|53|57P|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/u;

/** The last handler of a router. */
export function answerProblems(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const told = toldOf(error, request, log);
    // Whatever is still to come of the body is not read, so nothing else can follow on this connection.
    if (!request.complete) response.set("connection", "close");
    send(response, told);
  };
}

/** What is told of an error, whichever way. What went wrong on our side is logged, by its code. */
export function toldOf(error: unknown, request: IncomingMessage, log: Log): Problem {
  const told = problemOf(foreseen(error), requestIdOf(request));
  if (told.status >= INTERNAL_ERROR) {
    log("request failed", { code: told.code, cause: codeOfCause(error), requestId: told.requestId });
  }
  return told;
}

function foreseen(error: unknown): StageledgerError | undefined {
  if (error instanceof StageledgerError) return error;
  // A path that cannot be decoded is none of ours.
  if (error instanceof URIError) return pathUnknown();
  if (!NOT_NOW.test(codeOfCause(error) ?? "")) return undefined;
  return new StageledgerError("DATABASE_UNREACHABLE", "The database cannot answer now.", {
    next: "Try again in a moment: nothing was recorded.",
    cause: error,
  });
}

function problemOf(error: StageledgerError | undefined, requestId: string): Problem {
  const status = error === undefined ? INTERNAL_ERROR : (STATUS_BY_CODE.get(error.code) ?? INTERNAL_ERROR);
  const code = error?.code ?? "UNEXPECTED";
  return {
    type: `urn:stageledger:error:${code}`,
    title: STATUS_CODES[status] ?? "",
    status,
    code,
    detail: error?.message ?? "Something went wrong that should not have.",
    ...(error?.next === undefined ? {} : { next: error.next }),
    ...(error instanceof Refusal ? error.details : {}),
    requestId,
  };
}

function send(response: Response, told: Problem): void {
  if (told.status === UNAVAILABLE || told.status === TOO_MANY) response.set("retry-after", String(RETRY_AFTER_SECONDS));
  response.status(told.status).type("application/problem+json").send(JSON.stringify(told));
}

/** The code that the database or the system gave, such as 57P01 or ECONNREFUSED: their messages may quote what we sent them. */
function codeOfCause(error: unknown): string | undefined {
  const cause = error instanceof StageledgerError ? error.cause : error;
  if (typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string")
    return cause.code;
  return cause instanceof Error ? cause.name : undefined;
}
