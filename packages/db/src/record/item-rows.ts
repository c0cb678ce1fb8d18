/** Items and their facts as rows, and back. Pure. */
import {
  type BlockChange,
  believed,
  type ItemFacts,
  type ItemPart,
  type ItemSnapshot,
  type StageChange,
} from "@stageledger/core";
import type { Selectable } from "kysely";
import type { Schema } from "../schema.ts";
import { inputHash } from "./input-hash.ts";

export type ItemRow = Omit<Selectable<Schema["flow.item"]>, "tenant_id">;
export type FactRow = Omit<Selectable<Schema["flow.item_fact"]>, "tenant_id" | "input_hash">;

export interface FactToRecord extends FactRow {
  /** Hexadecimal digits. */
  readonly input_hash: string;
}

/** An item as its earlier row and one more part have it. Whatever order the parts come in, the last row is the same. */
export function mergeItem(row: ItemRow | undefined, part: ItemPart): ItemRow {
  const known = row === undefined ? undefined : snapshotOf(row);
  const snapshot =
    known === undefined || part.snapshot === undefined ? (part.snapshot ?? known) : believed(known, part.snapshot);
  return {
    item_id: part.id,
    project: snapshot?.project ?? "",
    key: snapshot?.key ?? part.id,
    created_at_ms: Math.min(part.createdAt, row?.created_at_ms ?? part.createdAt),
    snapshot_at_ms: snapshot?.updatedAt ?? null,
    current_status: snapshot?.currentStatus ?? null,
    resolution: snapshot?.resolution ?? null,
    is_subtask: snapshot?.isSubtask ?? false,
    is_repeated: snapshot?.isRepeated ?? false,
    parent_id: snapshot?.parentId ?? null,
    has_history: part.hasHistory || (row?.has_history ?? false),
    is_truncated: part.isTruncated || (row?.is_truncated ?? false),
  };
}

export function isSameItem(a: ItemRow, b: ItemRow): boolean {
  return JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
}

function snapshotOf(row: ItemRow): ItemSnapshot | undefined {
  if (row.snapshot_at_ms === null) return undefined;
  return {
    updatedAt: row.snapshot_at_ms,
    key: row.key,
    project: row.project,
    currentStatus: row.current_status ?? undefined,
    resolution: row.resolution ?? undefined,
    isSubtask: row.is_subtask,
    parentId: row.parent_id ?? undefined,
    ...(row.is_repeated ? { isRepeated: true } : {}),
  };
}

/** A source key holds all that makes two reports of a fact one: instant, the source's order, place. */
export function factsOf(part: ItemPart): FactToRecord[] {
  const rows: FactRow[] = [
    ...part.changes.map(
      ({ at, sequence, index, from, to }): FactRow => ({
        item_id: part.id,
        source_key: `stage:${at}:${sequence}:${index}`,
        kind: "stage",
        at_ms: at,
        sequence,
        place: index,
        from_status: from ?? null,
        to_status: to,
        blocker: null,
        begins: null,
      }),
    ),
    // Roadblocks are no facts of a source's: they stay where people raised them.
    ...part.blocks.flatMap(({ at, sequence, index, reason, source, begins }): FactRow[] =>
      reason === "roadblock"
        ? []
        : [
            {
              item_id: part.id,
              source_key: `${reason}:${at}:${sequence}:${index}`,
              kind: reason,
              at_ms: at,
              sequence,
              place: index,
              from_status: null,
              to_status: null,
              blocker: source,
              begins,
            },
          ],
    ),
    ...part.otherActivity.map(
      (at): FactRow => ({
        item_id: part.id,
        source_key: `activity:${at}`,
        kind: "activity",
        at_ms: at,
        sequence: 0,
        place: 0,
        from_status: null,
        to_status: null,
        blocker: null,
        begins: null,
      }),
    ),
  ];
  return rows.map((row) => ({
    ...row,
    input_hash: inputHash([row.from_status, row.to_status, row.blocker, row.begins]),
  }));
}

/** The facts of one item, as the flow rules take them. `facts` hold those of this item only, in any order. */
export function toItemFacts(row: ItemRow, facts: readonly FactRow[]): ItemFacts {
  const changes: StageChange[] = [];
  const blocks: BlockChange[] = [];
  const otherActivity: number[] = [];
  for (const { kind, at_ms: at, sequence, place: index, from_status, to_status, blocker, begins } of facts) {
    if (kind === "activity") otherActivity.push(at);
    else if (kind === "stage")
      changes.push({ at, sequence, index, from: from_status ?? undefined, to: to_status ?? "" });
    else blocks.push({ at, sequence, index, reason: kind, source: blocker ?? "", begins: begins ?? false });
  }
  return {
    id: row.item_id,
    key: row.key,
    project: row.project,
    createdAt: row.created_at_ms,
    currentStatus: row.current_status ?? undefined,
    resolution: row.resolution ?? undefined,
    isSubtask: row.is_subtask,
    parentId: row.parent_id ?? undefined,
    ...(row.is_repeated ? { isRepeated: true } : {}),
    changes,
    blocks,
    otherActivity,
    isTruncated: row.is_truncated,
    hasHistory: row.has_history,
  };
}
