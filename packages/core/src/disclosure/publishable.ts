import { roundToStep } from "./atoms.ts";
import { mergedHumans } from "./merged-humans.ts";
import { type ProtectedCell, sumMinutes } from "./protected-cell.ts";
import { type SafetySettings, safe } from "./safety-test.ts";

/**
 * Whether the sum of these cells may be published. Known contributions can be subtracted by any colleague, so the
 * private ones must be safe without them too. What would be rounded to nothing is not published: a zero is an answer.
 */
export function publishable(cells: readonly ProtectedCell[], settings: SafetySettings): boolean {
  if (roundToStep(sumMinutes(cells)) === 0) return false;
  const privateCells = cells.filter(({ visibility }) => visibility === "private");
  if (privateCells.length === 0) return settings.waivesAllNative || safe(mergedHumans(cells), settings);
  return safe(mergedHumans(cells), settings) && safe(mergedHumans(privateCells), settings);
}
