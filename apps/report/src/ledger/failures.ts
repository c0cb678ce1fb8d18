/** Why an answer is none. */
import { problem } from "@stageledger/core/contract/problem";
import type { Failure } from "./ledger.ts";

export interface Failed {
  readonly kind: "failed";
  readonly failure: Failure;
}

const SIGNED_OUT = 401;

export function failed(failure: Failure): Failed {
  return { kind: "failed", failure };
}

/** @param body of an answer that refuses */
export function refusalIn(body: unknown): Failure {
  const told = problem.safeParse(body).data;
  if (told === undefined) return { kind: "unreadable" };
  const { code, detail, next = null, requestId } = told;
  return { kind: "refused", code, detail, next, requestId };
}

/** @param body of an answer with that status, which refuses */
export function failureOf(status: number, body: unknown): Failure {
  return status === SIGNED_OUT ? { kind: "signed-out" } : refusalIn(body);
}
