/**
 * The part of the address after the #, kept in this tab while somebody goes and signs in: it may hold a decision, and no server is
 * told that, so the way back cannot say it.
 */
const KEY = "stageledger-way-back";

/** Of the address that is shown now. */
export function keepHash(): void {
  try {
    sessionStorage.setItem(KEY, location.pathname + location.search + location.hash);
  } catch {
    // A browser that keeps nothing: the way back is without it.
  }
}

/** Puts back what was kept, where this is the address it belongs to. It is kept no longer in any case. */
export function restoreHash(): void {
  const kept = takeKept();
  if (kept === null || location.hash !== "") return;
  const [path, hash] = kept.split("#");
  if (hash !== undefined && path === location.pathname + location.search) history.replaceState(null, "", kept);
}

function takeKept(): string | null {
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return kept;
  } catch {
    return null;
  }
}
