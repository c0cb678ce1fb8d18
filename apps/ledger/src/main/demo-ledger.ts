/** The demo's ledger: the quarter goes through the same recording and release as real work. */
import { join } from "node:path";
import { reportWindow, StageMap } from "@stageledger/core";
import {
  createTenant,
  ensureContributors,
  inTransaction,
  lockTenant,
  migrate,
  openDatabase,
  openTenantSecrets,
  readReportFacts,
  recordFacts,
  recordStageMap,
  release,
} from "@stageledger/db";
import { sectionOf, taskEntries, taskParts } from "../../../../tests/simulators/asana-shape/neutral-facts.ts";
import { COMMITMENT, type World } from "../../../../tests/simulators/jira-log/quarter-of-three-teams.ts";
import { masterKeyInFolder } from "../access/master-key.ts";
import type { Ledger } from "../access/with-ledger.ts";
import type { Progress } from "../analyse/progress.ts";
import { importJira } from "../import/jira/import-jira.ts";
import { JIRA } from "../import/jira/ledger-ids.ts";
import { importTime } from "../import/time/import-time.ts";
import { buildReport, type LedgerReport } from "../report/build-report.ts";
import type { CliContext } from "./cli-context.ts";
import { type DemoFiles, quarterOf } from "./demo-files.ts";

const WINDOW_WEEKS = 8;

/** What the project manager reads at the end of the quarter. The folder must hold no ledger yet. */
export async function reportOfDemo(
  context: Pick<CliContext, "random" | "newId">,
  world: World,
  seed: number,
  files: DemoFiles,
  folder: string,
  progress: Progress,
): Promise<LedgerReport> {
  const database = await openDatabase({ kind: "embedded", folder });
  try {
    await migrate(database, world.asOf);
    const tenantId = context.newId();
    const ledger: Ledger = { database, tenantId, masterKey: masterKeyInFolder(folder, false, context.random) };
    const tenant = { tenantId, name: "Demo", zone: "UTC", isDemo: true };
    await createTenant(database, tenant, ledger.masterKey, context.random, world.asOf);
    await recordStageMap(database, tenantId, sharedStages(world));
    const request = { files: [files.jira], statuses: files.statuses, stages: undefined, worklogs: true };
    await importJira(ledger, request, progress, context.newId);
    await importTime(ledger, { file: files.time, dateOrder: undefined, keepsGoing: false, isDryRun: false }, progress, {
      account: "demo",
      now: world.asOf,
      newId: context.newId,
    });
    await recordAsanaTeam(ledger, world, seed, context.newId);
    await release(database, tenantId, ledger.masterKey, world.asOf);
    const facts = await readReportFacts(database, tenantId, (zone) => reportWindow(zone, world.asOf - 1, WINDOW_WEEKS));
    return buildReport(facts, { seed });
  } finally {
    await database.close();
  }
}

/** One flow for both tools: a stage holds Jira's status and Asana's section. */
function sharedStages({ stages }: World): StageMap {
  return new StageMap({
    version: 1,
    origin: "given",
    stages: stages.map(({ name, kind, statusId }) => ({
      name,
      kind,
      statuses: [JIRA + statusId, sectionOf(statusId)],
    })),
    commitment: COMMITMENT,
  });
}

async function recordAsanaTeam(
  { database, tenantId, masterKey }: Ledger,
  world: World,
  seed: number,
  newId: () => string,
): Promise<void> {
  const logged = quarterOf(world, "OPS", seed);
  const numbers = [...new Set(logged.map(({ worker }) => worker.number))];
  const entries = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const accounts = numbers.map((number) => ({ source: "asana", account: `fake-user-${number}` }));
    const people = await ensureContributors(trx, tenantId, secrets, accounts, newId);
    const contributorOf = (worker: number): string => {
      const person = people[numbers.indexOf(worker)];
      return person?.kind === "found" ? person.contributorId : "";
    };
    return taskEntries(logged, "OPS", contributorOf, (gid) => secrets.entryId("asana-entry", gid));
  });
  const statuses = world.stages.map(({ name, statusId }) => ({
    statusId: sectionOf(statusId),
    origin: "list" as const,
    name,
    category: undefined,
    lastSeenAt: 0,
  }));
  await recordFacts(database, tenantId, {
    items: taskParts(world.items.get("OPS") ?? [], "OPS"),
    statuses,
    entries: entries.map((revision) => ({ ...revision, importId: undefined })),
  });
}

export function ledgerFolder(folder: string): string {
  return join(folder, "ledger");
}
