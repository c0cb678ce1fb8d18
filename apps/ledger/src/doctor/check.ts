/** One thing that the doctor looked at. */
import type { ErrorCode, StageledgerError } from "@stageledger/core";

export interface Check {
  readonly what: string;
  /** "look": it works, and somebody should know. */
  readonly state: "ok" | "look" | "fault";
  readonly finding: string;
  readonly code: ErrorCode | undefined;
  readonly next: string | undefined;
}

export function ok(what: string, finding: string): Check {
  return { what, state: "ok", finding, code: undefined, next: undefined };
}

export function look(what: string, finding: string, next: string): Check {
  return { what, state: "look", finding, code: undefined, next };
}

export function fault(what: string, { message, code, next }: StageledgerError): Check {
  return { what, state: "fault", finding: message, code, next };
}
