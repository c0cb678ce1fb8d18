/**
 * From what a look tells of an item to what is recorded of it. Pure.
 *
 * What was recorded once stays: stories go (with a section, or when two of them are put together), and a ledger keeps its facts.
 * So of a change that is known the first version holds, and where the recorded history then ends elsewhere than the item is, one
 * more change says so.
 */
import { GONE, type ItemPart, type StageChange } from "@stageledger/core";
import type { RecordedHistory } from "@stageledger/db";
import { TOLD } from "./place.ts";

export interface FoundItem {
  readonly part: ItemPart;
  /** Nothing says where it was before its first change: it is taken for where it is now. */
  readonly isBeginGuessed: boolean;
  /** Where its stories end; undefined when nothing tells. */
  readonly toldStatus: string | undefined;
  /** Where it is; undefined when the source does not show it. */
  readonly liveStatus: string | undefined;
}

/** @param since when the item went where it is, unless a change tells; epoch milliseconds */
export function settled(found: FoundItem, recorded: RecordedHistory | undefined, since: number): ItemPart {
  const { part, liveStatus } = found;
  const known = recorded?.changes ?? [];
  const fresh = freshOf(found, recorded);
  const all = [...known, ...fresh].sort(byInstant);
  const last = all.at(-1);
  const told = last?.to ?? recorded?.status ?? found.toldStatus;
  const withMore = (...more: readonly StageChange[]): ItemPart => ({ ...part, changes: [...fresh, ...more] });
  if (liveStatus !== undefined && told !== liveStatus) {
    if (last !== undefined) return withMore(into(liveStatus, Math.max(since, last.at + 1)));
    const begin = told === undefined ? [] : [into(told, recorded?.createdAt ?? part.createdAt)];
    return withMore(...begin, into(liveStatus, since));
  }
  // It was noticed first, and then told that it went earlier. What a story tells happened during a look that began before.
  const isNoticed = last !== undefined && !part.changes.some((change) => keyOf(change) === keyOf(last));
  if (liveStatus === GONE && isNoticed && since < last.at && (all.at(-2)?.at ?? 0) < since)
    return withMore(into(GONE, since));
  return withMore();
}

/**
 * The changes that are not known. Only the first of all says what was left: by instants there is one order of them, and a
 * change that becomes known later, or is one that no story tells, must not put them into another (E16).
 */
function freshOf(
  { part, isBeginGuessed, toldStatus, liveStatus }: FoundItem,
  recorded: RecordedHistory | undefined,
): readonly StageChange[] {
  const known = recorded?.changes ?? [];
  const knownKeys = new Set(known.map(keyOf));
  // What happens to it elsewhere, since it is gone for a reason that no story tells, does not bring it back.
  const last = known.at(-1);
  const goneSince =
    last?.to === GONE && liveStatus === GONE && toldStatus !== GONE ? last.at : Number.POSITIVE_INFINITY;
  const fresh = part.changes.filter(
    (change) =>
      change.at <= goneSince && !knownKeys.has(keyOf(change)) && !knownKeys.has(keyOf({ ...change, index: TOLD })),
  );
  return fresh.map((change, place) => {
    if (known.length > 0 || place > 0) return { ...change, from: undefined };
    // Where it was seen before counts more than a guess.
    const seen = isBeginGuessed && recorded?.status !== change.to ? recorded?.status : undefined;
    return { ...change, from: seen ?? change.from };
  });
}

function into(to: string, at: number): StageChange {
  return { at, sequence: 0, index: 0, from: undefined, to };
}

function keyOf({ at, sequence, index }: StageChange): string {
  return `${at} ${sequence} ${index}`;
}

function byInstant(a: StageChange, b: StageChange): number {
  return a.at - b.at || a.sequence - b.sequence || a.index - b.index;
}
