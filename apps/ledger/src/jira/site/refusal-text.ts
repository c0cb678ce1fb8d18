import { jsonOrUndefined } from "./json-or-undefined.ts";
import { errorAnswer } from "./schemas.ts";

const LONGEST_TEXT = 500;

/**
 * Jira's own messages in the body of a refused request, fit for a terminal: one line, no control characters, at most
 * 500 characters. Empty when the body is not Jira's (a proxy's HTML page says nothing to a reader).
 */
export function refusalText(body: string): string {
  const answer = errorAnswer.safeParse(jsonOrUndefined(body));
  if (!answer.success) return "";
  const messages = [...(answer.data.errorMessages ?? []), ...Object.values(answer.data.errors ?? {})];
  const line = messages
    .join(" ")
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line;
}
