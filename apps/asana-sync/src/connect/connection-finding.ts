/** One thing that was found out about a connection. */
import type { ErrorCode } from "@stageledger/core";

export interface ConnectionFinding {
  readonly what: string;
  /** "look": it works, and somebody should know. */
  readonly state: "ok" | "look" | "fault";
  readonly finding: string;
  readonly code: ErrorCode | undefined;
  readonly next: string | undefined;
  /** The same for who administers the site in Jira: they do not run the ledger, and have no command line for it. */
  readonly nextInJira: string | undefined;
}

/** Adds findings of one connection. */
export interface Sayer {
  readonly ok: (finding: string) => void;
  /** @param nextInJira where it is to be said otherwise there */
  readonly look: (finding: string, next: string, code?: ErrorCode, nextInJira?: string) => void;
  readonly fault: (finding: string, next: string | undefined, code: ErrorCode) => void;
}

export function sayer(what: string, findings: ConnectionFinding[]): Sayer {
  const add = (finding: Omit<ConnectionFinding, "what">): void => void findings.push({ what, ...finding });
  return {
    ok: (finding) => add({ state: "ok", finding, code: undefined, next: undefined, nextInJira: undefined }),
    look: (finding, next, code, nextInJira = next) => add({ state: "look", finding, code, next, nextInJira }),
    fault: (finding, next, code) => add({ state: "fault", finding, code, next, nextInJira: next }),
  };
}
