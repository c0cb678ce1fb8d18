/**
 * From what a look tells of an item to what is recorded of it. Pure.
 *
 * What was recorded once stays: stories go (with a section, or when two of them are put together), and a ledger keeps its facts.
 * So of a change that is known the first version holds, and where the recorded history then ends elsewhere than the item is, one
 * more change says so.
 */
import { GONE, type ItemPart, type StageChange } from "@stageledger/core";
import type { RecordedHistory } from "@stageledger/db";

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
  const knownKeys = new Set(known.map(keyOf));
  const fresh = withSeenBegin(
    found,
    recorded,
    part.changes.filter((change) => !knownKeys.has(keyOf(change))),
  );
  const all = [...known, ...fresh].sort(byInstant);
  const last = all.at(-1);
  const told = last?.to ?? recorded?.status ?? found.toldStatus;
  const settling = (at: number, from: string | undefined): ItemPart => ({
    ...part,
    changes: [...fresh, { at, sequence: 0, index: 0, from, to: liveStatus ?? GONE }],
  });
  if (liveStatus !== undefined && told !== liveStatus) {
    return settling(last === undefined ? since : Math.max(since, last.at + 1), told);
  }
  // It was noticed first, and then told that it went earlier.
  const beforeLast = all.at(-2);
  if (liveStatus === GONE && last !== undefined && since < last.at && (beforeLast?.at ?? 0) < since)
    return settling(since, beforeLast?.to ?? last.from);
  return { ...part, changes: fresh };
}

/** Where an item was seen before counts more than a guess. */
function withSeenBegin(
  { isBeginGuessed }: FoundItem,
  recorded: RecordedHistory | undefined,
  fresh: readonly StageChange[],
): readonly StageChange[] {
  const [first, ...others] = fresh;
  const seen = recorded?.changes.length === 0 ? recorded.status : undefined;
  if (!isBeginGuessed || first === undefined || seen === undefined || seen === first.to) return fresh;
  return [{ ...first, from: seen }, ...others];
}

function keyOf({ at, sequence, index }: StageChange): string {
  return `${at} ${sequence} ${index}`;
}

function byInstant(a: StageChange, b: StageChange): number {
  return a.at - b.at || a.sequence - b.sequence || a.index - b.index;
}
