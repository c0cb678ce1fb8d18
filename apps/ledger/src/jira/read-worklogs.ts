/** From an issue's worklogs to the hours in them. Comments and authors' names are never looked at. */
import { arrayAt, idAt, instantAt, isObject, type JsonObject, objectAt, wrongShape } from "./json-shape.ts";

/** One worklog. The account lives until its pseudonym is derived. */
export interface Worklog {
  readonly id: string;
  readonly account: string;
  readonly startedAt: number;
  readonly updatedAt: number;
  /** As it stands there, which can be none, below zero or more than a day has. */
  readonly seconds: number;
}

export interface Worklogs {
  readonly worklogs: readonly Worklog[];
  /** Jira puts twenty into an issue; the others are in a list of their own. */
  readonly isTruncated: boolean;
}

const NONE: Worklogs = { worklogs: [], isTruncated: false };

/** @throws StageledgerError INPUT_WRONG_SHAPE, INPUT_IMPOSSIBLE_DATE */
export function readWorklogs(issue: unknown): Worklogs {
  const { worklog } = objectAt(objectAt(issue, "issue").fields, "issue.fields");
  if (!isObject(worklog)) return NONE;
  const worklogs = arrayAt(worklog.worklogs, "issue.fields.worklog.worklogs").map(readWorklog);
  return { worklogs, isTruncated: typeof worklog.total === "number" && worklog.total > worklogs.length };
}

function readWorklog(raw: unknown): Worklog {
  const worklog = objectAt(raw, "worklog");
  const author = objectAt(worklog.author, "worklog.author");
  const startedAt = instantAt(worklog.started, "worklog.started");
  return {
    id: idAt(worklog.id, "worklog.id"),
    account: accountOf(author),
    startedAt,
    updatedAt: worklog.updated === undefined ? startedAt : instantAt(worklog.updated, "worklog.updated"),
    seconds: secondsOf(worklog.timeSpentSeconds),
  };
}

/** Cloud has account ids, older servers keys or names. */
function accountOf(author: JsonObject): string {
  return idAt(author.accountId ?? author.key ?? author.name, "worklog.author.accountId");
}

function secondsOf(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw wrongShape("worklog.timeSpentSeconds", "whole seconds", value);
}
