/** What a doctor says of connections: what the database tells, and what Asana answers when it is asked. */
import { type ErrorCode, EVERY_PROJECT, mapInForce, StageledgerError } from "@stageledger/core";
import { type ConnectedProject, inTransaction, listHooks, loadStageMaps } from "@stageledger/db";
import type { AsanaGateway } from "../asana/gateway.ts";
import type { AsanaProject } from "../asana/schemas.ts";
import type { SyncContext } from "../context.ts";
import { readColumns } from "./columns.ts";
import { type KnownConnection, listKnownConnections } from "./connect-workspace.ts";
import { type DescribedConnection, describeConnections } from "./describe-connections.ts";
import { openKnownGateway } from "./open-known-gateway.ts";

export interface ConnectionFinding {
  readonly what: string;
  /** "look": it works, and somebody should know. */
  readonly state: "ok" | "look" | "fault";
  readonly finding: string;
  readonly code: ErrorCode | undefined;
  readonly next: string | undefined;
}

export interface ExamineOptions {
  /** False: nothing is asked of Asana. */
  readonly asks: boolean;
  /** That of the gateways: it ends their calls. */
  readonly signal: AbortSignal;
}

const MINUTE = 60_000;
/** A server that runs is never so late. */
const LATE_MILLISECONDS = 30 * MINUTE;
const LONG_WAIT_MILLISECONDS = 60 * MINUTE;
const CONNECT = "stageledger connect asana";

/** Nothing for a tenant without connections. */
export async function examineConnections(
  context: SyncContext,
  tenantId: string,
  { asks, signal }: ExamineOptions,
): Promise<readonly ConnectionFinding[]> {
  const known = await listKnownConnections(context, tenantId);
  const described = await describeConnections(context, tenantId);
  const findings: ConnectionFinding[] = [];
  for (const [place, one] of known.entries()) {
    const about = described[place];
    if (about === undefined) continue;
    const what = known.length === 1 ? "asana" : `asana ${about.workspace}`;
    const say = sayer(what, findings);
    const isAnswered = asks ? await lookAtAsana(context, tenantId, one, signal, say) : false;
    if (!isAnswered) lookAtProblem(about, say);
    lookAtWork(about, context.pacing.now(), say);
    lookAtWebhooks(about, context.publicUrl, say);
    if (about.hasTimeTracking === false) {
      say.look(
        "The plan has no time tracking: stages come in, hours do not.",
        "Log time with: stageledger log",
        "ASANA_PLAN",
      );
    }
    if (findings.every(({ what: other, state }) => other !== what || state === "ok")) {
      const projects = about.projects.length === 1 ? "1 project" : `${about.projects.length} projects`;
      say.ok(
        `${projects}, ${asks ? "Asana answers, " : ""}last compared ${agoText(about.comparedAt, context.pacing.now())}.`,
      );
    }
  }
  return findings;
}

interface Sayer {
  readonly ok: (finding: string) => void;
  readonly look: (finding: string, next: string, code?: ErrorCode) => void;
  readonly fault: (finding: string, next: string | undefined, code: ErrorCode) => void;
}

function sayer(what: string, findings: ConnectionFinding[]): Sayer {
  return {
    ok: (finding) => void findings.push({ what, state: "ok", finding, code: undefined, next: undefined }),
    look: (finding, next, code) => void findings.push({ what, state: "look", finding, code, next }),
    fault: (finding, next, code) => void findings.push({ what, state: "fault", finding, code, next }),
  };
}

/** One call for the token, and a few for each project and webhook. False when the token could not be tried. */
async function lookAtAsana(
  context: SyncContext,
  tenantId: string,
  { connection, projects }: KnownConnection,
  signal: AbortSignal,
  say: Sayer,
): Promise<boolean> {
  const { connectionId, workspace } = connection;
  try {
    const gateway = await openKnownGateway(context, tenantId, connectionId);
    const workspaces = await gateway.listWorkspaces();
    if (!workspaces.some(({ gid }) => gid === workspace)) {
      say.fault(
        "Whose token it is, is no member of the workspace any more.",
        `Connect with the token of somebody who is: ${CONNECT}`,
        "ASANA_FORBIDDEN",
      );
      return true;
    }
    const mapped = await mappedStatuses(context, tenantId);
    const hooks = await inTransaction(context.database, { role: "recorder", tenantId }, (trx) =>
      listHooks(trx, tenantId, connectionId),
    );
    for (const project of projects) {
      await lookAtProject(gateway, project, mapped, say);
      const hook = hooks.find((one) => one.sourceProject === project.sourceProject && one.state === "active");
      if (hook?.remoteId === undefined) continue;
      const remote = await gateway.findWebhook(hook.remoteId);
      if (remote === undefined || remote.active === false) {
        say.look(
          `${project.project}: its webhook is gone in Asana.`,
          "A running server makes it anew within two hours: npm start",
        );
      } else if ((remote.delivery_retry_count ?? 0) > 0) {
        say.look(
          `${project.project}: its webhook does not get through to this server.`,
          "Check from outside that PUBLIC_URL leads to the running server. Changes are found by asking meanwhile.",
        );
      }
    }
    return true;
  } catch (error) {
    if (signal.aborted) {
      say.look(
        "Asana did not answer in time.",
        "https://status.asana.com shows outages. Try again, or with --offline.",
      );
      return false;
    }
    if (!(error instanceof StageledgerError)) throw error;
    say.fault(error.message, error.next, error.code);
    return true;
  }
}

async function lookAtProject(
  gateway: AsanaGateway,
  { sourceProject, project, stageField }: ConnectedProject,
  mapped: (project: string) => ReadonlySet<string>,
  say: Sayer,
): Promise<void> {
  const found = await findReadable(gateway, sourceProject);
  if (found === undefined) {
    say.fault(
      `${project}: whose token it is may not read the project any more, or it was deleted.`,
      `Share it with them again in Asana, or leave it out: ${CONNECT} --leave-out ${sourceProject}`,
      "ASANA_FORBIDDEN",
    );
    return;
  }
  if (found.archived === true) {
    say.look(
      `${project}: the project is archived in Asana.`,
      `Leave it out if it is over: ${CONNECT} --leave-out ${sourceProject}`,
    );
  }
  const wanted =
    stageField === undefined ? { kind: "sections" as const } : { kind: "recorded" as const, gid: stageField };
  const { columns } = await readColumns(gateway, found, wanted);
  const homeless = columns.filter(({ statusId }) => !mapped(project).has(statusId)).map(({ name }) => name);
  if (homeless.length > 0) {
    say.look(
      `${project}: no stage has ${homeless.join(", ")}; time there is shown as "Unmapped".`,
      `Give them one: ${CONNECT} --stages-out stages.yaml, edit it, then ${CONNECT} --stages stages.yaml`,
    );
  }
}

async function findReadable(gateway: AsanaGateway, project: string): Promise<AsanaProject | undefined> {
  try {
    return await gateway.findProject(project);
  } catch (error) {
    if (error instanceof StageledgerError && error.code === "ASANA_FORBIDDEN") return undefined;
    throw error;
  }
}

/** Statuses that have a stage now, by project of the ledger. */
async function mappedStatuses(
  { database, pacing }: SyncContext,
  tenantId: string,
): Promise<(project: string) => ReadonlySet<string>> {
  const maps = await inTransaction(database, { role: "recorder", tenantId }, (trx) => loadStageMaps(trx, tenantId));
  return (project) => {
    const versions = maps.get(project) ?? maps.get(EVERY_PROJECT) ?? [];
    return new Set(mapInForce(versions, pacing.now())?.stages.flatMap(({ statuses }) => statuses) ?? []);
  };
}

/** What the last run ran into. */
function lookAtProblem({ problemCode }: DescribedConnection, say: Sayer): void {
  if (problemCode === undefined) return;
  const problem = PROBLEMS[problemCode];
  if (problem !== undefined) say.look(problem.finding, problem.next, problem.code);
  else say.look(`The last run ended with ${problemCode}.`, "Try it once more: stageledger connections sync");
}

interface Problem {
  readonly finding: string;
  readonly next: string;
  readonly code: ErrorCode;
}

const PROBLEMS: Readonly<Record<string, Problem | undefined>> = {
  ASANA_UNAUTHORISED: {
    code: "ASANA_UNAUTHORISED",
    finding: "Asana did not accept the token at the last run.",
    next: `Give it a new one: set ASANA_TOKEN, then ${CONNECT}`,
  },
  ASANA_FORBIDDEN: {
    code: "ASANA_FORBIDDEN",
    finding: "Something of what was chosen could not be read at the last run.",
    next: "Check in Asana that whose token it is may still see every project.",
  },
  ASANA_UNREACHABLE: {
    code: "ASANA_UNREACHABLE",
    finding: "Asana could not be reached at the last run.",
    next: "https://status.asana.com shows outages. It is tried again by itself.",
  },
  HOOK_SECRET_DIFFERS: {
    code: "HOOK_SECRET_DIFFERS",
    finding: "Somebody else answered for a webhook that was being made.",
    next: "It is made anew. If this repeats, somebody knows its path: look at the proxy's logs.",
  },
};

function lookAtWork(
  { bellsParked, bellsWaiting, oldestBellAt, dueAt, comparedAt }: DescribedConnection,
  now: number,
  say: Sayer,
): void {
  if (dueAt !== undefined && now - dueAt > LATE_MILLISECONDS) {
    say.look(
      `Nothing has compared it with Asana when it was due, ${agoText(dueAt, now)}${comparedAt === undefined ? "" : `; last ${agoText(comparedAt, now)}`}.`,
      "Run the server: npm start. Or compare now: stageledger connections sync",
    );
  }
  if (bellsParked > 0) {
    say.look(
      `${bellsParked === 1 ? "1 bell is" : `${bellsParked} bells are`} parked: what they rang for could not be read.`,
      "See why: stageledger inbox list",
    );
  }
  if (bellsWaiting > 0 && oldestBellAt !== undefined && now - oldestBellAt > LONG_WAIT_MILLISECONDS) {
    say.look(
      `${bellsWaiting === 1 ? "1 bell waits" : `${bellsWaiting} bells wait`}, the oldest since ${agoText(oldestBellAt, now)}.`,
      "Run the server: npm start. Or read them now: stageledger connections sync",
    );
  }
}

function lookAtWebhooks(
  { projects, projectsWithWebhook, comparedAt }: DescribedConnection,
  publicUrl: string | undefined,
  say: Sayer,
): void {
  if (comparedAt === undefined || projectsWithWebhook === projects.length) return;
  if (publicUrl === undefined) {
    say.ok("PUBLIC_URL is not set: changes are found by asking every 15 minutes, not at once.");
  } else {
    say.look(
      `${projects.length - projectsWithWebhook} of ${projects.length} projects have no webhook.`,
      "A running server makes them, when Asana reaches it at PUBLIC_URL: npm start",
    );
  }
}

/** "3 minutes ago". */
export function agoText(instant: number | undefined, now: number): string {
  if (instant === undefined) return "never";
  const minutes = Math.round((now - instant) / MINUTE);
  if (minutes < 1) return "just now";
  if (minutes < 120) return minutes === 1 ? "a minute ago" : `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}
