/**
 * Finds the tasks whose entries Asana shows otherwise than they were recorded. An edit of a date or a category leaves the sum
 * of a task's minutes as it was, so the entries themselves are listed.
 */
import { findSeenItems, inTransaction, listItemsWithHoursOf, type SeenItem } from "@stageledger/db";
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
  for (const { gid, task, ...entry } of listed.values()) {
    if (!task) continue;
    const known = seen.get(task.gid)?.entries[gid];
    if (known?.checksum !== entryChecksum(secrets, { gid, ...entry })) changed.add(task.gid);
  }
  for (const item of seen.values()) {
    if (wantsLook(item, project, days, listed)) changed.add(item.sourceItem);
  }
  return [...changed];
}

/** It has an entry of these days that the list shows no more, or that no list of a project ever shows. */
function wantsLook(
  { entries }: SeenItem,
  project: string,
  { from, to }: Days,
  listed: ReadonlyMap<string, AsanaEntry>,
): boolean {
  return Object.entries(entries).some(([gid, { date, home, isListed }]) => {
    if (date < from || date > to || listed.has(gid)) return false;
    return !isListed || home === project;
  });
}
