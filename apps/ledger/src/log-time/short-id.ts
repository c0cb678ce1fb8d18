/** Enough of an entry's id to tell a person's entries apart, and short enough to type. */
export function shortId(entryId: string): string {
  return entryId.slice(0, 8);
}
