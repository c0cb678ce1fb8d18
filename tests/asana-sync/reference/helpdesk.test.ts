/**
 * A real log of 4,580 cases, once read from Jira and once from Asana, must give the same result. All of it goes through the
 * transforms and the ledger; 200 cases also go through our gateway and the jobs, over HTTP from the simulated Asana.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  type MeasuredItem,
  measure,
  type ReportWindow,
  type ReportZone,
  reportWindow,
  StageMap,
  StatusCatalogue,
  StatusTimes,
} from "@stageledger/core";
import { type Database, type ReportFacts, readReportFacts, recordFacts, recordStageMap } from "@stageledger/db";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import type { ChosenProjects } from "../../../apps/asana-sync/src/asana/chosen-projects.ts";
import { settled } from "../../../apps/asana-sync/src/asana/settle.ts";
import { taskFacts } from "../../../apps/asana-sync/src/asana/task-facts.ts";
import { ITEM_COLUMNS, itemRow } from "../../../apps/ledger/src/analyse/output/items-csv.ts";
import { readIssue } from "../../../apps/ledger/src/jira/read-issue.ts";
import { buildReport } from "../../../apps/ledger/src/report/build-report.ts";
import { chosenProjects } from "../../support/asana/a-task.ts";
import { replayOverHttp } from "../../support/asana/helpdesk-over-http.ts";
import { type HelpdeskCase, readCases, stagesOver, storiesOf, taskOf } from "../../support/asana/helpdesk-replay.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { aZone } from "../../support/moments.ts";
import { describeWithReference } from "../../support/reference-dir.ts";
import { logFolder, rowsBy, stagesOfBoard } from "../../support/reference-logs.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

/** The log's last instant. */
const AS_OF = Date.parse("2014-01-03T13:20:58Z");
const ZONE = aZone("UTC");
const SEED = 1;
const CASES_A_BATCH = 500;
const CASES_OVER_HTTP = 200;
/** For a machine that has much else to do. */
const PATIENCE_MILLISECONDS = 180_000;

describeWithReference("the helpdesk in Asana gives what it gives in Jira", (referenceDir) => {
  const log = logFolder(referenceDir, "helpdesk");
  const stagesYaml = stagesOfBoard(log.expected("board_columns.json"));
  const cases = readCases(log.issues);
  let analysis: ReturnType<typeof analyse> | undefined;
  /** Once for all tests. */
  const analyseJira = () => (analysis ??= analyse());

  onBothEngines((engine) => {
    test(
      "4,580 of 4,580 cases: start, finish, cycle days, each stay in each stage, and every figure of every project",
      async () => {
        const { database } = engine();
        const projects = chosenProjects(...new Set(cases.map(({ project }) => project)));
        const jira = await analyseJira();
        const facts = await recordAll(database, cases, projects);
        expect(cases).toHaveLength(4580);

        const ours = measured(facts);
        const rowOf = (item: MeasuredItem) => itemRow(item, facts.map, ZONE).map(String).join();
        const differing = ours.filter((item) => rowOf(item) !== jira.rows.get(item.key)?.row);
        expect(differing.map(rowOf)).toEqual([]);
        expect(ours).toHaveLength(jira.rows.size);

        const theirs = measuredIssues(log.issues, stageMap(stagesYaml));
        const visitsOf = (items: readonly MeasuredItem[]) =>
          new Map(items.map(({ key, flow }) => [key, flow.visits.map(({ stage, start, end }) => [stage, start, end])]));
        expect(visitsOf(ours)).toEqual(visitsOf(theirs));

        expect(sectionTimes(ours)).toEqual(jira.statusTimes);

        const { flow } = buildReport({ ...facts, window: reportWindow(ZONE, AS_OF, 8) }, { seed: SEED });
        expect(plain(flow.projects)).toEqual(jira.report.projects);
        expect(flow.projects).toHaveLength(21);
        expect(plain(flow.total)).toEqual(jira.report.total);
      },
      PATIENCE_MILLISECONDS,
    );

    test(
      "200 cases over HTTP, found by reconciling and read through our gateway: case by case the same",
      async () => {
        const { database } = engine();
        const jira = await analyseJira();
        const some = cases.slice(0, CASES_OVER_HTTP);
        const replay = await replayOverHttp(database, some, stageMap(stagesYaml), AS_OF);
        const facts = await readAll(database, replay.tenantId);
        const rowOf = (item: MeasuredItem) => itemRow(item, facts.map, ZONE).map(String).join().slice(item.key.length);
        const differing = measured(facts).filter((item) => {
          const key = replay.keyByTask.get(item.key) ?? "";
          return rowOf(item) !== jira.rows.get(key)?.row.slice(key.length);
        });
        expect(differing.map(rowOf)).toEqual([]);
        expect(measured(facts)).toHaveLength(CASES_OVER_HTTP);
      },
      PATIENCE_MILLISECONDS,
    );
  });

  async function recordAll(
    database: Database,
    cases: readonly HelpdeskCase[],
    projects: ChosenProjects,
  ): Promise<ReportFacts> {
    const { tenantId } = await aTenant(database, { zone: "UTC" });
    const gids = [...projects.byGid.keys()];
    await recordStageMap(
      database,
      tenantId,
      stagesOver(stageMap(stagesYaml), (status) => gids.map((gid) => `asana:${gid}.${status}`)),
    );
    for (let from = 0; from < cases.length; from += CASES_A_BATCH) {
      const looks = cases
        .slice(from, from + CASES_A_BATCH)
        .map((one) =>
          taskFacts(
            { task: taskOf(one), stories: storiesOf(one), above: [], seen: undefined, readAt: AS_OF },
            projects,
          ),
        );
      expect(looks.every(({ isExplained }) => isExplained)).toBe(true);
      await recordFacts(database, tenantId, {
        items: looks.flatMap(({ items }) => items.map((item) => settled(item, undefined, AS_OF))),
        statuses: looks.flatMap(({ statuses }) => statuses),
        entries: [],
      });
    }
    return readAll(database, tenantId);
  }

  /** What the analysis of the Jira export says. */
  async function analyse() {
    const folder = aFolder({ "stages.yaml": stagesYaml });
    const words = ["analyse", "jira", log.issues, "--statuses", log.statuses, "--stages", "stages.yaml"];
    const outputs = ["--items", "items.csv", "--statuses-out", "times.csv", "--format", "json", "--seed", String(SEED)];
    const { exitCode, stdout, stderr } = await stageledger([...words, ...outputs], { folder });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const report = z
      .object({ asOf: z.string(), projects: z.array(z.unknown()), total: z.unknown() })
      .parse(JSON.parse(stdout));
    expect(Date.parse(report.asOf)).toBe(AS_OF);
    const rows = new Map(
      [...rowsBy(join(folder, "items.csv"), "key")].map(([key, row]) => [
        key,
        { row: ITEM_COLUMNS.map((column) => row[column]).join() },
      ]),
    );
    const statusTimes = new Map(
      [...rowsBy(join(folder, "times.csv"), "project", "status")]
        .filter(([key]) => !key.startsWith("* "))
        .map(([key, row]) => [key, `${row.completed_visits} ${Number(row.completed_seconds)} ${row.open_visits}`]),
    );
    return { report, rows, statusTimes };
  }

  /** `P1 | Closed` → visits, seconds and open visits, by the names of the sections. */
  function sectionTimes(items: readonly MeasuredItem[]): ReadonlyMap<string, string> {
    const names = new Map(
      cases.flatMap(({ moves, last }) =>
        [...moves.flatMap(({ from, to }) => [from, to]), last].map(({ id, name }) => [id, name] as const),
      ),
    );
    const byProject = Map.groupBy(items, ({ project }) => project);
    return new Map(
      [...byProject].flatMap(([project, ofProject]) => {
        const times = new StatusTimes();
        for (const { timeline } of ofProject) times.add(timeline);
        return times
          .list()
          .map(
            ({ status, completedVisits, completedMilliseconds, openVisits }) =>
              [
                `${project} | ${names.get(status.split(".").at(-1) ?? "")}`,
                `${completedVisits} ${completedMilliseconds / 1000} ${openVisits}`,
              ] as const,
          );
      }),
    );
  }
});

/** All items, however long ago they were done. */
function readAll(database: Database, tenantId: string): Promise<ReportFacts> {
  const everything = (zone: ReportZone): ReportWindow => ({ ...reportWindow(zone, AS_OF, 8), chartFirstDay: 0 });
  return readReportFacts(database, tenantId, everything);
}

function measured({ items, map }: ReportFacts): readonly MeasuredItem[] {
  return items.flatMap((item) => measure(item, map, ZONE, AS_OF, FLOW) ?? []);
}

const FLOW = { backToBacklog: "keep", withdrawnResolutions: new Set<string>() } as const;

/** Read and measured as the analysis does it. */
function measuredIssues(path: string, map: StageMap): readonly MeasuredItem[] {
  const catalogue = new StatusCatalogue();
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  return lines.flatMap((line) => {
    const { id, snapshot, ...part } = readIssue(JSON.parse(line), { catalogue, flagFields: new Set() });
    if (snapshot === undefined) throw new Error("an exported issue has a snapshot");
    return measure({ id, ...part, ...snapshot }, map, ZONE, AS_OF, FLOW) ?? [];
  });
}

const stagesFile = z.object({
  commitment: z.string(),
  stages: z.array(
    z.object({ name: z.string(), kind: z.enum(["waiting", "active", "done"]), statuses: z.array(z.string()) }),
  ),
});

function stageMap(yaml: string): StageMap {
  return new StageMap({ version: 1, origin: "given", ...stagesFile.parse(parse(yaml)) });
}

/** As JSON, with Jira's status in place of a section's id. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/asana:P\d+\.(\d+)/gu, "$1"));
}
