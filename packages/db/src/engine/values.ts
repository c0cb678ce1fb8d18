/** Values as both engines hand them out. By themselves they disagree: on int8 by type, on dates by time zone. */

/** PostgreSQL's numbers of types whose default parsers differ. */
export const TYPE = { int8: 20, date: 1082 } as const;

/** Counts, minutes and epoch milliseconds all fit. @throws RangeError for an integer that a number cannot hold exactly */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError("An integer of the database does not fit into a number.");
  return value;
}

/** A calendar date stays the text that it is. */
export function parseDate(text: string): string {
  return text;
}
