/** What a person may do in Jira, asked of Jira as that person: a token of ours would answer for us. */
import { StageledgerError } from "@stageledger/core";
import { z } from "zod";
import { attemptCall } from "../../jira/site/attempt-call.ts";
import type { CallFailure } from "../../jira/site/call-failure.ts";
import { parseAnswer } from "../../jira/site/parse-answer.ts";
import { findApiRoot } from "../../jira/site/root-url.ts";

export interface RightsCall {
  /** Where the proved token says that Jira's REST interface is. */
  readonly apiBaseUrl: string;
  /** The person's, as Forge sends it along (x-forge-oauth-user). It goes to Jira only. */
  readonly userToken: string;
  /** Jira's keys, such as BROWSE_PROJECTS. */
  readonly permissions: readonly string[];
  readonly subject: { readonly issueId: string } | { readonly projectId: string } | "site";
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMilliseconds: number;
  readonly signal?: AbortSignal;
}

const answerSchema = z.object({
  permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })),
});

const CALL = "GET mypermissions";

/**
 * Those of the permissions that the person has, by one question that is not repeated: somebody waits for the answer.
 * "not-found" where there is no such issue or project, or the person must not know of it.
 *
 * @throws StageledgerError RIGHTS_UNPROVED where Jira does not take the token for anybody's; JIRA_UNREACHABLE for no answer, and
 * for one that says to come again later; JIRA_REFUSED, JIRA_WRONG_SHAPE; the signal's reason when it aborts
 */
export async function askPermissions(call: RightsCall): Promise<ReadonlySet<string> | "not-found"> {
  const { apiBaseUrl, userToken, permissions, subject, fetch, timeoutMilliseconds } = call;
  const root = findApiRoot(apiBaseUrl);
  // The characters are checked here because fetch would quote an illegal header, and with it the token, in its error.
  if (root === undefined || !/^[\x21-\x7e]+$/.test(userToken)) throw unproved();
  const query = new URLSearchParams({ permissions: permissions.join(","), ...(subject === "site" ? {} : subject) });
  const outcome = await attemptCall({
    root,
    method: "GET",
    path: `rest/api/3/mypermissions?${query}`,
    authorization: `Bearer ${userToken}`,
    fetch,
    timeoutMilliseconds,
    signal: call.signal ?? new AbortController().signal,
  });
  if (typeof outcome === "string") return grantedIn(outcome, permissions);
  if (outcome.kind === "answered" && outcome.status === 404 && subject !== "site") return "not-found";
  throw refusal(outcome);
}

function grantedIn(text: string, asked: readonly string[]): ReadonlySet<string> {
  const parsed = parseAnswer(text, answerSchema);
  if (parsed.kind !== "answer") {
    throw new StageledgerError("JIRA_WRONG_SHAPE", `Jira answered ${CALL} in an unknown shape.`, { next: REPORT_IT });
  }
  const { permissions } = parsed.answer;
  return new Set(asked.filter((key) => Object.hasOwn(permissions, key) && permissions[key]?.havePermission));
}

function refusal(failure: CallFailure): StageledgerError {
  if (failure.kind === "unanswered") return unreachable("it did not answer");
  const { status, loginRefused } = failure;
  if (status === 401 || status === 403 || loginRefused) return unproved();
  if (status === 429 || status >= 500) return unreachable(`it answered ${status}`);
  return new StageledgerError("JIRA_REFUSED", `Jira refuses to say what you may do (${status}, ${CALL}).`, {
    next: REPORT_IT,
  });
}

function unproved(): StageledgerError {
  return new StageledgerError("RIGHTS_UNPROVED", "Jira does not say for you what you may do there.", {
    next: "Open the panel again; an admin of the site may first have to allow the app's new version.",
  });
}

function unreachable(why: string): StageledgerError {
  return new StageledgerError("JIRA_UNREACHABLE", `Jira could not be asked what you may do: ${why}.`, {
    next: "Try again in a moment.",
  });
}

const REPORT_IT = "Please report this, with the version that `stageledger --version` shows.";
