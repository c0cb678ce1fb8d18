/**
 * Finds the tasks whose entries Asana shows otherwise than they were recorded. An edit of a date or a category leaves the sum
 * of a task's minutes as it was, so the entries themselves are listed.
 */
import { findSeenItems, inTransaction, listItemsWithHoursOf, type SeenItem, type TenantSecrets } from "@stageledger/db";
import type { AsanaEntry } from "../asana/schemas.ts";
import { entryChecksum } from "../asana/sweep-checksum.ts";
import type { SyncContext } from "../context.ts";
import type { Desk } from "../work/connection-desk.ts";

export interface Days {
  /** Both included; `2026-09-07`. */
  readonly from: string;
  readonly to: string;
}

/** @throws StageledgerError ASANA_…, ASANA_PLAN without time tracking */
export async function tasksWithChangedEntries(
  { database }: SyncContext,
  desk: Desk,
  project: string,
  days: Days,
): Promise<readonly string[]> {
  const { tenantId, connectionId, gateway, secrets } = desk;
  const listed = new Map<string, AsanaEntry>();
  for (let offset: string | undefined, isFirst = true; isFirst || offset !== undefined; isFirst = false) {
    const page = await gateway.pageOfEntries(project, days, offset);
    for (const entry of page.rows) listed.set(entry.gid, entry);
    offset = page.nextOffset;
  }
  const tasksListed = [...new Set([...listed.values()].flatMap(({ task }) => task?.gid ?? []))];
  const seen = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const items = new Map(await findSeenItems(trx, tenantId, connectionId, tasksListed));
    for (const item of await listItemsWithHoursOf(trx, tenantId, connectionId, project))
      items.set(item.sourceItem, item);
    return items;
  });
  const changed = new Set<string>();
  for (const entry of listed.values()) {
    if (entry.task && !isKnown(secrets, entry, seen.get(entry.task.gid))) changed.add(entry.task.gid);
  }
  for (const item of seen.values()) {
    if (changed.has(item.sourceItem)) continue;
    const missing = missingEntries(item, project, days, listed);
    const isChanged = missing === "listed" || (missing === "unlisted" && (await isOtherwise(desk, item)));
    if (isChanged) changed.add(item.sourceItem);
  }
  return [...changed];
}

function isKnown(secrets: TenantSecrets, entry: AsanaEntry, item: SeenItem | undefined): boolean {
  return item?.entries[entry.gid]?.checksum === entryChecksum(secrets, entry);
}

/** Which of its entries of these days the list does not show: some that it should, or only some that it never shows. */
function missingEntries(
  { entries }: SeenItem,
  project: string,
  { from, to }: Days,
  listed: ReadonlyMap<string, AsanaEntry>,
): "listed" | "unlisted" | "none" {
  const missing = Object.entries(entries).filter(([gid, { date }]) => from <= date && date <= to && !listed.has(gid));
  if (missing.some(([, { home, isListed }]) => isListed && home === project)) return "listed";
  return missing.some(([, { isListed }]) => !isListed) ? "unlisted" : "none";
}

/** Entries that name no project are in no list but that of their task. */
async function isOtherwise({ gateway, secrets }: Desk, item: SeenItem): Promise<boolean> {
  const shown = await gateway.listEntriesOfTask(item.sourceItem);
  return (
    shown === undefined ||
    shown.length !== Object.keys(item.entries).length ||
    !shown.every((entry) => isKnown(secrets, entry, item))
  );
}
