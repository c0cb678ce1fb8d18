/** Keys of items that a member's own entries name, and the page may not show. */
import { UNASSIGNED } from "@stageledger/core";
import { type Database, inTransaction, listRestrictedProjects } from "@stageledger/db";

/**
 * The projects of whose items no key is shown. Where there are restricted ones, an entry that no project has yet may be of one of
 * them.
 */
export async function keysHiddenIn(
  { database }: { readonly database: Database },
  tenantId: string,
): Promise<ReadonlySet<string>> {
  const restricted = await inTransaction(database, { role: "report_reader", tenantId }, (trx) =>
    listRestrictedProjects(trx, tenantId),
  );
  return new Set(restricted.length === 0 ? [] : [...restricted, UNASSIGNED]);
}

/** An answer as the page is told it: of each entry in it, wherever that stands, the key is null where it is hidden. Pure. */
export function withoutHiddenKeys(hidden: ReadonlySet<string>, told: unknown): unknown {
  if (Array.isArray(told)) return told.map((one) => withoutHiddenKeys(hidden, one));
  if (typeof told !== "object" || told === null) return told;
  const members = Object.entries(told).map(([name, value]) => [name, withoutHiddenKeys(hidden, value)] as const);
  const isHidden = "itemKey" in told && "project" in told && hidden.has(String(told.project));
  return { ...Object.fromEntries(members), ...(isHidden ? { itemKey: null } : {}) };
}
