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
import { linkCode, links, redeemRequest } from "./links.ts";
import { projectParams, projectReport } from "./project-report.ts";
import { purpose } from "./purpose.ts";
import { raiseRoadblockRequest, roadblock, roadblockList, roadblockParams } from "./roadblocks.ts";
import {
  eventsAnswer,
  eventsRequest,
  installationAnswer,
  installationRequest,
  MOST_EVENTS_BYTES,
  siteTokenAnswer,
} from "./service-calls.ts";
import { putStagesRequest, stageMap } from "./stages.ts";
import { logTimerRequest, startedTimer, startTimerRequest, timerState } from "./timer.ts";
import { anything, itemId, nothing } from "./values.ts";

export interface RouteContract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Whom the token has to name: a person, or nobody, where the app calls in its own name. */
  readonly caller: "person" | "service";
  /** Whether it is done once a key: where it writes, but for what does no harm when it is done again. */
  readonly needsKey: boolean;
  readonly mostBodyBytes: number;
  /** Names in braces are members of `params`. */
  readonly path: string;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  /** {@link nothing} where no body is sent. */
  readonly body: Body;
  readonly answer: Answer;
  readonly answerName: string;
  readonly status: 200 | 201 | 202;
}

type Told<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> = Omit<
  RouteContract<P, Q, B, A>,
  "caller" | "needsKey" | "mostBodyBytes"
> &
  Partial<Pick<RouteContract, "needsKey" | "mostBodyBytes">>;

const MOST_BODY_BYTES = 65_536;

/** A route for people. Keeps the types of its schemas. */
function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  told: Told<P, Q, B, A>,
): RouteContract<P, Q, B, A> {
  return { caller: "person", needsKey: told.method !== "get", mostBodyBytes: MOST_BODY_BYTES, ...told };
}

/** A route for the app itself. Keeps the types of its schemas. */
function serviceRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  told: Told<P, Q, B, A>,
): RouteContract<P, Q, B, A> {
  return { caller: "service", needsKey: false, mostBodyBytes: MOST_BODY_BYTES, ...told };
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
  getStages: route({
    method: "get",
    path: "/forge/v1/stages",
    summary: "The stages, in their latest version, and the statuses in them",
    params: nothing,
    query: nothing,
    body: nothing,
    answer: stageMap,
    answerName: "StageMap",
    status: 200,
  }),
  putStages: route({
    method: "put",
    path: "/forge/v1/stages",
    summary: "A new version of the stages; for who administers the site",
    params: nothing,
    query: nothing,
    body: putStagesRequest,
    answer: stageMap,
    answerName: "StageMap",
    status: 200,
  }),
  issueLinkCode: route({
    method: "post",
    path: "/forge/v1/my/link-codes",
    summary: "A code by which another account of mine can be joined to this one; it makes an earlier one void",
    params: nothing,
    query: nothing,
    body: nothing,
    needsKey: false,
    answer: linkCode,
    answerName: "LinkCode",
    status: 201,
  }),
  redeemLinkCode: route({
    method: "post",
    path: "/forge/v1/my/links",
    summary: "Join the account that gave me this code: both are mine",
    params: nothing,
    query: nothing,
    body: redeemRequest,
    answer: links,
    answerName: "Links",
    status: 200,
  }),
  removeLinks: route({
    method: "delete",
    path: "/forge/v1/my/links",
    summary: "Take back that other accounts are mine, too; what was published stays",
    params: nothing,
    query: nothing,
    body: nothing,
    answer: links,
    answerName: "Links",
    status: 200,
  }),
  tellEvents: serviceRoute({
    method: "post",
    path: "/forge/v1/events",
    summary:
      "Tell that something changed in Jira; what it says is read there. Safe to repeat; that an account is gone, once a token",
    params: nothing,
    query: nothing,
    body: eventsRequest,
    mostBodyBytes: MOST_EVENTS_BYTES,
    answer: eventsAnswer,
    answerName: "TakenEvents",
    status: 202,
  }),
  bringSiteToken: serviceRoute({
    method: "post",
    path: "/forge/v1/site-token",
    summary: "Bring the app's own token for this site, in the header x-forge-oauth-system. Safe to repeat",
    params: nothing,
    query: nothing,
    body: anything,
    answer: siteTokenAnswer,
    answerName: "KeptSiteToken",
    status: 200,
  }),
  tellInstallation: serviceRoute({
    method: "post",
    path: "/forge/v1/installation",
    summary: "Tell that the app was installed or is being uninstalled; once a token",
    params: nothing,
    query: nothing,
    body: installationRequest,
    answer: installationAnswer,
    answerName: "InstallationState",
    status: 200,
  }),
} as const;
