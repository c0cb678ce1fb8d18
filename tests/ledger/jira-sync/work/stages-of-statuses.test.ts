/** Where nobody has said what the stages are, each status is one: also those that are entered later. */
import { EVERY_PROJECT, reportWindow, type StageMap } from "@stageledger/core";
import { inTransaction, loadStageMaps, readReportFacts, recordStageMap, release, verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { JIRA } from "../../../../apps/ledger/src/jira/ledger-ids.ts";
import { jiraJobs } from "../../../../apps/ledger/src/jira-sync/work/do-job.ts";
import { buildReport } from "../../../../apps/ledger/src/report/build-report.ts";
import { beginStages } from "../../../../apps/ledger/src/stages/begin-stages.ts";
import { rowOf } from "../../../support/a-report.ts";
import { aStage, aStageMap } from "../../../support/a-stage-map.ts";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync, type JiraSync } from "../../../support/jira/a-jira-sync.ts";
import { HOUR, utc } from "../../../support/moments.ts";

onBothEngines((engine) => {
  /** In Berlin, since Monday 7 September 2026, 08:00 UTC; jobs are done as a queue would have them done. */
  async function aSite() {
    const one = await aJiraSync(engine().database, { hasStages: false, takesWorklogs: true });
    const run = jiraJobs(one.context, () => undefined);
    const does = (kind: "answer" | "reconcile") => run({ ...one.job, kind }, new AbortController().signal);
    const compare = async (): Promise<void> => {
      await does("reconcile");
      await does("answer");
    };
    const bell = async (issue: string): Promise<void> => {
      await one.ring({ what: "issue", gid: issue, action: "updated" });
      await does("answer");
    };
    return { one, ...one, compare, bell };
  }

  const versions = async ({ tenant: { tenantId } }: JiraSync): Promise<readonly StageMap[]> =>
    inTransaction(
      engine().database,
      { role: "recorder", tenantId },
      async (trx) => (await loadStageMaps(trx, tenantId)).get(EVERY_PROJECT) ?? [],
    );

  const inShort = async (one: JiraSync): Promise<readonly string[]> =>
    (await versions(one)).map(({ version, origin, stages, commitment }) => {
      const names = stages.map(({ name }, position) => (position === commitment ? `*${name}` : name));
      return `${version} ${origin}: ${names.join(" > ")}`;
    });

  async function reportOf({ tenant: { tenantId } }: JiraSync, asOf: number) {
    const facts = await readReportFacts(engine().database, tenantId, (zone) => reportWindow(zone, asOf, 8));
    return buildReport(facts, { seed: 1 }).flow.total;
  }

  test("a status that is entered later becomes a stage when a bell brings it, and what is done is finished", async () => {
    const { one, world, project, statuses, clock, compare, bell } = await aSite();
    const issue = world.createIssue({ project, status: statuses.toDo });
    await compare();
    expect(await inShort(one)).toEqual(["1 default: *To Do"]);
    clock.advance(HOUR);
    world.moveStatus(issue, statuses.build);
    await bell(issue);
    clock.advance(HOUR);
    world.moveStatus(issue, statuses.done);
    await bell(issue);
    expect(await inShort(one)).toEqual([
      "1 default: *To Do",
      "2 default: To Do > *In Progress",
      "3 default: To Do > *In Progress > Done",
    ]);
    // Nothing is closed yet: each holds since ever.
    expect((await versions(one)).map(({ effectiveFrom }) => effectiveFrom)).toEqual([undefined, undefined, undefined]);
    const flow = await reportOf(one, utc("2026-09-14"));
    expect(flow.counts).toMatchObject({ items: 1, wip: 0, finished: 1 });
    expect(flow.findings.filter(({ kind }) => kind === "unmapped-status")).toEqual([]);
  });

  test("the first issue of an empty site begins the stages", async () => {
    const { one, world, project, statuses, compare, bell } = await aSite();
    await compare();
    expect(await inShort(one)).toEqual([]);
    await bell(world.createIssue({ project, status: statuses.build }));
    expect(await inShort(one)).toEqual(["1 default: *In Progress"]);
  });

  test("a status that issues only passed through is found when all is compared; comparing again records nothing", async () => {
    const { one, world, project, statuses, clock, compare, bell } = await aSite();
    const issue = world.createIssue({ project, status: statuses.toDo });
    await compare();
    clock.advance(HOUR);
    world.moveStatus(issue, statuses.build);
    clock.advance(HOUR);
    world.moveStatus(issue, statuses.toDo);
    await bell(issue);
    expect(await inShort(one)).toEqual(["1 default: *To Do"]);
    await compare();
    await compare();
    await bell(issue);
    expect(await inShort(one)).toEqual(["1 default: *To Do", "2 default: To Do > *In Progress"]);
  });

  test("another order in which issues go through the same statuses changes nothing", async () => {
    const { one, world, project, statuses, clock, compare, bell } = await aSite();
    const review = world.createStatus("Review", "indeterminate");
    const goes = async (...path: readonly string[]): Promise<string> => {
      const issue = world.createIssue({ project, status: statuses.toDo });
      for (const status of path) {
        clock.advance(HOUR);
        world.moveStatus(issue, status);
      }
      return issue;
    };
    await goes(statuses.build, review, statuses.done);
    await compare();
    const expected = ["1 default: To Do > *In Progress > Review > Done"];
    expect(await inShort(one)).toEqual(expected);
    for (let times = 0; times < 3; times += 1) await bell(await goes(review, statuses.build));
    await compare();
    expect(await inShort(one)).toEqual(expected);
  });

  test("a status that only sub-tasks are in is no stage, however often it rings or is compared", async () => {
    const { one, world, project, statuses, compare, bell } = await aSite();
    const parent = world.createIssue({ project, status: statuses.toDo });
    const subtask = world.createIssue({ project, status: statuses.build, parent });
    for (let times = 0; times < 2; times += 1) {
      await compare();
      await bell(subtask);
    }
    expect(await inShort(one)).toEqual(["1 default: *To Do"]);
  });

  test("two workers that find the same at once record it once", async () => {
    const { one, world, project, statuses, clock, compare, tenant } = await aSite();
    const issue = world.createIssue({ project, status: statuses.toDo });
    await compare();
    clock.advance(HOUR);
    world.moveStatus(issue, statuses.build);
    await one.look(issue);
    await Promise.all([1, 2, 3].map(() => beginStages(engine().database, tenant.tenantId, clock.now())));
    expect(await inShort(one)).toEqual(["1 default: *To Do", "2 default: To Do > *In Progress"]);
  });

  test("stages that somebody gave stay, whatever is entered", async () => {
    const { one, world, project, statuses, clock, compare, bell, tenant } = await aSite();
    const issue = world.createIssue({ project, status: statuses.toDo });
    await compare();
    const stages = [aStage("Waiting", "waiting", { statuses: [JIRA + statuses.toDo] }), aStage("Over", "done")];
    const given = aStageMap({ version: 2, stages, commitment: "Waiting" });
    await recordStageMap(engine().database, tenant.tenantId, given);
    clock.advance(HOUR);
    world.moveStatus(issue, statuses.build);
    await bell(issue);
    await compare();
    expect(await inShort(one)).toEqual(["1 default: *To Do", "2 given: *Waiting > Over"]);
  });

  test("once weeks are closed, what moves the start of the clock holds from the first open period on, what only adds as long as that", async () => {
    const { one, world, project, statuses, clock, compare, bell, tenant } = await aSite();
    const issue = world.createIssue({ project, status: statuses.toDo });
    world.addWorklog({ issue, seconds: 3600 });
    clock.advance(HOUR);
    await compare();
    expect(await one.cells()).toEqual(["Payments To Do other 2026-09-07 known in-time 60"]);
    // By 2 October all weeks of September are closed; October begins with the week of 28 September, in Berlin.
    clock.advanceTo(utc("2026-10-02T12:00"));
    await release(engine().database, tenant.tenantId, tenant.masterKey, clock.now());
    world.moveStatus(issue, statuses.build);
    await bell(issue);
    clock.advance(HOUR);
    world.moveStatus(issue, statuses.done);
    await bell(issue);
    expect(await inShort(one)).toEqual([
      "1 default: *To Do",
      "2 default: To Do > *In Progress",
      "3 default: To Do > *In Progress > Done",
    ]);
    const openFrom = utc("2026-09-27T22:00");
    expect((await versions(one)).map(({ effectiveFrom }) => effectiveFrom)).toEqual([undefined, openFrom, openFrom]);
    expect(await verify(engine().database, tenant.tenantId)).toEqual([]);
  });

  test("three issues in progress, one of which is deleted in Jira: two are, and it left (E13)", async () => {
    const { one, world, project, statuses, clock, compare } = await aSite();
    const issues = [1, 2, 3].map(() => world.createIssue({ project, status: statuses.build }));
    await compare();
    expect(rowOf(await reportOf(one, clock.now() + HOUR), "In Progress").wip.value).toBe(3);
    clock.advance(24 * HOUR);
    const [gone = ""] = issues;
    world.deleteIssue(gone);
    await one.ring({ what: "issue", gid: gone, action: "deleted", at: clock.now() });
    await one.answer();
    // On 14 September all that happened is in the last whole week. Issues begun on the 7th are 8 days old.
    const flow = await reportOf(one, utc("2026-09-14T12:00"));
    expect(flow.counts).toMatchObject({ items: 3, wip: 2, withdrawn: 1 });
    expect(rowOf(flow, "In Progress")).toMatchObject({
      wip: { value: 2 },
      age85: { value: 8, n: 2 },
      arrivalsPerWeek: { value: 3 / 8 },
      departuresPerWeek: { value: 1 / 8 },
      withdrawn: { value: 1 },
    });
    expect(flow.charts.ageing).toHaveLength(2);
    expect(flow.charts.wip.at(-1)).toBe(2);
  });
});
