/** Why an answer is none. */
import { problem } from "@stageledger/core/contract/problem";
import type { Failure } from "./ledger.ts";

export interface Failed {
  readonly kind: "failed";
  readonly failure: Failure;
}

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
