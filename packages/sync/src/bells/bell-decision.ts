/**
 * From a bell that could not be answered to what happens to it. Pure.
 *
 * Of some failures the bell is as good afterwards as it was before. All others say that what was read, or our reading of it, is
 * broken.
 */
import { type ErrorCode, StageledgerError } from "@stageledger/core";

export type BellDecision =
  | { readonly action: "again"; readonly dueAt: number; readonly errorCode: string }
  /** Kept to be looked at; it rings again when somebody says so. */
  | { readonly action: "park"; readonly errorCode: string };

/** What passes by itself or is mended on our side, whatever the source is. */
const PASSING_ANYWHERE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "CONNECTION_UNKNOWN",
  "DATABASE_UNREACHABLE",
  "DATABASE_IN_USE",
  "DATABASE_NOT_MIGRATED",
  "MASTER_KEY_MISSING",
  "MASTER_KEY_UNREADABLE",
  "MASTER_KEY_WRONG",
  "REDIS_UNREACHABLE",
]);

/**
 * The database went away, is starting or gave way to another transaction: SQLSTATE classes 08 (connection), 53 (resources), 57
 * (shutdown), 40 (rolled back), 55P03 (lock), and the system's names for a cut connection.
 */
const OUTAGE = /^(08...|53...|57...|40...|55P03|ECONN[A-Z]+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;

/** Attempts that a bell gets whose failure does not pass by itself. */
const ATTEMPTS_BEFORE_PARKING = 5;
const FIRST_WAIT_MILLISECONDS = 5000;
const LONGEST_WAIT_MILLISECONDS = 60 * 60_000;
const JITTER_SHARE = 0.3;

/**
 * - What passes never parks: again after 5, 10, 20, … s, at most an hour, and up to 30 % less by chance, so that the bells of an
 *   outage do not all ring at once.
 * - What does not pass is tried as often, since the source may change meanwhile, and parked at the fifth failure.
 * - What failed before the bell was looked at says nothing of it, and never parks.
 *
 * @param error whatever was thrown
 * @param attempt failures so far, this one included
 * @param passing codes of the source's own failures that pass
 * @param random a number from 0 up to 1
 * @param now epoch milliseconds
 * @param isOfBell whether it failed at what the bell is about
 */
export function bellDecision(
  error: unknown,
  attempt: number,
  passing: ReadonlySet<ErrorCode>,
  random: number,
  now: number,
  isOfBell = true,
): BellDecision {
  const errorCode = codeOf(error);
  if (isOfBell && !passes(error, passing) && attempt >= ATTEMPTS_BEFORE_PARKING) return { action: "park", errorCode };
  const doubled = Math.min(FIRST_WAIT_MILLISECONDS * 2 ** (attempt - 1), LONGEST_WAIT_MILLISECONDS);
  return { action: "again", dueAt: now + Math.round(doubled * (1 - JITTER_SHARE * random)), errorCode };
}

function passes(error: unknown, passing: ReadonlySet<ErrorCode>): boolean {
  if (error instanceof StageledgerError) return PASSING_ANYWHERE.has(error.code) || passing.has(error.code);
  return isOutage(error);
}

function isOutage(error: unknown): boolean {
  return OUTAGE.test(systemCode(error) ?? "");
}

/** Ours, or UNEXPECTED: the text of another error can hold anything. */
function codeOf(error: unknown): string {
  if (error instanceof StageledgerError) return error.code;
  return isOutage(error) ? "DATABASE_UNREACHABLE" : "UNEXPECTED";
}

function systemCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return undefined;
}
