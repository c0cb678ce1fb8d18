/**
 * Statements whose plans a server keeps for the length of a connection. It costs the server memory for each, and saves most
 * of the time of a short statement: for those that people wait for. Their text must be the same each time.
 */
import { sql } from "kysely";

const MARK = "/* kept */";

/** What such a statement begins with. */
export const KEEP_PLAN = sql.raw(MARK);

const nameByText = new Map<string, string>();

/** Under which name the plan is kept; undefined for a statement that is planned each time. */
export function planName(text: string): string | undefined {
  if (!text.trimStart().startsWith(MARK)) return undefined;
  const known = nameByText.get(text);
  if (known !== undefined) return known;
  const name = `kept ${nameByText.size + 1}`;
  nameByText.set(text, name);
  return name;
}
