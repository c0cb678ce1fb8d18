/** One thing that was found out about a connection. */
import type { ErrorCode } from "@stageledger/core";

export interface ConnectionFinding {
  readonly what: string;
  /** "look": it works, and somebody should know. */
  readonly state: "ok" | "look" | "fault";
  readonly finding: string;
  readonly code: ErrorCode | undefined;
  readonly next: string | undefined;
}

/** Adds findings of one connection. */
export interface Sayer {
  readonly ok: (finding: string) => void;
  readonly look: (finding: string, next: string, code?: ErrorCode) => void;
  readonly fault: (finding: string, next: string | undefined, code: ErrorCode) => void;
}

export function sayer(what: string, findings: ConnectionFinding[]): Sayer {
  return {
    ok: (finding) => void findings.push({ what, state: "ok", finding, code: undefined, next: undefined }),
    look: (finding, next, code) => void findings.push({ what, state: "look", finding, code, next }),
    fault: (finding, next, code) => void findings.push({ what, state: "fault", finding, code, next }),
  };
}
