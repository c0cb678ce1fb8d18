/** From a call that is given up to an error for people. Jira's own words are never in it: they can quote a person's. */
import { type ErrorCode, StageledgerError } from "@stageledger/core";
import type { CallFailure } from "../../jira/site/call-failure.ts";
import { causeCode } from "../../jira/site/cause-code.ts";

export interface FailedCall {
  /** Such as `GET rest/api/3/issue/{issue}`, without any id. */
  readonly call: string;
  readonly tries: number;
  /** Epoch milliseconds, when Jira said so. */
  readonly tryAgainAt: number | undefined;
}

export function jiraError(failure: CallFailure, { call, tries, tryAgainAt }: FailedCall): StageledgerError {
  if (failure.kind === "unanswered") {
    const why = failure.timedOut ? "it did not answer in time" : causeCode(failure.cause);
    return error(
      "JIRA_UNREACHABLE",
      `Jira could not be reached in ${triesText(tries)} (${call}): ${why}.`,
      "Is the network (proxy, firewall) up? https://status.atlassian.com shows outages. It is tried again by itself.",
    );
  }
  const { status } = failure;
  if (status === 401 || failure.loginRefused) {
    return error(
      "JIRA_UNAUTHORISED",
      `Jira does not accept the app's token any more (${call}).`,
      "The app brings a new one each hour. If it stays so, is the app still installed in Jira?",
    );
  }
  if (status === 403) {
    return error(
      "JIRA_FORBIDDEN",
      `Jira forbids the app to do it (403, ${call}).`,
      "An admin of the site looks whether the app's new version waits to be allowed, and whether the app may browse the projects.",
    );
  }
  if (status === 429) return rateLimited(tryAgainAt);
  if (status >= 500) {
    return error(
      "JIRA_UNREACHABLE",
      `Jira answered ${status} in ${triesText(tries)} (${call}).`,
      "https://status.atlassian.com shows outages. It is tried again by itself.",
    );
  }
  return error("JIRA_REFUSED", `Jira refuses the call (${status}, ${call}).`, REPORT_IT);
}

/** @param tryAgainAt epoch milliseconds */
export function rateLimited(tryAgainAt: number | undefined): StageledgerError {
  return error(
    "JIRA_RATE_LIMITED",
    "Jira limits how much the app may ask for, and the limit is reached.",
    tryAgainAt === undefined
      ? "It is tried again by itself."
      : `It is tried again by itself after ${minuteText(tryAgainAt)}.`,
  );
}

/** @param what such as "answered GET rest/api/3/status in an unknown shape, at 3.id" */
export function wrongShape(what: string): StageledgerError {
  return error("JIRA_WRONG_SHAPE", `Jira ${what}.`, REPORT_IT);
}

/** @param why a whole sentence */
export function tokenMissing(why: string): StageledgerError {
  return error(
    "JIRA_TOKEN_MISSING",
    why,
    "The app in Jira brings one each hour by itself: is it installed, and does it reach this server?",
  );
}

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
