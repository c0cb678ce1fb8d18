/** The job "answer": reads the truth behind the bells that are due, each thing once, and records it. */
import {
  type Bell,
  type Database,
  dueBells,
  inTransaction,
  nextBellAt,
  postponeBells,
  setConnectionProblem,
} from "@stageledger/db";
import type { Log } from "../log.ts";
import type { Pacing } from "../pacing.ts";
import { bellDecision } from "./bell-decision.ts";
import type { BellErrand, BellSource } from "./bell-source.ts";

export interface BellSurroundings {
  readonly database: Database;
  readonly pacing: Pacing;
  readonly log: Log;
}

interface AtConnection {
  readonly tenantId: string;
  readonly connectionId: string;
}

const BELLS_A_GO = 1000;
const ERRANDS_AT_ONCE = 8;

/**
 * Returns when it wants to be done again: when the next bell is due, which is at once when more wait than one go takes.
 * What cannot be answered now waits for longer each time; what cannot be understood is parked.
 */
export async function answerDueBells<Desk>(
  surroundings: BellSurroundings,
  source: BellSource<Desk>,
  { tenantId, connectionId }: AtConnection,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { database, pacing } = surroundings;
  const at = { tenantId, connectionId };
  const bells = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    dueBells(trx, tenantId, connectionId, pacing.now(), BELLS_A_GO),
  );
  if (bells.length > 0 && !(await answer(surroundings, source, at, bells, signal))) return undefined;
  return inTransaction(database, { role: "recorder", tenantId }, (trx) => nextBellAt(trx, tenantId, connectionId));
}

/** False when there is no such connection, or it is off. */
async function answer<Desk>(
  surroundings: BellSurroundings,
  source: BellSource<Desk>,
  at: AtConnection,
  bells: readonly Bell[],
  signal: AbortSignal,
): Promise<boolean> {
  const failed = (ofErrand: readonly Bell[], error: unknown): Promise<void> =>
    postpone(surroundings, source, at, ofErrand, error, true);
  let desk: Desk | undefined;
  try {
    desk = await source.open(at.tenantId, at.connectionId);
  } catch (error) {
    signal.throwIfAborted();
    await postpone(surroundings, source, at, bells, error, false);
    return true;
  }
  if (desk === undefined) return false;
  for (const round of source.plan(desk, bells)) await runRound(round, failed, signal);
  return true;
}

async function runRound(
  round: readonly BellErrand[],
  failed: (bells: readonly Bell[], error: unknown) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...round];
  const worker = async (): Promise<void> => {
    for (let errand = waiting.shift(); errand !== undefined; errand = waiting.shift()) {
      signal.throwIfAborted();
      try {
        await errand.run();
      } catch (error) {
        // One that cannot be answered keeps no other from it. What was stopped is no failure: it rings as before.
        signal.throwIfAborted();
        await failed(errand.bells, error);
      }
    }
  };
  // All have ended before the job has, since what it works with is closed behind it.
  for (const ended of await Promise.allSettled(Array.from({ length: ERRANDS_AT_ONCE }, worker))) {
    if (ended.status === "rejected") throw ended.reason;
  }
}

async function postpone(
  { database, pacing, log }: BellSurroundings,
  { passing, problems }: Pick<BellSource<never>, "passing" | "problems">,
  { tenantId, connectionId }: AtConnection,
  bells: readonly Bell[],
  error: unknown,
  isOfBell: boolean,
): Promise<void> {
  const attempts = Math.min(...bells.map((bell) => bell.attempts)) + 1;
  const decision = bellDecision(error, attempts, passing, pacing.random(), pacing.now(), isOfBell);
  const { errorCode } = decision;
  const isParked = decision.action === "park";
  const dueAt = decision.action === "again" ? decision.dueAt : pacing.now();
  log("bells postponed", { connectionId, bells: bells.length, errorCode, attempts, isParked });
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await postponeBells(
      trx,
      tenantId,
      bells.map(({ bellId }) => bellId),
      { dueAt, isParked, errorCode },
    );
    if (problems.has(errorCode)) await setConnectionProblem(trx, tenantId, connectionId, errorCode);
  });
}
