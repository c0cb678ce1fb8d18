/** What the database tells about a connection. Pure. */
import type { ErrorCode } from "@stageledger/core";
import { agoText } from "@stageledger/sync";
import type { Sayer } from "./connection-finding.ts";
import type { DescribedConnection } from "./describe-connections.ts";

const MINUTE = 60_000;
/** A server that runs is never so late. */
const LATE_MILLISECONDS = 30 * MINUTE;
const LONG_WAIT_MILLISECONDS = 60 * MINUTE;
const CONNECT = "stageledger connect asana";

/** What the last run ran into. */
export function lookAtProblem({ problemCode }: DescribedConnection, say: Sayer): void {
  if (problemCode === undefined) return;
  const problem = PROBLEMS[problemCode];
  if (problem !== undefined) say.look(problem.finding, problem.next, problem.code, problem.nextInJira);
  else {
    say.look(
      `The last run ended with ${problemCode}.`,
      "Try it once more: stageledger connections sync",
      undefined,
      "It is tried again by itself. Whoever runs the ledger can do it now: stageledger connections sync",
    );
  }
}

interface Problem {
  readonly finding: string;
  readonly next: string;
  readonly nextInJira?: string;
  readonly code: ErrorCode;
}

const PROBLEMS: Readonly<Record<string, Problem | undefined>> = {
  ASANA_UNAUTHORISED: {
    code: "ASANA_UNAUTHORISED",
    finding: "Asana did not accept the token at the last run.",
    next: `Give it a new one: set ASANA_TOKEN, then ${CONNECT}`,
    nextInJira: `Whoever runs the ledger gives it a new one: set ASANA_TOKEN, then ${CONNECT}`,
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
    nextInJira: "It is made anew. If this repeats, tell whoever runs the ledger: somebody knows its path.",
  },
};

export function lookAtWork(
  { bellsParked, bellsWaiting, itemsInDoubt, oldestBellAt, dueAt, comparedAt }: DescribedConnection,
  now: number,
  say: Sayer,
): void {
  if (itemsInDoubt > 0) {
    say.look(
      `${itemsInDoubt === 1 ? "1 task" : `${itemsInDoubt} tasks`} cannot be read any more, and nothing tells that they were deleted. They stay as they were.`,
      "If they were deleted: stageledger connections sync --accept-deleted. Else let whose token it is see them again.",
      "ASANA_FORBIDDEN",
      "If they were deleted, whoever runs the ledger says so: stageledger connections sync --accept-deleted. Else let whose token it is see them again.",
    );
  }
  if (dueAt !== undefined && now - dueAt > LATE_MILLISECONDS) {
    say.look(
      `Nothing has compared it with Asana when it was due, ${agoText(dueAt, now)}${comparedAt === undefined ? "" : `; last ${agoText(comparedAt, now)}`}.`,
      "Run the server: npm start. Or compare now: stageledger connections sync",
      undefined,
      "Whoever runs the ledger looks whether its worker runs, or compares now: stageledger connections sync",
    );
  }
  if (bellsParked > 0) {
    say.look(
      `${bellsParked === 1 ? "1 bell is" : `${bellsParked} bells are`} parked: what they rang for could not be read.`,
      "See why: stageledger inbox list",
      undefined,
      "Whoever runs the ledger sees why: stageledger inbox list",
    );
  }
  if (bellsWaiting > 0 && oldestBellAt !== undefined && now - oldestBellAt > LONG_WAIT_MILLISECONDS) {
    say.look(
      `${bellsWaiting === 1 ? "1 bell waits" : `${bellsWaiting} bells wait`}, the oldest since ${agoText(oldestBellAt, now)}.`,
      "Run the server: npm start. Or read them now: stageledger connections sync",
      undefined,
      "Whoever runs the ledger looks whether its worker runs, or reads them now: stageledger connections sync",
    );
  }
}

export function lookAtPlan({ hasTimeTracking }: DescribedConnection, say: Sayer): void {
  if (hasTimeTracking !== false) return;
  say.look(
    "The plan has no time tracking: stages come in, hours do not.",
    "Log time with: stageledger log",
    "ASANA_PLAN",
    "Hours of its tasks are logged with: stageledger log",
  );
}

export function lookAtWebhooks(
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
      undefined,
      "The ledger makes them. If it stays so, whoever runs it checks that Asana reaches it at PUBLIC_URL.",
    );
  }
}
