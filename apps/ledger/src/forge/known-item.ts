import { mondayOf } from "@stageledger/core";
import { findItem, type ItemNow, type ReadingRules } from "@stageledger/db";
import { itemUnknown } from "../http/unknown.ts";
import type { LedgerTransaction } from "../log-time/record-revision.ts";

/** The item, if this tenant's ledger has it: what another tenant has is as unknown as what nobody has. @throws StageledgerError ITEM_UNKNOWN */
export async function getItem(trx: LedgerTransaction, tenantId: string, itemId: string): Promise<ItemNow> {
  return knownItem(await findItem(trx, tenantId, itemId));
}

/** @throws StageledgerError ITEM_UNKNOWN */
export function knownItem(item: ItemNow | undefined): ItemNow {
  if (item !== undefined) return item;
  throw itemUnknown();
}

/**
 * The stage to propose: the one that the item is in now, where work is done in it. Nobody works in a backlog or in Done, so
 * there the item's history tells (E19).
 */
export function proposedStage(
  { project, status }: ItemNow,
  { maps, zone }: ReadingRules,
  now: number,
): string | undefined {
  const map = maps.mapFor(project, mondayOf(zone.dayOf(now)));
  if (map === undefined || status === undefined) return undefined;
  const position = map.positionOf(status);
  return position >= map.commitment && map.isOpen(position) ? map.nameOf(position) : undefined;
}
