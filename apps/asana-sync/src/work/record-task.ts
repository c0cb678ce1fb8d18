/** Records what was read of a task, and settles the bells that asked for it: in one transaction, or not at all. */

import { GONE } from "@stageledger/core";
import {
  type Bell,
  ensureContributors,
  findSeenItems,
  inTransaction,
  keepSeenItems,
  lockTenant,
  recordIn,
  revisionsFromSource,
  type SeenEntry,
  type SeenItem,
  type ShownEntry,
  settleBells,
} from "@stageledger/db";
import type { ChosenProject } from "../asana/chosen-projects.ts";
import { homeOf } from "../asana/entry-home.ts";
import type { AsanaEntry } from "../asana/schemas.ts";
import { entryChecksum, taskChecksum } from "../asana/sweep-checksum.ts";
import { goneItems } from "../asana/task-facts.ts";
import { timeEntryOf, UNASSIGNED } from "../asana/time-entry.ts";
import type { SyncContext } from "../context.ts";
import type { Desk } from "./connection-desk.ts";
import type { TaskReading } from "./read-task.ts";

/** Names the account of a person: the same person has another in Jira. */
const ACCOUNT_SOURCE = "asana";
const ENTRY_SOURCE = "asana-entry";

/**
 * A look that began before one that is recorded already brings nothing new, and is dropped: two workers that read the same task
 * at once must not put the older answer over the newer one.
 *
 * @param goneAt when the task went, where that is proved; undefined where 404 alone proves nothing (E13)
 */
export async function recordTask(
  { database, newId }: SyncContext,
  desk: Desk,
  gid: string,
  reading: TaskReading,
  bells: readonly Bell[],
  { readAt, goneAt }: { readonly readAt: number; readonly goneAt: number | undefined },
): Promise<void> {
  const { tenantId, connectionId } = desk;
  const bellIds = bells.map(({ bellId }) => bellId);
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const seen = (await findSeenItems(trx, tenantId, connectionId, [gid])).get(gid);
    const isOutdated = seen !== undefined && seen.readAt > readAt;
    if (!isOutdated && reading.kind === "absent" && seen !== undefined && goneAt !== undefined) {
      await recordIn(trx, tenantId, { items: goneItems(seen, goneAt), statuses: [], entries: [] });
      await keepSeenItems(trx, tenantId, connectionId, [{ ...seen, readAt, goneAt }]);
    }
    if (!isOutdated && reading.kind === "present") {
      const entries = placeEntries(desk, gid, reading, seen);
      const people = await ensureContributors(
        trx,
        tenantId,
        desk.secrets,
        entries.map(({ author }) => ({ source: ACCOUNT_SOURCE, account: author })),
        newId,
      );
      const shown = entries.flatMap(({ entry, timeEntry }, place): ShownEntry[] => {
        const person = people[place];
        if (person?.kind !== "found" || timeEntry === undefined) return [];
        const entryId = desk.secrets.entryId(ENTRY_SOURCE, entry.gid);
        return [{ entryId, contributorId: person.contributorId, entry: timeEntry }];
      });
      const impossible = entries.filter(({ timeEntry }) => timeEntry === undefined).map(({ entry }) => entry.gid);
      const goneIds = [...reading.goneEntries, ...impossible].map((one) => desk.secrets.entryId(ENTRY_SOURCE, one));
      const revisions = await revisionsFromSource(trx, tenantId, shown, goneIds);
      const { items, statuses } = reading.facts;
      await recordIn(trx, tenantId, { items, statuses, entries: revisions });
      await keepSeenItems(trx, tenantId, connectionId, [seenNow(desk, gid, reading, entries, seen, readAt)]);
    }
    await settleBells(trx, tenantId, bellIds);
  });
}

interface PlacedEntry {
  readonly entry: AsanaEntry;
  /** The account: it goes no further than the pseudonym that is derived from it. */
  readonly author: string;
  readonly home: ChosenProject | undefined;
  readonly timeEntry: ReturnType<typeof timeEntryOf>;
}

function placeEntries(
  { projects }: Desk,
  task: string,
  { facts, entries }: Extract<TaskReading, { kind: "present" }>,
  seen: SeenItem | undefined,
): readonly PlacedEntry[] {
  const { places, projectsAbove } = facts;
  return (entries ?? []).flatMap((entry) => {
    const author = entry.created_by?.gid;
    if (author === undefined) return [];
    const before = seen?.entries[entry.gid]?.home ?? undefined;
    const home = homeOf({ entry, projects, places, projectsAbove, before });
    // Unassigned hours still have a stage: that of the task in the first of its projects.
    const place = { task, sourceProject: (home ?? places[0]?.project)?.gid, project: home?.project ?? UNASSIGNED };
    return [{ entry, author, home, timeEntry: timeEntryOf(entry, place) }];
  });
}

function seenNow(
  { secrets }: Desk,
  gid: string,
  { task, facts, entries }: Extract<TaskReading, { kind: "present" }>,
  placed: readonly PlacedEntry[],
  seen: SeenItem | undefined,
  readAt: number,
): SeenItem {
  const { places, projectsAbove } = facts;
  const own = places.filter(({ liveStatus }) => liveStatus !== GONE).map(({ project }) => project.gid);
  const entriesNow: Record<string, SeenEntry> = {};
  for (const { entry, home } of placed) {
    entriesNow[entry.gid] = {
      checksum: entryChecksum(secrets, entry),
      date: entry.entered_on,
      home: home?.gid ?? null,
      isListed: entry.attributable_to !== undefined && entry.attributable_to !== null,
    };
  }
  return {
    sourceItem: gid,
    sourceProjects: own.length > 0 ? own : projectsAbove.map((project) => project.gid),
    checksum: taskChecksum(secrets, task),
    entries: entries === undefined ? (seen?.entries ?? {}) : entriesNow,
    readAt,
    goneAt: undefined,
  };
}
