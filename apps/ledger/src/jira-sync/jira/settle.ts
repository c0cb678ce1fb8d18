/**
 * From what a look tells of an issue to what is recorded of it. Pure.
 *
 * Histories are told whole and never change, so that all of them are facts. What they do not tell is one change more: a migration
 * of a workflow moves issues without a word, and an issue goes and comes back.
 */
import { GONE, type ItemPart, type StageChange } from "@stageledger/core";
import type { RecordedHistory } from "@stageledger/db";
import { backAtOnce } from "./absences.ts";
import { lastOf } from "./issue-facts.ts";

/**
 * @param liveStatus where it is, GONE for one that the ledger has no more; undefined where the look does not make sure
 * @param since when it went there, unless its histories tell; epoch milliseconds
 */
export function settled(
  part: ItemPart,
  liveStatus: string | undefined,
  recorded: RecordedHistory | undefined,
  since: number,
): ItemPart {
  const before = recorded?.changes ?? [];
  const isRecorded = new Set(before.map(keyOf));
  // What no history tells is recorded once: at a later look it could be said otherwise.
  const told = part.changes.filter((change) => change.sequence !== 0 || !isRecorded.has(keyOf(change)));
  const shown = liveStatus === undefined || liveStatus === GONE ? undefined : liveStatus;
  const changes = shown === undefined ? told : [...told, ...backAtOnce(before, part.changes, shown)];
  if (liveStatus === undefined) return { ...part, changes };
  const last = lastOf([...before, ...changes]);
  const known = last?.to ?? recorded?.status;
  if (known === undefined || known === liveStatus) return { ...part, changes };
  // There is nothing to end of an issue that was never recorded.
  if (liveStatus === GONE && recorded === undefined) return { ...part, changes };
  const at = Math.max(since, (last?.at ?? part.createdAt) + 1);
  return { ...part, changes: [...changes, { at, sequence: 0, index: 0, from: known, to: liveStatus }] };
}

/** The item of an issue of which nothing is shown any more. */
export function unseenPart(id: string, createdAt: number): ItemPart {
  return {
    id,
    createdAt,
    changes: [],
    blocks: [],
    otherActivity: [],
    hasHistory: false,
    isTruncated: false,
    snapshot: undefined,
  };
}

function keyOf({ at, sequence, index }: StageChange): string {
  return `${at} ${sequence} ${index}`;
}
