/** Records what was read of a task, and settles the bells that asked for it: in one transaction, or not at all. */

import { GONE, type ItemPart } from "@stageledger/core";
import {
  type Bell,
  ensureContributors,
  findChosenProjects,
  findRecordedHistories,
  findSeenItems,
  inTransaction,
  keepSeenItems,
  loadPostingRules,
  loadProjectNames,
  lockTenant,
  recordIn,
  revisionsFromSource,
  type SeenEntry,
  type SeenItem,
  type ShownEntry,
  settleBells,
} from "@stageledger/db";
import { ASANA } from "../asana/ledger-ids.ts";
import type { AsanaEntry, AsanaTask } from "../asana/schemas.ts";
import { type FoundItem, settled } from "../asana/settle.ts";
import { taskChecksum } from "../asana/sweep-checksum.ts";
import { goneItems, isLive } from "../asana/task-facts.ts";
import type { SyncContext } from "../context.ts";
import type { Desk } from "./connection-desk.ts";
import { type PlacedEntry, placeEntries, seenEntry } from "./place-entries.ts";
import type { TaskReading } from "./read-task.ts";

/** Names the account of a person: the same person has another in Jira. */
const ACCOUNT_SOURCE = "asana";
const ENTRY_SOURCE = "asana-entry";

export interface Look {
  /** The read clock's instant at which it began. */
  readonly readAt: number;
  /** What was recorded of the task when it began. */
  readonly before: SeenItem | undefined;
  /** When the task went, where that is proved; undefined where 404 alone proves nothing (E13). */
  readonly goneAt: number | undefined;
  /** When it came back, where that is told. */
  readonly returnedAt: number | undefined;
}

/**
 * A look that began before one that is recorded already brings nothing new, and is dropped: two workers that read the same task
 * at once must not put the older answer over the newer one. A look that knew less than is recorded by now leaves its bells, which
 * ring again.
 */
export async function recordTask(
  context: SyncContext,
  desk: Desk,
  gid: string,
  reading: TaskReading,
  bells: readonly Bell[],
  look: Look,
): Promise<void> {
  const { tenantId, connectionId } = desk;
  await inTransaction(context.database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const seen = (await findSeenItems(trx, tenantId, connectionId, [gid])).get(gid);
    const isOutdated = seen !== undefined && seen.readAt > look.readAt;
    if (!isOutdated && (knewLess(reading, look, seen) || (await isCalledOtherwise(trx, desk)))) return;
    if (!isOutdated) {
      if (reading.kind === "present") await recordPresent(trx, context, desk, gid, reading, seen, look);
      else if (look.goneAt !== undefined) await recordGone(trx, desk, gid, seen, look.readAt, look.goneAt);
    }
    await settleBells(
      trx,
      tenantId,
      bells.map(({ bellId }) => bellId),
    );
  });
}

/** A project has become another of the ledger's since the desk was opened: what items there are depends on that. */
async function isCalledOtherwise(trx: InTransaction, { tenantId, projects }: Desk): Promise<boolean> {
  const names = await loadProjectNames(trx, tenantId);
  return [...projects.byGid.values()].some(({ gid, project }) => (names.get(ASANA + gid) ?? project) !== project);
}

/** Entries were recorded meanwhile that it did not see: whether they are gone it did not ask. */
function knewLess(reading: TaskReading, { before }: Look, seen: SeenItem | undefined): boolean {
  if (reading.kind === "absent" || reading.entries === undefined) return false;
  const asked = new Set([...reading.entries.map(({ gid }) => gid), ...Object.keys(before?.entries ?? {})]);
  return Object.keys(seen?.entries ?? {}).some((gid) => !asked.has(gid));
}

type InTransaction = Parameters<typeof recordIn>[0];

async function recordGone(
  trx: InTransaction,
  { tenantId, connectionId }: Desk,
  gid: string,
  seen: SeenItem | undefined,
  readAt: number,
  goneAt: number,
): Promise<void> {
  // One that was never seen is kept too, so that a look that began earlier does not bring it.
  const known = seen ?? { sourceItem: gid, sourceProjects: [], checksum: "", entries: {}, readAt, goneAt };
  const items = await settledItems(trx, tenantId, goneItems(known, goneAt), () => goneAt);
  await recordIn(trx, tenantId, { items, statuses: [], entries: [] });
  await keepSeenItems(trx, tenantId, connectionId, [{ ...known, readAt, goneAt: seen?.goneAt ?? goneAt }]);
}

async function recordPresent(
  trx: InTransaction,
  { newId }: SyncContext,
  desk: Desk,
  gid: string,
  { task, facts, entries, goneEntries }: Extract<TaskReading, { kind: "present" }>,
  seen: SeenItem | undefined,
  { readAt, returnedAt }: Look,
): Promise<void> {
  const { tenantId, connectionId, secrets } = desk;
  const items = await settledItems(trx, tenantId, facts.items, ({ liveStatus }, wasGone) =>
    wasGone && liveStatus !== GONE ? (returnedAt ?? readAt) : readAt,
  );
  const idOf = (entry: string): string => secrets.entryId(ENTRY_SOURCE, entry);
  const { entriesFrom = Number.NEGATIVE_INFINITY } = await loadPostingRules(trx, tenantId);
  const chosen = await chosenBy(trx, tenantId, entries ?? [], idOf);
  const placed = placeEntries(gid, entries ?? [], facts, desk.projects, seen, chosen);
  const recent = placed.filter(({ timeEntry }) => timeEntry !== undefined && timeEntry.date >= entriesFrom);
  const authors = await contributorsOf(trx, desk, recent, newId);
  const shown = placed.flatMap(({ entry, timeEntry }): ShownEntry[] =>
    timeEntry === undefined
      ? []
      : [{ entryId: idOf(entry.gid), contributorId: authors.get(entry.gid), entry: timeEntry }],
  );
  const impossible = placed.filter(({ timeEntry }) => timeEntry === undefined).map(({ entry }) => entry.gid);
  const revisions = await revisionsFromSource(trx, tenantId, shown, [...goneEntries, ...impossible].map(idOf));
  await recordIn(trx, tenantId, { items, statuses: facts.statuses, entries: revisions });

  const entriesNow: Record<string, SeenEntry> = {};
  for (const one of placed) {
    entriesNow[one.entry.gid] = seenEntry(secrets, one, authors.has(one.entry.gid));
  }
  const own = facts.places.filter(isLive).map(({ project }) => project.gid);
  await keepSeenItems(trx, tenantId, connectionId, [
    {
      sourceItem: gid,
      sourceProjects: own.length > 0 ? own : facts.projectsAbove.map((project) => project.gid),
      checksum: facts.isWhole ? taskChecksum(secrets, withReadMinutes(task, entries)) : LIKE_NOTHING,
      entries: entries === undefined ? (seen?.entries ?? {}) : entriesNow,
      readAt,
      goneAt: undefined,
    },
  ]);
}

/** The checksum of no task: the next sweep finds this one to be different. */
const LIKE_NOTHING = "";

/**
 * The task as it was read: with the minutes of the entries that were listed. Where Asana's own sum is another, because the list
 * lags or an entry was made between two calls, the next sweep finds the task to be different, and it is read again.
 */
function withReadMinutes(task: AsanaTask, entries: readonly AsanaEntry[] | undefined): AsanaTask {
  if (entries === undefined || typeof task.actual_time_minutes !== "number") return task;
  const sum = entries.reduce((minutes, { duration_minutes }) => minutes + duration_minutes, 0);
  return { ...task, actual_time_minutes: sum };
}

/** What of the items is new to the ledger. */
async function settledItems(
  trx: InTransaction,
  tenantId: string,
  found: readonly FoundItem[],
  since: (item: FoundItem, wasGone: boolean) => number,
): Promise<readonly ItemPart[]> {
  const ids = found.map(({ part }) => part.id);
  const histories = await findRecordedHistories(trx, tenantId, ids);
  return found.flatMap((item) => {
    const recorded = histories.get(item.part.id);
    // There is nothing to end of an item that was never recorded.
    if (recorded === undefined && item.part.snapshot === undefined) return [];
    return [settled(item, recorded, since(item, recorded?.changes.at(-1)?.to === GONE))];
  });
}

/** The ledger's projects that authors chose for entries, by Asana's ids of those. */
async function chosenBy(
  trx: InTransaction,
  tenantId: string,
  entries: readonly AsanaEntry[],
  idOf: (entry: string) => string,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map(entries.map(({ gid }) => [idOf(gid), gid]));
  const chosen = await findChosenProjects(trx, tenantId, [...ids.keys()]);
  return new Map([...chosen].map(([id, project]) => [ids.get(id) ?? "", project]));
}

/** Pseudonyms by entry, without entries of authors whom Asana does not name or who were erased. */
async function contributorsOf(
  trx: InTransaction,
  { tenantId, secrets }: Desk,
  placed: readonly PlacedEntry[],
  newId: () => string,
): Promise<ReadonlyMap<string, string>> {
  const authored = placed.flatMap(({ entry }) => {
    const account = entry.created_by?.gid;
    return account === undefined ? [] : [{ entry: entry.gid, source: ACCOUNT_SOURCE, account }];
  });
  const people = await ensureContributors(trx, tenantId, secrets, authored, newId);
  return new Map(
    authored.flatMap(({ entry }, place) => {
      const person = people[place];
      return person?.kind === "found" ? [[entry, person.contributorId] as const] : [];
    }),
  );
}
