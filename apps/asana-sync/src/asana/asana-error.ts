/** From a call that is given up to an error for people. Asana's own words are never in it: they can quote a person's. */
import { type ErrorCode, StageledgerError } from "@stageledger/core";
import type { CallFailure } from "./call-failure.ts";

export interface FailedCall {
  /** Such as `GET /tasks/{task}`, without any id. */
  readonly call: string;
  readonly tries: number;
  /** Epoch milliseconds, when Asana said so. */
  readonly pauseUntil: number | undefined;
  /** True where a 400 means that a page's place is forgotten. */
  readonly carriesOffset: boolean;
}

export function asanaError(failure: CallFailure, failed: FailedCall): StageledgerError {
  const { call, tries } = failed;
  if (failure.kind === "unanswered") {
    const why = failure.timedOut ? "it did not answer in time" : (failure.reason ?? "the connection broke off");
    return error(
      "ASANA_UNREACHABLE",
      `Asana could not be reached in ${triesText(tries)} (${call}): ${why}.`,
      "Is the network (proxy, firewall) up? https://status.asana.com shows outages. It is tried again by itself.",
    );
  }
  const { status } = failure;
  switch (status) {
    case 401:
      return error("ASANA_UNAUTHORISED", `Asana does not accept the token any more (${call}).`, CONNECT_AGAIN);
    case 402:
      return error(
        "ASANA_PLAN",
        `The Asana plan does not include what was asked for (402, ${call}).`,
        "Native time entries need a plan with time tracking; stages work without.",
      );
    case 403:
      return error(
        "ASANA_FORBIDDEN",
        `Asana forbids this token to do it (403, ${call}).`,
        "Does the token's owner still have access to the workspace and project? Webhooks also fail so for a target that Asana does not accept.",
      );
    case 404:
      return error(
        "ASANA_NOT_FOUND",
        `Asana shows nothing there to this token (404, ${call}).`,
        "It was deleted, or its sharing changed. `stageledger doctor` says which project it is.",
      );
    case 429:
      return error(
        "ASANA_RATE_LIMITED",
        `Asana limits how often it may be asked, and the limit is reached (${call}).`,
        failed.pauseUntil === undefined
          ? "It is tried again by itself."
          : `It is tried again by itself after ${minuteText(failed.pauseUntil)}.`,
      );
    case 451:
      return error(
        "ASANA_LEGAL",
        `Asana withholds it for legal reasons (451, ${call}).`,
        "Only the workspace's administrators can find out why.",
      );
  }
  if (status < 300) return wrongShape(call, "");
  if (status >= 500) {
    return error(
      "ASANA_UNREACHABLE",
      `Asana answered ${status} in ${triesText(tries)} (${call}).`,
      "https://status.asana.com shows outages. It is tried again by itself.",
    );
  }
  if (status === 400 && failed.carriesOffset) {
    return error(
      "ASANA_OFFSET_EXPIRED",
      `Asana has forgotten the place in a list (400, ${call}).`,
      "The list is read again from its beginning.",
    );
  }
  return error("ASANA_REFUSED", `Asana refuses the call (${status}, ${call}).`, REPORT_IT);
}

const ROOT = "its root";

/** @param path where in the answer, such as `data.3.gid`; empty for all of it */
export function wrongShape(call: string, path: string): StageledgerError {
  return error("ASANA_WRONG_SHAPE", `Asana answered ${call} in an unknown shape, at ${path || ROOT}.`, REPORT_IT);
}

export const CONNECT_AGAIN = "Connect it again with `stageledger connect asana`.";
const REPORT_IT = "Please report this, with the version that `stageledger --version` shows.";

function error(code: ErrorCode, message: string, next: string): StageledgerError {
  return new StageledgerError(code, message, { next });
}

function triesText(tries: number): string {
  return tries === 1 ? "one try" : `${tries} tries`;
}

/** Up to the next whole minute, so that "after" stays true. */
function minuteText(instant: number): string {
  const text = new Date(Math.ceil(instant / 60_000) * 60_000).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}
