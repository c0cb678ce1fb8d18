import type { Question } from "./ledger.ts";

/** What is asked of a report, as it stands behind a path; nothing for what is left to the ledger. */
export function questionText(
  { asOf, weeks, map, time }: Question,
  more: Readonly<Record<string, string>> = {},
): string {
  return queryOf({ asOf, weeks, map, time: time === "calendar" ? null : time, ...more });
}

export function queryOf(members: Readonly<Record<string, string | number | null>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) if (value !== null) query.set(name, String(value));
  return query.size === 0 ? "" : `?${query}`;
}
