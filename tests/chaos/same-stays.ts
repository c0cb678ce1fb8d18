/** Whether the ledger has an item where it was, as far as anybody can know. Pure. */
import { GONE, type Stay, type TrueItem } from "./true-ledger.ts";

export function sameStays({ end, wasAway, untold, stays: truth }: TrueItem, stays: readonly Stay[]): boolean {
  // What came and went before anybody looked is nowhere.
  if (end !== "here" && stays.length === 0) return true;
  const [wanted, has] = wasAway ? [withoutHoles(truth), withoutHoles(stays)] : [truth, stays];
  const isGone = stays.at(-1)?.[0] === GONE;
  return isSame(wanted, has, untold, end === "deleted") && isGone === (end === "deleted" || truth.at(-1)?.[0] === GONE);
}

/** When a deletion was noticed is nobody's promise; where the item was before and after it is. */
function withoutHoles(stays: readonly Stay[]): readonly Stay[] {
  const there = stays.filter(([status]) => status !== GONE);
  return there.filter(([status], place) => status !== there[place - 1]?.[0]);
}

/** Whatever happened before anybody looked, and no record tells of, is nowhere: the item began where it was found first. */
function isSame(
  truth: readonly Stay[],
  stays: readonly Stay[],
  untold: ReadonlySet<number>,
  isDeleted: boolean,
): boolean {
  if (follows(truth, stays, untold, isDeleted)) return true;
  const [first, second, ...rest] = truth;
  if (first === undefined || second === undefined || !untold.has(second[1])) return false;
  return isSame([[second[0], first[1]], ...rest], stays, untold, isDeleted);
}

/**
 * A move that no record tells of is found when somebody looks, and not at all when the item has gone on by then. Where it went
 * there and back unseen, it never left.
 *
 * @param isDeleted nobody can ask any more what happened just before
 */
function follows(
  truth: readonly Stay[],
  stays: readonly Stay[],
  untold: ReadonlySet<number>,
  isDeleted: boolean,
): boolean {
  let place = 0;
  for (const [number, [status, since]] of truth.entries()) {
    if (isDeleted && place === stays.length) return true;
    const [hasStatus, hasSince = 0] = stays[place] ?? [];
    const isUntold = untold.has(since);
    const next = truth[number + 1]?.[1];
    const isInTime = isUntold ? hasSince >= since && hasSince <= (next ?? hasSince) : hasSince === since;
    if (hasStatus === status && isInTime) place += 1;
    else if (isUntold && next !== undefined) continue;
    else if (untold.size === 0 || stays[place - 1]?.[0] !== status) return false;
  }
  return place === stays.length;
}
