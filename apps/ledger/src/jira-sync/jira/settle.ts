/**
 * From what a look tells of an issue to what is recorded of it. Pure.
 *
 * Histories are told whole and never change, so that all of them are facts. What they do not tell is one change more: a migration
 * of a workflow moves issues without a word, and an issue goes and comes back.
 */
import { GONE, type ItemPart, type StageChange } from "@stageledger/core";
import type { RecordedHistory } from "@stageledger/db";
import { backAtOnce } from "./absences.ts";
import type { IssueFacts } from "./issue-facts.ts";
import { inOrder, isUntold, SETTLING } from "./untold-change.ts";

/**
 * An issue as a look found it.
 *
 * @param isSure whether its histories end where it is, or it was seen to be elsewhere while nothing happened
 * @param readAt when the look began; epoch milliseconds
 */
export function settledIssue(
  { part, home, kept }: IssueFacts,
  isSure: boolean,
  recorded: RecordedHistory | undefined,
  readAt: number,
): ItemPart {
  const back = backAtOnce(recorded?.changes ?? [], part.changes, kept.statusId);
  const live = home === undefined ? GONE : isSure ? kept.statusId : undefined;
  return settled({ ...part, changes: [...part.changes, ...back] }, live, recorded, readAt);
}

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
  const changes = part.changes.filter((change) => !isUntold(change) || !isRecorded.has(keyOf(change)));
  if (liveStatus === undefined) return { ...part, changes };
  const last = inOrder([...before, ...changes]).at(-1);
  const known = last?.to ?? recorded?.status;
  if (known === undefined || known === liveStatus) return { ...part, changes };
  // There is nothing to end of an issue that was never recorded.
  if (liveStatus === GONE && recorded === undefined) return { ...part, changes };
  const at = Math.max(since, (last?.at ?? part.createdAt) + 1);
  const settling = { at, sequence: last?.sequence ?? 0, index: SETTLING, from: known, to: liveStatus };
  return { ...part, changes: [...changes, settling] };
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
