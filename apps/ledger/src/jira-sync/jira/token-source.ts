/** The token of a connection. It is renewed from outside: all that can be done here is to look whether a new one is there. */
import type { JiraCredentials } from "./credentials.ts";
import { tokenMissing } from "./jira-error.ts";

/** What to call with. @param refused a token that Jira did not accept just now */
export type TokenSource = (refused?: string) => Promise<JiraCredentials>;

/** So long before its end it is looked whether a new one is there. */
const LOOK_BEFORE_MILLISECONDS = 5 * 60_000;

/**
 * Keeps what it read until that is about to lapse or was refused.
 *
 * The source throws StageledgerError JIRA_TOKEN_MISSING when there is none, or it has lapsed; and what `read` throws.
 *
 * @param read the credentials as they are now; undefined while the app has brought none
 * @param now epoch milliseconds
 */
export function tokenSource(read: () => Promise<JiraCredentials | undefined>, now: () => number): TokenSource {
  let current: JiraCredentials | undefined;
  return async (refused) => {
    const isGood =
      current !== undefined && current.token !== refused && current.expiresAt - LOOK_BEFORE_MILLISECONDS > now();
    if (!isGood) current = await read();
    if (current === undefined) throw tokenMissing("The app in Jira has brought no token yet.");
    if (current.expiresAt <= now()) throw tokenMissing("The token that the app in Jira brought last has lapsed.");
    return current;
  };
}
