/** One run of `import jira`: issues become facts batch by batch, then stages are settled, then worklogs become entries. */
import { DAY_MINUTES, type ItemPart, StageledgerError } from "@stageledger/core";
import {
  dayKey,
  ensureContributors,
  findKnownEntries,
  getTenant,
  inTransaction,
  loadProjectNames,
  lockTenant,
  minutesByDay,
  openTenantSecrets,
  recordFacts,
  recordIn,
} from "@stageledger/db";
import type { Ledger } from "../../access/with-ledger.ts";
import { openBytes } from "../../analyse/input/byte-source.ts";
import { readJsonValues } from "../../analyse/input/json-values.ts";
import type { Progress } from "../../analyse/progress.ts";
import { readStagesFile } from "../../analyse/settings/stages-file.ts";
import { readStatusesFile } from "../../analyse/settings/statuses-file.ts";
import { JiraSightings } from "../../jira/jira-sightings.ts";
import { JIRA, withSource } from "../../jira/ledger-ids.ts";
import { projectByInstant } from "../../jira/project-moves.ts";
import { findProjectId, readIssue } from "../../jira/read-issue.ts";
import { readWorklogs } from "../../jira/read-worklogs.ts";
import type { CliContext } from "../../main/cli-context.ts";
import { beginStages } from "../../stages/begin-stages.ts";
import { type GivenStages, giveStages } from "../../stages/give-stages.ts";
import { type IssueWorklog, worklogRevisions } from "./worklog-revisions.ts";

export interface ImportJiraRequest {
  /** May be none where stages are given. */
  readonly files: readonly string[];
  readonly statuses: string | undefined;
  readonly stages: string | undefined;
  readonly worklogs: boolean;
}

/** Counts of what a run found and what of it was new. */
export interface ImportOutcome {
  readonly issues: number;
  readonly newItems: number;
  readonly changedItems: number;
  readonly newFacts: number;
  readonly worklogs: number;
  readonly newEntries: number;
  /** Of people who were erased, from before the retention edge, or that no time entry can be (0, less, or over 24 hours). */
  readonly leftOut: number;
  /** Days on which one author has more than 24 hours with this run's worklogs: recorded as Jira has them. */
  readonly overfullDays: number;
  /** Issues that show only some of their worklogs. */
  readonly truncated: number;
  /** Null unless a stages file was given. */
  readonly stages: GivenStages | null;
}

const ITEMS_A_BATCH = 1000;
const ENTRIES_A_BATCH = 5000;

/** Each batch is durable when it is done; a run that was interrupted is simply run again. @throws StageledgerError */
export async function importJira(
  { database, tenantId, masterKey }: Ledger,
  request: ImportJiraRequest,
  progress: Progress,
  { newId, now }: Pick<CliContext, "newId" | "now">,
): Promise<ImportOutcome> {
  const documents = request.stages === undefined ? undefined : await readStagesFile(request.stages);
  const listed = request.statuses === undefined ? [] : await readStatusesFile(request.statuses);
  const outcome = {
    issues: 0,
    newItems: 0,
    changedItems: 0,
    newFacts: 0,
    worklogs: 0,
    newEntries: 0,
    leftOut: 0,
    overfullDays: 0,
    truncated: 0,
  };
  const sightings = new JiraSightings();
  const projectNames = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    loadProjectNames(trx, tenantId),
  );
  const worklogs: IssueWorklog[] = [];
  let parts: ItemPart[] = [];

  const flush = async (): Promise<void> => {
    const items = parts;
    parts = [];
    const recorded = await recordFacts(database, tenantId, { items, statuses: sightings.take(), entries: [] });
    outcome.newItems += recorded.newItems;
    outcome.changedItems += recorded.changedItems;
    outcome.newFacts += recorded.newFacts;
  };
  const take = (issue: unknown): void => {
    const part = readIssue(issue, { catalogue: sightings, flagFields: new Set() });
    const { snapshot } = part;
    const key = snapshot?.project ?? "";
    // A connection to the site may call the project otherwise: both mean the same one.
    const name = projectNames.get(JIRA + (findProjectId(issue) ?? "")) ?? key;
    outcome.issues += 1;
    parts.push(withSource({ ...part, snapshot: snapshot && { ...snapshot, project: name } }));
    if (!request.worklogs) return;
    const found = readWorklogs(issue);
    if (found.isTruncated) outcome.truncated += 1;
    const projectAt = projectByInstant(issue, key);
    for (const worklog of found.worklogs) {
      const project = projectAt(worklog.startedAt);
      worklogs.push({ ...worklog, itemId: JIRA + part.id, project: project === key ? name : project });
    }
  };

  for (const path of request.files) {
    const source = await openBytes(path);
    const reading = progress.begin(
      `recording ${path === "-" ? "standard input" : path}`,
      source.totalBytes,
      "bytes",
      source.readBytes,
    );
    const refuse = (error: StageledgerError, line: number): never => {
      throw atLine(error, path, line);
    };
    const takeLine = (issue: unknown, line: number): void => {
      try {
        take(issue);
      } catch (error) {
        throw error instanceof StageledgerError ? atLine(error, path, line) : error;
      }
    };
    try {
      // Reading waits while a batch is recorded, so that memory holds one batch and not the file.
      await readJsonValues(
        pausing(source.chunks, () => (parts.length >= ITEMS_A_BATCH ? flush() : undefined)),
        takeLine,
        refuse,
      );
    } finally {
      reading.end();
    }
  }
  const statuses = listed.map(({ id, name, category }) => {
    return { statusId: JIRA + id, origin: "list" as const, name, category, lastSeenAt: 0 };
  });
  await recordFacts(database, tenantId, { items: [], statuses, entries: [] });
  await flush();
  const stages = documents === undefined ? null : await giveStages(database, tenantId, documents, now());
  if (stages === null) await beginStages(database, tenantId, now());

  outcome.worklogs = worklogs.length;
  const daysByPerson = new Map<string, Set<number>>();
  const recordingWorklogs = progress.begin("recording worklogs", worklogs.length, "entries", () => outcome.newEntries);
  for (let at = 0; at < worklogs.length; at += ENTRIES_A_BATCH) {
    const batch = worklogs.slice(at, at + ENTRIES_A_BATCH);
    // People are looked up and recorded in one transaction: in between, one of them could be erased.
    const { recorded, entries, impossible } = await inTransaction(
      database,
      { role: "recorder", tenantId },
      async (trx) => {
        await lockTenant(trx, tenantId);
        const { zone } = await getTenant(trx, tenantId);
        const secrets = await openTenantSecrets(trx, tenantId, masterKey);
        const accounts = batch.map(({ account }) => ({ source: "jira", account }));
        const people = await ensureContributors(trx, tenantId, secrets, accounts, newId);
        const entryIdOf = (id: string): string => secrets.entryId("jira-worklog", id);
        const ids = batch.map(({ id }) => entryIdOf(id));
        const known = await findKnownEntries(trx, tenantId, ids);
        const projects = [...known].flatMap(([id, { project }]) =>
          project === undefined ? [] : [[id, project] as const],
        );
        const { entries, impossible } = worklogRevisions(batch, people, zone, entryIdOf, new Map(projects));
        return { recorded: await recordIn(trx, tenantId, { items: [], statuses: [], entries }), entries, impossible };
      },
    );
    for (const { contributor, entry } of entries) {
      const days = daysByPerson.get(contributor) ?? new Set();
      if (entry !== undefined) daysByPerson.set(contributor, days.add(entry.date));
    }
    outcome.newEntries += recorded.newRevisions;
    outcome.leftOut += impossible + recorded.tooOld;
  }
  recordingWorklogs.end();
  outcome.overfullDays = await countOverfullDays(database, tenantId, daysByPerson);
  return { ...outcome, stages };
}

/** What Jira let somebody book cannot be refused here: it is what colleagues read there. But somebody should look at it. */
async function countOverfullDays(
  database: Ledger["database"],
  tenantId: string,
  daysByPerson: ReadonlyMap<string, ReadonlySet<number>>,
): Promise<number> {
  if (daysByPerson.size === 0) return 0;
  const minutes = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    minutesByDay(trx, tenantId, [...daysByPerson.keys()]),
  );
  const keys = [...daysByPerson].flatMap(([person, days]) => [...days].map((day) => dayKey(person, day)));
  return keys.filter((key) => (minutes.get(key) ?? 0) > DAY_MINUTES).length;
}

async function* pausing(
  chunks: AsyncIterable<Buffer>,
  before: () => Promise<void> | undefined,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    await before();
    yield chunk;
  }
}

function atLine(error: StageledgerError, path: string, line: number): StageledgerError {
  return new StageledgerError(error.code, `${path}, line ${line}: ${error.message}`, {
    ...(error.next === undefined ? {} : { next: error.next }),
    cause: error,
  });
}
