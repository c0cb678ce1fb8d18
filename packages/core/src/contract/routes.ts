/** The panel's API: every route with what it takes and what it answers. Server, panel and OpenAPI document all follow it. */
import { z } from "zod";
import {
  deletedEntry,
  deleteEntryQuery,
  editEntryRequest,
  entry,
  entryParams,
  itemEntries,
  logEntryRequest,
  myWeek,
  undoEntryRequest,
  undoneEntry,
  weekQuery,
} from "./entries.ts";
import { projectParams, projectReport } from "./project-report.ts";
import { purpose } from "./purpose.ts";
import { raiseRoadblockRequest, roadblock, roadblockList, roadblockParams } from "./roadblocks.ts";
import { logTimerRequest, startedTimer, startTimerRequest, timerState } from "./timer.ts";
import { itemId, nothing } from "./values.ts";

export interface RouteContract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** GET reads; the others write, and need a token that was not used before and an idempotency key. */
  readonly method: "get" | "post" | "patch" | "delete";
  /** Names in braces are members of `params`. */
  readonly path: string;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  /** {@link nothing} where no body is sent. */
  readonly body: Body;
  readonly answer: Answer;
  readonly answerName: string;
  readonly status: 200 | 201;
}

/** Keeps the types of its schemas. */
function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  contract: RouteContract<P, Q, B, A>,
): RouteContract<P, Q, B, A> {
  return contract;
}

const itemParams = z.strictObject({ item: itemId });

export const ROUTES = {
  logEntry: route({
    method: "post",
    path: "/forge/v1/items/{item}/entries",
    summary: "Log time on a work item",
    params: itemParams,
    query: nothing,
    body: logEntryRequest,
    answer: entry,
    answerName: "Entry",
    status: 201,
  }),
  listItemEntries: route({
    method: "get",
    path: "/forge/v1/items/{item}/entries",
    summary: "My own entries on a work item, and what logging on it can choose from",
    params: itemParams,
    query: nothing,
    body: nothing,
    answer: itemEntries,
    answerName: "ItemEntries",
    status: 200,
  }),
  editEntry: route({
    method: "patch",
    path: "/forge/v1/entries/{entry}",
    summary: "Change an entry of mine",
    params: entryParams,
    query: nothing,
    body: editEntryRequest,
    answer: entry,
    answerName: "Entry",
    status: 200,
  }),
  undoEntry: route({
    method: "post",
    path: "/forge/v1/entries/{entry}/undo",
    summary: "Undo the last change of an entry of mine",
    params: entryParams,
    query: nothing,
    body: undoEntryRequest,
    answer: undoneEntry,
    answerName: "UndoneEntry",
    status: 200,
  }),
  deleteEntry: route({
    method: "delete",
    path: "/forge/v1/entries/{entry}",
    summary: "Take an entry of mine back",
    params: entryParams,
    query: deleteEntryQuery,
    body: nothing,
    answer: deletedEntry,
    answerName: "DeletedEntry",
    status: 200,
  }),
  getMyWeek: route({
    method: "get",
    path: "/forge/v1/my/week",
    summary: "My own entries of a week: of today's, or of the one with that day",
    params: nothing,
    query: weekQuery,
    body: nothing,
    answer: myWeek,
    answerName: "MyWeek",
    status: 200,
  }),
  getTimer: route({
    method: "get",
    path: "/forge/v1/my/timer",
    summary: "My timer",
    params: nothing,
    query: nothing,
    body: nothing,
    answer: timerState,
    answerName: "TimerState",
    status: 200,
  }),
  startTimer: route({
    method: "post",
    path: "/forge/v1/items/{item}/timer",
    summary: "Start my timer on a work item, or let it go on after a pause",
    params: itemParams,
    query: nothing,
    body: startTimerRequest,
    answer: startedTimer,
    answerName: "StartedTimer",
    status: 200,
  }),
  pauseTimer: route({
    method: "post",
    path: "/forge/v1/my/timer/pause",
    summary: "Pause my timer",
    params: nothing,
    query: nothing,
    body: nothing,
    answer: timerState,
    answerName: "TimerState",
    status: 200,
  }),
  logTimer: route({
    method: "post",
    path: "/forge/v1/my/timer/log",
    summary: "Stop my timer and log its time, as proposed or as I say",
    params: nothing,
    query: nothing,
    body: logTimerRequest,
    answer: entry,
    answerName: "Entry",
    status: 201,
  }),
  discardTimer: route({
    method: "delete",
    path: "/forge/v1/my/timer",
    summary: "Let go of my timer without logging",
    params: nothing,
    query: nothing,
    body: nothing,
    answer: timerState,
    answerName: "TimerState",
    status: 200,
  }),
  raiseRoadblock: route({
    method: "post",
    path: "/forge/v1/items/{item}/roadblocks",
    summary: "Say that something is in the way of a work item; without a name",
    params: itemParams,
    query: nothing,
    body: raiseRoadblockRequest,
    answer: roadblock,
    answerName: "Roadblock",
    status: 201,
  }),
  listRoadblocks: route({
    method: "get",
    path: "/forge/v1/items/{item}/roadblocks",
    summary: "What is or was in the way of a work item",
    params: itemParams,
    query: nothing,
    body: nothing,
    answer: roadblockList,
    answerName: "RoadblockList",
    status: 200,
  }),
  resolveRoadblock: route({
    method: "post",
    path: "/forge/v1/roadblocks/{roadblock}/resolve",
    summary: "Say that a roadblock is out of the way",
    params: roadblockParams,
    query: nothing,
    body: nothing,
    answer: roadblock,
    answerName: "Roadblock",
    status: 200,
  }),
  getPurpose: route({
    method: "get",
    path: "/forge/v1/purpose",
    summary: "Why time is tracked here",
    params: nothing,
    query: nothing,
    body: nothing,
    answer: purpose,
    answerName: "Purpose",
    status: 200,
  }),
  getProjectReport: route({
    method: "get",
    path: "/forge/v1/projects/{project}/report",
    summary: "Which stage holds a project's work up, and the hours that may be shown",
    params: projectParams,
    query: nothing,
    body: nothing,
    answer: projectReport,
    answerName: "ProjectReport",
    status: 200,
  }),
} as const;
