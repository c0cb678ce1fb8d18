import { join } from "node:path";
import { pageReport } from "@stageledger/core/contract/page-report";
import { findTenantIdByName, openDatabase } from "@stageledger/db";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { utc } from "../../support/moments.ts";
import { aMember, aPageDoor } from "../../support/page/a-page-door.ts";
import { projectRoot } from "../../support/project-root.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

// Each command is a process that opens the database anew: seconds each on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const SAMPLE = join(projectRoot, "apps/ledger/sample");
const LOG = [
  join(SAMPLE, "three-teams.jsonl.gz"),
  ...["--statuses", join(SAMPLE, "statuses.json"), "--stages", join(SAMPLE, "stages.yaml")],
];

const printed = z.object({
  flow: z.object({ projects: z.array(z.looseObject({ project: z.string() })) }),
  hours: z.object({ projects: z.array(z.looseObject({ project: z.string() })), nextOn: z.string() }),
});

test("the page shows of each project of the sample what `stageledger report --json` prints, ten figures by name and all by value", async () => {
  const folder = aFolder();
  const run = (...words: string[]) => stageledger(words, { folder, variables: { TZ: "Europe/Berlin" } });
  expect(await run("import", "jira", ...LOG)).toMatchObject({ exitCode: 0 });
  const { stdout } = await run("report", "--as-of", "2026-10-25", "--json");
  const { flow, hours } = printed.parse(JSON.parse(stdout));
  expect(flow.projects.map(({ project }) => project)).toEqual(["OPS", "PAY", "SHOP"]);

  const database = await openDatabase({ kind: "embedded", folder: join(folder, "data/ledger") });
  onTestFinished(() => database.close());
  const tenantId = await findTenantIdByName(database, "My organisation");
  const member = aMember(await aPageDoor(database, utc("2026-11-02T08:00")), tenantId);
  for (const expected of flow.projects) {
    const told = await member.told(pageReport, `/api/v1/projects/${expected.project}/report?asOf=2026-10-25`);
    const { verdict, cycleTime, serviceLevel, stages, weeks, charts, monteCarlo, flowDebt, counts, leadTime } =
      told.flow;
    expect(expected).toMatchObject({
      verdict: { sentence: verdict.sentence, finishes: verdict.finishes, resamples: verdict.resamples },
      cycleTime: { p85: cycleTime.p85 },
      leadTime: { p50: leadTime.p50 },
      serviceLevel: { missRate: serviceLevel.missRate },
      counts: { wip: counts.wip },
      stages: stages.map(({ median, visits }) => ({ median, visits })),
      weeks: weeks.map(({ net }) => ({ net })),
      charts: { throughput: charts.throughput, cumulative: charts.cumulative },
      monteCarlo: { when: monteCarlo.when },
      flowDebt: { difference: flowDebt.difference },
    });
    expect(told.flow).toEqual(expected);
    const { project: _, ...ofProject } = hours.projects.find(({ project }) => project === expected.project) ?? {};
    expect(told.hours).toMatchObject({ ...ofProject, nextOn: hours.nextOn });
  }
});
