/** Items that a member's own entries are of, and that the page may not name. */
import { UNASSIGNED } from "@stageledger/core";
import { type Database, findItemProjects, inTransaction, listRestrictedProjects } from "@stageledger/db";
import { isKeyHidden } from "../../forge/is-key-hidden.ts";

interface Asked {
  readonly database: Database;
}

/** An item that the ledger has without a project. */
const NO_PROJECT = "";

/**
 * The projects of which no item is named. Where there are restricted ones, an entry that no project has yet may be of one of them, and
 * so may an item.
 */
export async function keysHiddenIn({ database }: Asked, tenantId: string): Promise<ReadonlySet<string>> {
  const restricted = await inTransaction(database, { role: "report_reader", tenantId }, (trx) =>
    listRestrictedProjects(trx, tenantId),
  );
  return new Set(restricted.length === 0 ? [] : [...restricted, UNASSIGNED, NO_PROJECT]);
}

/**
 * An answer as the page is told it: each entry in it, wherever that stands, names no item where the entry's project is hidden, or the
 * one that the item is in by now. The id goes with the key: in some tools it is the key.
 */
export async function withoutHiddenKeys(
  { database }: Asked,
  tenantId: string,
  hidden: ReadonlySet<string>,
  told: unknown,
): Promise<unknown> {
  if (hidden.size === 0) return told;
  const itemIds = new Set(entriesIn(told).map(({ itemId }) => itemId));
  const projects = await inTransaction(database, { role: "report_reader", tenantId }, (trx) =>
    findItemProjects(trx, tenantId, [...itemIds]),
  );
  return withoutItems(told, ({ itemId, project }) => isKeyHidden(hidden, project, projects.get(itemId)));
}

interface ToldEntry {
  readonly itemId: string;
  readonly itemKey: string;
  readonly project: string;
}

function isEntry(told: object): told is ToldEntry {
  return "itemId" in told && "itemKey" in told && "project" in told;
}

function entriesIn(told: unknown): readonly ToldEntry[] {
  if (typeof told !== "object" || told === null) return [];
  return [...(isEntry(told) ? [told] : []), ...Object.values(told).flatMap(entriesIn)];
}

function withoutItems(told: unknown, isOf: (entry: ToldEntry) => boolean): unknown {
  if (Array.isArray(told)) return told.map((one) => withoutItems(one, isOf));
  if (typeof told !== "object" || told === null) return told;
  if (isEntry(told) && isOf(told)) return { ...told, itemId: null, itemKey: null };
  return Object.fromEntries(Object.entries(told).map(([name, value]) => [name, withoutItems(value, isOf)]));
}
