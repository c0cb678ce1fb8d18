/** Forge gives a call up after 25 seconds; the bridge does not always say so. */
const PATIENCE_MILLISECONDS = 26_000;

export const LATE = Symbol("late");

/**
 * What was told, or LATE when nobody waits for it any longer. Undefined for a call that could not be made or failed on the way: a
 * bridge that refuses says nothing that could be shown.
 */
export async function withPatience<T>(call: () => Promise<T>): Promise<T | typeof LATE | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), PATIENCE_MILLISECONDS);
  });
  try {
    return await Promise.race([call(), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
