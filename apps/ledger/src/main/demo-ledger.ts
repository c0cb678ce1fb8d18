/** The demo's ledger: the quarter goes through the same recording and release as real work. */
import { join } from "node:path";
import { reportWindow, StageMap } from "@stageledger/core";
import { createTenant, migrate, openDatabase, readReportFacts, recordStageMap, release } from "@stageledger/db";
import type { PlayedTeam } from "../../../../tests/simulators/asana/play-team.ts";
import { COMMITMENT, type World } from "../../../../tests/simulators/jira-log/quarter-of-three-teams.ts";
import { masterKeyInFolder } from "../access/master-key.ts";
import type { Ledger } from "../access/with-ledger.ts";
import type { Progress } from "../analyse/progress.ts";
import { importTime } from "../import/time/import-time.ts";
import { JIRA } from "../jira/ledger-ids.ts";
import { buildReport, type LedgerReport } from "../report/build-report.ts";
import type { CliContext } from "./cli-context.ts";
import { type DemoDeliveries, demoAsana, recordDemoAsana } from "./demo-asana.ts";
import { type DemoFiles, quarterOf } from "./demo-files.ts";
import { type DemoEvents, recordDemoJira } from "./demo-jira.ts";
import { raiseDemoRoadblocks } from "./demo-roadblocks.ts";

const WINDOW_WEEKS = 8;

/** What the project manager reads at the end of the quarter. The folder must hold no ledger yet. */
export async function reportOfDemo(
  context: Pick<CliContext, "random" | "newId">,
  world: World,
  seed: number,
  files: DemoFiles,
  folder: string,
  progress: Progress,
): Promise<{ readonly report: LedgerReport; readonly deliveries: DemoDeliveries; readonly events: DemoEvents }> {
  const database = await openDatabase({ kind: "embedded", folder });
  try {
    await migrate(database, world.asOf);
    const tenantId = context.newId();
    const ledger: Ledger = { database, tenantId, masterKey: masterKeyInFolder(folder, false, context.random) };
    const tenant = { tenantId, name: "Demo", zone: "UTC", isDemo: true };
    await createTenant(database, tenant, ledger.masterKey, context.random, world.asOf);
    const asana = demoAsana(world, quarterOf(world, "OPS", seed));
    await recordStageMap(database, tenantId, sharedStages(world, asana.team));
    const inJira = world.issues.filter(({ fields }) => fields.project.key !== "OPS");
    const script = { statuses: world.statuses, issues: inJira, logged: quarterOf(world, "SHOP", seed) };
    const events = await recordDemoJira(ledger, script, world.asOf, context, progress);
    await raiseDemoRoadblocks(ledger, world, context);
    await importTime(ledger, { file: files.time, dateOrder: undefined, keepsGoing: false, isDryRun: false }, progress, {
      account: "demo",
      now: world.asOf,
      newId: context.newId,
    });
    const deliveries = await recordDemoAsana(ledger, asana, world.asOf, context, progress);
    await release(database, tenantId, ledger.masterKey, world.asOf);
    const facts = await readReportFacts(database, tenantId, (zone) => reportWindow(zone, world.asOf - 1, WINDOW_WEEKS));
    return { report: buildReport(facts, { seed }), deliveries, events };
  } finally {
    await database.close();
  }
}

/** One flow for both tools: a stage holds Jira's status and Asana's section. */
function sharedStages({ stages }: World, { sectionByStatus }: PlayedTeam): StageMap {
  return new StageMap({
    version: 1,
    origin: "given",
    stages: stages.map(({ name, kind, statusId }) => ({
      name,
      kind,
      statuses: [JIRA + statusId, `asana:${sectionByStatus.get(statusId) ?? ""}`],
    })),
    commitment: COMMITMENT,
  });
}

export function ledgerFolder(folder: string): string {
  return join(folder, "ledger");
}
