/** A note as a sentence: a capital at its start, one full stop at its end. */
export function sentence(note: string): string {
  const trimmed = note.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.?!…]$/u.test(trimmed) ? "" : "."}`;
}
