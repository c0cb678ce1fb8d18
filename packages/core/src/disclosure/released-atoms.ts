/** The ladder's portions as atoms: from here on no contributor is behind a number. */
import { type Atom, contributorBand, roundToStep } from "./atoms.ts";
import {
  type PartOrder,
  type Portion,
  type PublishedWeek,
  periodPortions,
  quarterPortions,
  weekPortions,
} from "./merge-ladder.ts";
import { mergedHumans } from "./merged-humans.ts";
import { type ProtectedCell, sumMinutes } from "./protected-cell.ts";
import { countedHumans, type SafetySettings } from "./safety-test.ts";

/** Atoms of cut A. @throws StageledgerError DISCLOSURE_IMPOSSIBLE_CELL */
export function weekAtoms(cells: readonly ProtectedCell[], settings: SafetySettings): Atom[] {
  return weekPortions(cells, settings).map(atomOf);
}

/**
 * Atoms of cuts B, C and E, given the project-weeks that A published. All cells of a period belong in one call, with all
 * its weeks closed. @throws StageledgerError DISCLOSURE_IMPOSSIBLE_CELL
 */
export function periodAtoms(
  cells: readonly ProtectedCell[],
  published: readonly PublishedWeek[],
  order: PartOrder,
  settings: SafetySettings,
): Atom[] {
  return periodPortions(cells, published, order, settings).map(atomOf);
}

/** Atoms of cut L. All late cells of a quarter belong in one call. @throws StageledgerError DISCLOSURE_IMPOSSIBLE_CELL */
export function quarterAtoms(cells: readonly ProtectedCell[], settings: SafetySettings): Atom[] {
  return quarterPortions(cells, settings).map(atomOf);
}

function atomOf({ identity, cells }: Portion): Atom {
  return {
    identity,
    roundedMinutes: roundToStep(sumMinutes(cells)),
    contributors: contributorBand(countedHumans(mergedHumans(cells))),
  };
}
