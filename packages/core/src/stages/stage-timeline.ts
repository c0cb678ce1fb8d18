/** Rebuilds all stays of an item from its changes, whatever order, number or state they come in. Pure. */
import type { ItemFacts, StageChange } from "./item-facts.ts";

/** One contiguous stay in one status. `end` is the as-of instant while the stay is open. */
interface StatusStay {
  readonly status: string;
  readonly start: number;
  readonly end: number;
  readonly open: boolean;
}

/**
 * The status of an item that its source has no more: deleted, or taken out of the project (E13). No stage holds it: it ends
 * the item's stay, and one that comes back has a hole in its timeline.
 */
export const GONE = "gone";

/** Doubts about one item's history. */
type TimelineFlaw =
  | "no-history"
  | "change-before-creation"
  | "clock-fault"
  | "history-gap"
  | "status-mismatch"
  | "history-truncated";

/** All stays of one item from creation to the as-of instant, without overlaps, and without holes but where it was gone. */
export interface StageTimeline {
  readonly createdAt: number;
  readonly asOf: number;
  readonly stays: readonly StatusStay[];
  /** Since when the item is gone (E13); undefined while it is there. */
  readonly goneAt: number | undefined;
  readonly flaws: readonly TimelineFlaw[];
}

/**
 * Builds the timeline as known at `asOf`. Returns undefined when the item did not exist then, or
 * when the source shows neither a status nor a change.
 *
 * Order: by instant, then by source sequence (E16). Where that order breaks the from→to chain but
 * the source's own order keeps it whole, the clock is at fault: the source's order wins and a stay
 * that would end before it starts is one of 0. A change before creation is moved to creation.
 * A change into the status that the item is already in opens no new stay.
 */
export function buildTimeline(facts: ItemFacts, asOf: number): StageTimeline | undefined {
  if (facts.createdAt > asOf) return undefined;
  const flaws = new Set<TimelineFlaw>();
  if (facts.isTruncated) flaws.add("history-truncated");
  if (!facts.hasHistory) flaws.add("no-history");

  const changes = settleOrder(facts.changes, flaws);
  const initial = changes[0]?.from ?? (changes.length === 0 ? facts.currentStatus : undefined);
  const stays: StatusStay[] = [];
  let status = initial;
  let start = facts.createdAt;
  for (const change of changes) {
    if (change.at < facts.createdAt) flaws.add("change-before-creation");
    const at = Math.max(change.at, start);
    if (at > change.at && change.at >= facts.createdAt) flaws.add("clock-fault");
    if (at > asOf) break;
    if (change.to === status) continue;
    if (status !== undefined && status !== GONE) stays.push({ status, start, end: at, open: false });
    status = change.to;
    start = at;
  }
  if (status === undefined || (status === GONE && stays.length === 0)) return undefined;
  if (status !== GONE) stays.push({ status, start, end: asOf, open: true });

  const last = changes.at(-1);
  // Of an item that is gone the source shows nothing any more: its status is from before.
  const shown = last?.to === GONE ? undefined : facts.currentStatus;
  if (last !== undefined && shown !== undefined && last.to !== shown) flaws.add("status-mismatch");
  const goneAt = status === GONE ? start : undefined;
  return { createdAt: facts.createdAt, asOf, stays, goneAt, flaws: [...flaws].sort() };
}

/** Drops duplicates, orders the changes and notes a broken chain. */
function settleOrder(changes: readonly StageChange[], flaws: Set<TimelineFlaw>): readonly StageChange[] {
  const byTime = isStrictlyOrdered(changes) ? changes : dropRepeats([...changes].sort(byInstant));
  if (isChain(byTime)) return byTime;
  const bySequence = [...byTime].sort(bySource);
  // That an item was gone and came back no source counts: its own order says nothing of it.
  if (isChain(bySequence) && !byTime.some(({ from, to }) => from === GONE || to === GONE)) {
    flaws.add("clock-fault");
    return bySequence;
  }
  flaws.add("history-gap");
  return byTime;
}

function byInstant(a: StageChange, b: StageChange): number {
  return a.at - b.at || bySource(a, b);
}

function bySource(a: StageChange, b: StageChange): number {
  return a.sequence - b.sequence || a.index - b.index;
}

function isStrictlyOrdered(changes: readonly StageChange[]): boolean {
  let previous: StageChange | undefined;
  for (const change of changes) {
    if (previous !== undefined && byInstant(previous, change) >= 0) return false;
    previous = change;
  }
  return true;
}

/** Changes come sorted; the same fact (instant, sequence and index) stands beside its repeat. */
function dropRepeats(sorted: readonly StageChange[]): StageChange[] {
  return sorted.filter((change, i) => {
    const previous = sorted[i - 1];
    return previous === undefined || byInstant(previous, change) !== 0;
  });
}

function isChain(changes: readonly StageChange[]): boolean {
  let status: string | undefined;
  for (const { from, to } of changes) {
    if (status !== undefined && from !== undefined && from !== status) return false;
    status = to;
  }
  return true;
}
