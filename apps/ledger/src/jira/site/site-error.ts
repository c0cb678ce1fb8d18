import { type ErrorCode, StageledgerError } from "@stageledger/core";
import type { AnsweredFailure, CallFailure, UnansweredFailure } from "./call-failure.ts";
import { causeCode } from "./cause-code.ts";
import { refusalText } from "./refusal-text.ts";
import { EMAIL_VARIABLE, TOKEN_VARIABLE, WHERE_TO_MAKE_A_TOKEN } from "./site-credentials.ts";

/** What was asked when it failed, for the error's text. `call` is method and path, never headers or body. */
export interface FailedCall {
  readonly site: URL;
  readonly call: string;
  /** True where a 400 is the JQL's fault. */
  readonly carriesJql: boolean;
  readonly tries: number;
  /** Epoch milliseconds, when the site said so. */
  readonly tryAgainAt: number | undefined;
}

/** The coded error for a failure that is not tried again. */
export function siteError(failure: CallFailure, failed: FailedCall): StageledgerError {
  return failure.kind === "unanswered" ? unreachable(failure, failed) : refused(failure, failed);
}

function unreachable(failure: UnansweredFailure, { site, tries }: FailedCall): StageledgerError {
  const why = failure.timedOut ? "it did not answer in time" : causeCode(failure.cause);
  return new StageledgerError("SITE_UNREACHABLE", `${site.host} could not be reached in ${triesText(tries)}: ${why}.`, {
    next: "Is the address right, and is the network (proxy, VPN) up?",
    cause: failure.cause,
  });
}

function refused(failure: AnsweredFailure, failed: FailedCall): StageledgerError {
  const { site, call } = failed;
  const error = (code: ErrorCode, message: string, next: string) => new StageledgerError(code, message, { next });
  const says = refusalText(failure.body);
  const quoted = says === "" ? "" : ` Jira says: ${says}`;

  if (failure.status === 401 || failure.loginRefused) {
    return error(
      "SITE_UNAUTHORISED",
      `${site.host} does not accept these credentials.`,
      `Set ${EMAIL_VARIABLE} to your Atlassian account's e-mail and ${TOKEN_VARIABLE} to an API token; make one at ${WHERE_TO_MAKE_A_TOKEN} (tokens expire).`,
    );
  }
  if (failure.status === 429) {
    return error(
      "SITE_RATE_LIMITED",
      `${site.host} limits how often it may be asked, and the limit is reached.`,
      failed.tryAgainAt === undefined
        ? "Try again in some minutes, or narrow the JQL."
        : `Try again after ${minuteText(failed.tryAgainAt)}, or narrow the JQL.`,
    );
  }
  if (failure.status === 400 && failed.carriesJql) {
    return error(
      "SITE_BAD_JQL",
      `Jira refuses the JQL.${quoted}`,
      "Try it in Jira's issue search first; it must restrict something, like project = PAY.",
    );
  }
  if (failure.status === 403) {
    return error(
      "SITE_FORBIDDEN",
      `${site.host} forbids this account to read (${call}).${quoted}`,
      "The account needs Browse projects, and a scoped token the scope read:jira-work.",
    );
  }
  if (failure.status === 404 || failure.status === 410) {
    return error(
      "SITE_NOT_FOUND",
      `There is no Jira Cloud at ${site.href} (${call} is not there).`,
      "Is it the site's root, like https://your-site.atlassian.net? Jira Data Center has no such door: analyse an export.",
    );
  }
  if (failure.status >= 300 && failure.status < 400) {
    const elsewhere = URL.parse(failure.location ?? "", site.href)?.origin;
    return error(
      "SITE_BAD_URL",
      `${site.host} sends callers elsewhere, and a token is not sent after them.`,
      elsewhere === undefined || elsewhere === site.origin
        ? "Is it the site's root, like https://your-site.atlassian.net?"
        : `If you trust it, use --site ${elsewhere}.`,
    );
  }
  if (failure.status >= 500) {
    return error(
      "SITE_UNREACHABLE",
      `${site.host} answered ${failure.status} in ${triesText(failed.tries)}.${quoted}`,
      failed.tryAgainAt === undefined
        ? "Try again later; https://status.atlassian.com shows outages."
        : `Try again after ${minuteText(failed.tryAgainAt)}.`,
    );
  }
  return error("SITE_WRONG_SHAPE", `${site.host} answered ${failure.status} to ${call}.${quoted}`, REPORT_IT);
}

export const REPORT_IT =
  "If the address is a Jira Cloud site, please report this; an export can be analysed meanwhile.";

function triesText(tries: number): string {
  return tries === 1 ? "one try" : `${tries} tries`;
}

/** Up to the next whole minute, so that "after" stays true. */
function minuteText(instant: number): string {
  const text = new Date(Math.ceil(instant / 60_000) * 60_000).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}
