/**
 * All that the composition place takes of this app: its routes, its jobs, and what the command line does with a connection.
 * One process can do both, or some take what rings and others do the work.
 */

import type { DoJob, JobQueue } from "@stageledger/sync";
import type { Router } from "express";
import type { SyncContext } from "./context.ts";
import { hookRoutes } from "./door/hook-routes.ts";
import { Desks } from "./work/connection-desk.ts";
import { doJobWith } from "./work/do-job.ts";

export { openGateway } from "./asana/asana-gateway.ts";
export { gatewayOpener } from "./asana/gateway-opener.ts";
export type { Limiters } from "./asana/limiter.ts";
export { processLimiters } from "./asana/process-limiter.ts";
export { redisLimiters } from "./asana/redis-limiter.ts";
export { type BackFilled, backFill } from "./connect/back-fill.ts";
export {
  chooseProjects,
  chooseWorkspace,
  inOfferedOrder,
  type ProjectChoice,
  type ProjectWords,
} from "./connect/choose-projects.ts";
export { fullNames, type ProjectColumns, readColumns, statusesOf } from "./connect/columns.ts";
export { connectWorkspace, type KnownConnection, listKnownConnections } from "./connect/connect-workspace.ts";
export { countProjectAs } from "./connect/count-project-as.ts";
export { type DescribedConnection, describeConnections } from "./connect/describe-connections.ts";
export { type Disconnected, disconnectWorkspace, oneConnection } from "./connect/disconnect-workspace.ts";
export { examineConnections } from "./connect/examine-connections.ts";
export { openKnownGateway } from "./connect/open-known-gateway.ts";
export { proposeStages } from "./connect/propose-stages.ts";
export { receiveConsent } from "./connect/receive-consent.ts";
export { tellConnectionsIn } from "./connect/tell-connections.ts";
export { tokenCredentials, WHERE_TOKENS_ARE } from "./connect/token-credentials.ts";
export { DEFAULT_TIMING, type SyncContext, type Timing } from "./context.ts";

export function asanaRoutes(context: SyncContext, queue: JobQueue): Router {
  return hookRoutes({ ...context, ask: (job) => queue.ask(job) });
}

/** Does the jobs of connections to Asana. */
export function asanaJobs(context: SyncContext, queue: JobQueue): DoJob {
  return doJobWith(context, new Desks(context), (job) => queue.ask(job));
}
