/** The statuses of all sources, settled from what the sources said about them (E6, E7). */
import { compareNatural, FirstEntryPlaces, type Status, StatusCatalogue } from "@stageledger/core";
import { type Selectable, sql, type Transaction } from "kysely";
import { storedTimeline } from "./record/timeline-row.ts";
import type { Schema } from "./schema.ts";

/** By id, such as jira:10201. */
export async function loadStatuses(trx: Transaction<Schema>, tenantId: string): Promise<ReadonlyMap<string, Status>> {
  const { rows } = await sql<Selectable<Schema["flow.status_sighting"]>>`
    select * from flow.status_sighting where tenant_id = ${tenantId}::uuid
    order by last_seen_at_ms, status_id collate "C", origin collate "C", name collate "C", category collate "C"`.execute(
    trx,
  );
  // A list is one source's: it says nothing of the statuses of another.
  const bySource = Map.groupBy(rows, ({ status_id: id }) => id.slice(0, id.indexOf(":") + 1));
  const settled = [...bySource.values()].flatMap((ofSource) => [...settle(ofSource)]);
  return new Map(settled.sort(([left], [right]) => compareNatural(left, right)));
}

function settle(rows: readonly Selectable<Schema["flow.status_sighting"]>[]): ReadonlyMap<string, Status> {
  const catalogue = new StatusCatalogue();
  const listed = rows.filter(({ origin }) => origin === "list");
  if (listed.length > 0) {
    catalogue.list(listed.map(({ status_id: id, name, category }) => ({ id, name, category: category || undefined })));
  }
  for (const { origin, status_id: id, name, category, last_seen_at_ms: at } of rows) {
    if (origin === "current") catalogue.sawCurrent(id, name, category || undefined);
    else if (origin !== "list") catalogue.sawInHistory(id, name, at, true, origin === "history-resolved");
  }
  return catalogue.settle();
}

/** True when an item that is no sub-task stands in one of these statuses now. */
export async function isAnyItemIn(
  trx: Transaction<Schema>,
  tenantId: string,
  statusIds: readonly string[],
): Promise<boolean> {
  if (statusIds.length === 0) return false;
  const found = await trx
    .selectFrom("flow.timeline as timeline")
    .innerJoin("flow.item as item", (join) =>
      join.onRef("item.tenant_id", "=", "timeline.tenant_id").onRef("item.item_id", "=", "timeline.item_id"),
    )
    .select("timeline.item_id")
    .where("timeline.tenant_id", "=", tenantId)
    .where("timeline.status_id", "in", statusIds)
    .where("item.is_subtask", "=", false)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** In which order items entered their statuses: what a default map is made of. Reads every timeline. */
export async function loadFirstEntryPlaces(trx: Transaction<Schema>, tenantId: string): Promise<FirstEntryPlaces> {
  const rows = await trx
    .selectFrom("flow.timeline as timeline")
    .innerJoin("flow.item as item", (join) =>
      join.onRef("item.tenant_id", "=", "timeline.tenant_id").onRef("item.item_id", "=", "timeline.item_id"),
    )
    .select("timeline.stays")
    .where("timeline.tenant_id", "=", tenantId)
    .where("item.is_subtask", "=", false)
    .execute();
  const places = new FirstEntryPlaces();
  for (const row of rows) places.add(storedTimeline(row));
  return places;
}
