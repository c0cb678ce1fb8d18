/** Decides what becomes of each row of a time file, by what the ledger knows. Changes nothing. */
import {
  ACTIVITIES,
  clockInterval,
  createEntry,
  type EntryRevision,
  type ReportZone,
  refuseOverfullDay,
  StageledgerError,
  type TimeEntry,
} from "@stageledger/core";
import {
  dayKey,
  type FoundContributor,
  findItemsByKeys,
  findKnownEntries,
  type inTransaction,
  loadPostingRules,
  minutesByDay,
  type NamedItem,
  type TenantSecrets,
} from "@stageledger/db";
import { statusOfStage } from "../../log-time/status-of-stage.ts";
import type { DryRunLine } from "./dry-run-table.ts";
import { RowIdentities } from "./row-identity.ts";
import { asRefusal, type TimeRow } from "./time-row.ts";

type Rules = Awaited<ReturnType<typeof loadPostingRules>>;
type Trx = Parameters<Parameters<typeof inTransaction>[2]>[0];

export type PlannedRow = DryRunLine & {
  /** Undefined where nothing is to be recorded. */
  readonly revision: EntryRevision | undefined;
};

/** A row that can be an entry, before the ledger was asked whether it has it. */
interface Candidate {
  readonly row: TimeRow;
  readonly itemKey: string;
  readonly contributorId: string;
  readonly entryId: string;
  readonly entry: TimeEntry;
}

/**
 * In the order of the rows. An entry that the ledger has is left as it is, whatever its person did with it since; one that
 * was taken back with its import comes again.
 *
 * Inside a transaction of role recorder that holds the tenant's lock.
 *
 * @param people the contributor of each row's person; one that is new has the id that it is going to have
 */
export async function planImport(
  trx: Trx,
  tenantId: string,
  secrets: TenantSecrets,
  rows: readonly TimeRow[],
  people: ReadonlyMap<string | undefined, FoundContributor>,
): Promise<readonly PlannedRow[]> {
  const rules = await loadPostingRules(trx, tenantId);
  const items = await findItemsByKeys(trx, tenantId, [...new Set(rows.flatMap(({ itemKeys }) => itemKeys))]);
  const identities = new RowIdentities();
  const entryIdOf = (row: TimeRow, itemKey: string): string =>
    secrets.entryId("time-file", identities.next(row, itemKey));
  const read = rows.map((row) => orRefusal(row, () => candidate(row, items, people.get(row.person), rules, entryIdOf)));
  const candidates = read.filter((one): one is Candidate => "entryId" in one);
  const known = await findKnownEntries(
    trx,
    tenantId,
    candidates.map(({ entryId }) => entryId),
  );
  const contributorIds = [...new Set(candidates.map(({ contributorId }) => contributorId))];
  const minutes = new Map(await minutesByDay(trx, tenantId, contributorIds));
  return read.map((one) => ("entryId" in one ? settle(one, known, minutes) : one));
}

/** @throws StageledgerError ITEM_UNKNOWN, STAGE_UNKNOWN, ENTRY_… */
function candidate(
  row: TimeRow,
  items: ReadonlyMap<string, NamedItem>,
  person: FoundContributor | undefined,
  { zone, maps }: Rules,
  entryIdOf: (row: TimeRow, itemKey: string) => string,
): Candidate {
  if (person?.kind !== "found") {
    throw new StageledgerError("ENTRY_OF_ERASED_PERSON", "This account was erased, and is not taken up again.");
  }
  const itemKey = row.itemKeys.find((key) => items.has(key));
  const item = itemKey === undefined ? undefined : items.get(itemKey);
  if (itemKey === undefined || item === undefined) {
    throw new StageledgerError("ITEM_UNKNOWN", "The ledger knows no item of that key.", {
      next: "Import the items first: stageledger import jira <file>",
    });
  }
  const { date, minutes } = row;
  const entry: TimeEntry = {
    ...item,
    date,
    minutes,
    activity: activityOf(row),
    interval: intervalOf(row, zone),
    chosenStatus: row.stage === undefined ? undefined : statusOfStage(row.stage, maps, item.project, date),
    visibility: "private",
  };
  const entryId = entryIdOf(row, itemKey);
  const { contributorId } = person;
  createEntry(entryId, contributorId, entry);
  return { row, itemKey, contributorId, entryId, entry };
}

/** A tag that is none of the tenant's activities says nothing about the kind of work. */
function activityOf({ activity }: TimeRow): string {
  const wanted = activity?.trim().toLowerCase();
  return ACTIVITIES.find((known) => known === wanted) ?? "other";
}

/** The file has no zone: what its clock showed is read in the tenant's. */
function intervalOf({ date, startMinute, endMinute, endDate, minutes }: TimeRow, zone: ReportZone) {
  if (startMinute === undefined || endMinute === undefined) return undefined;
  return clockInterval({ date, startMinute, endMinute, endDate, minutes }, zone);
}

function settle(
  { row, itemKey, contributorId, entryId, entry }: Candidate,
  known: Awaited<ReturnType<typeof findKnownEntries>>,
  minutes: Map<string, number>,
): PlannedRow {
  const before = known.get(entryId);
  const booked = { ...row, activity: entry.activity };
  if (before?.isUndone === false) return { outcome: "known already", row: booked, itemKey, revision: undefined };
  return orRefusal(row, (): PlannedRow => {
    const day = dayKey(contributorId, entry.date);
    const others = minutes.get(day) ?? 0;
    refuseOverfullDay(others, entry.minutes);
    minutes.set(day, others + entry.minutes);
    const revision = { ...createEntry(entryId, contributorId, entry), number: (before?.number ?? 0) + 1 };
    return { outcome: "new", row: booked, itemKey, revision };
  });
}

function orRefusal<T>({ line }: TimeRow, read: () => T): T | (PlannedRow & { readonly outcome: "left out" }) {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StageledgerError)) throw error;
    return { outcome: "left out", refusal: asRefusal(line, error), revision: undefined };
  }
}
