/** Finds what may be keys of work items in texts, and drops the texts. Pure. */

/** As Jira writes keys; small letters would take in too many words. Behind it anything but more of the key may follow. */
const KEY = /(?<![\p{L}\p{N}_])[A-Z][A-Z0-9_]+-[1-9]\d*(?![\p{L}\p{N}_])/gu;

/**
 * @param explicit the cell of a column made for the key; taken as it is, and first
 * @param texts in the order in which they are trusted
 */
export function itemKeysIn(explicit: string, texts: readonly string[]): readonly string[] {
  const keys = new Set<string>();
  if (explicit !== "") keys.add(explicit);
  for (const text of texts) {
    if (!text.includes("-")) continue;
    for (const [key] of text.matchAll(KEY)) keys.add(key);
  }
  return [...keys];
}
