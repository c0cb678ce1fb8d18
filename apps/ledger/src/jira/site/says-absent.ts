import type { CallFailure } from "./call-failure.ts";
import { jsonOrUndefined } from "./json-or-undefined.ts";
import { errorAnswer } from "./schemas.ts";

/**
 * Whether Jira itself says that there is no such thing, or none that we may know of. A 404 of something before Jira (a
 * gateway that does not know the site) proves nothing about the thing.
 */
export function saysAbsent(failure: CallFailure): boolean {
  if (failure.kind === "unanswered" || failure.status !== 404 || failure.loginRefused) return false;
  const said = errorAnswer.safeParse(jsonOrUndefined(failure.body));
  return said.success && (said.data.errorMessages ?? undefined) !== undefined;
}
