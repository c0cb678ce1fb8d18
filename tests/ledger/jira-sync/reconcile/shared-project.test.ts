/** One project that is worked on in Jira and in Asana is one project of the ledger, by stages that both share. */
import { randomBytes, randomUUID } from "node:crypto";
import { reportWindow } from "@stageledger/core";
import {
  addConnection,
  chooseProject,
  inTransaction,
  openTenantSecrets,
  readReportFacts,
  recordStageMap,
  release,
  ringBells,
  verify,
} from "@stageledger/db";
import { expect, test } from "vitest";
import { ASANA } from "../../../../apps/asana-sync/src/asana/ledger-ids.ts";
import { DEFAULT_TIMING, type SyncContext } from "../../../../apps/asana-sync/src/context.ts";
import { answerBells } from "../../../../apps/asana-sync/src/work/answer-bells.ts";
import { Desks } from "../../../../apps/asana-sync/src/work/connection-desk.ts";
import { JIRA } from "../../../../apps/ledger/src/jira/ledger-ids.ts";
import { buildReport } from "../../../../apps/ledger/src/report/build-report.ts";
import { aStage, aStageMap } from "../../../support/a-stage-map.ts";
import { ScriptedAsana } from "../../../support/asana/a-scripted-asana.ts";
import { anAsanaEntry, aSection, aTask, moved } from "../../../support/asana/a-task.ts";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync, type JiraSync } from "../../../support/jira/a-jira-sync.ts";
import { utc } from "../../../support/moments.ts";

onBothEngines((engine) => {
  /** Asana's project P of the same tenant, which is Payments as well. @returns reads these tasks */
  async function withAsana({ tenant, context, statuses, clock }: JiraSync, asana: ScriptedAsana) {
    const { database } = engine();
    const { tenantId, masterKey } = tenant;
    const connectionId = randomUUID();
    await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      const secrets = await openTenantSecrets(trx, tenantId, masterKey);
      const connection = { connectionId, kind: "asana", workspace: "1" } as const;
      await addConnection(trx, tenantId, connection, "{}", secrets, randomBytes, clock.now());
      const chosen = { connectionId, sourceProject: "P", project: "Payments", stageField: undefined };
      await chooseProject(trx, tenantId, ASANA, chosen);
    });
    const both = (section: string, status: string) => ({ statuses: [`${ASANA}P.${section}`, JIRA + status] });
    await recordStageMap(
      database,
      tenantId,
      aStageMap({
        version: 2,
        stages: [
          aStage("To do", "waiting", both("To do", statuses.toDo)),
          aStage("Build", "active", both("Build", statuses.build)),
          aStage("Done", "done", both("Done", statuses.done)),
        ],
      }),
    );
    const asanaContext: SyncContext = {
      ...{ database, masterKey, pacing: context.pacing, newId: randomUUID, random: randomBytes, log: () => {} },
      ...{ publicUrl: undefined, openGateway: () => asana, timing: DEFAULT_TIMING },
    };
    asana.sectionsByProject.set(
      "P",
      ["To do", "Build", "Done"].map((name) => aSection("P", name)),
    );
    return async (...tasks: readonly string[]) => {
      await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
        ringBells(
          trx,
          tenantId,
          tasks.map((gid) => ({
            bellId: randomUUID(),
            connectionId,
            fields: { what: "task", gid, action: "changed" },
          })),
          clock.now(),
        ),
      );
      await answerBells(
        asanaContext,
        new Desks(asanaContext),
        { tenantId, connectionId },
        new AbortController().signal,
      );
    };
  }

  /** Both tools' work of the week of 7 September, by so many people in each, read and released. */
  async function reportOf(people: number) {
    const { database } = engine();
    const one = await aJiraSync(database, { takesWorklogs: true, tenant: { zone: "UTC" } });
    const { world, clock, statuses, project } = one;
    const asana = new ScriptedAsana();
    const look = await withAsana(one, asana);
    // Jira: one in Build from 8 Sep 09:00 to 10 Sep 09:00 (48 h), one from 9 Sep 09:00 on, to the week's end 111 h.
    const done = world.createIssue({ project, status: statuses.toDo });
    const open = world.createIssue({ project, status: statuses.toDo });
    clock.advanceTo(utc("2026-09-08T09:00"));
    world.moveStatus(done, statuses.build);
    clock.advanceTo(utc("2026-09-09T09:00"));
    world.moveStatus(open, statuses.build);
    for (let person = 0; person < people; person += 1)
      world.addWorklog({ issue: done, seconds: 3600, by: world.createPerson() });
    clock.advanceTo(utc("2026-09-10T09:00"));
    world.moveStatus(done, statuses.done);
    // Asana: one in Build from 8 Sep 09:00 to 11 Sep 09:00 (72 h), one in To do.
    asana.put(
      aTask({ memberships: [["P", "Done"]] }),
      moved("2026-09-08T09:00", "P", "To do", "Build"),
      moved("2026-09-11T09:00", "P", "Build", "Done"),
    );
    asana.put(aTask({ gid: "7002" }));
    for (let person = 0; person < people; person += 1) {
      const said = { created_by: { gid: `30${person}` }, entered_on: "2026-09-09", attributable_to: { gid: "P" } };
      asana.log(anAsanaEntry({ ...said, gid: `50${person}`, duration_minutes: 30 }));
    }
    clock.advanceTo(utc("2026-09-12T09:00"));
    await one.compare();
    await look("7001", "7002");
    const { tenantId, masterKey } = one.tenant;
    await release(database, tenantId, masterKey, utc("2026-10-01T12:00"));
    const facts = await readReportFacts(database, tenantId, (zone) => reportWindow(zone, utc("2026-10-01T13:00"), 8));
    expect(await verify(database, tenantId)).toEqual([]);
    return buildReport(facts, { seed: 1 });
  }

  test("flow and hours are those of both together", async () => {
    const { flow, hours } = await reportOf(6);
    expect(flow.projects.map(({ project }) => project)).toEqual(["Payments"]);
    const [payments] = flow.projects;
    // Two of each tool: both done ones, Jira's other one in Build, Asana's in To do.
    expect(payments?.counts).toMatchObject({ items: 4, wip: 1, waitingToStart: 1, finished: 2, subtasks: 0 });
    expect(payments?.stages.map(({ name }) => name)).toEqual(["To do", "Build", "Done"]);
    expect(hours.projects.map(({ project }) => project)).toEqual(["Payments"]);
    // 6 × 60 in Jira and 6 × 30 in Asana, all on 9 September, when both were in Build: 48 + 111 + 72 h.
    expect(hours.projects[0]?.stages).toEqual([{ name: "Build", minutes: 540, touchShare: 540 / (231 * 60) }]);
    expect(hours.projects[0]?.weeks.find(({ week }) => week === "2026-09-07")?.minutes).toBe(540);
  });

  test("four people with an account in each are not eight before they are linked: nothing is shown", async () => {
    const { hours } = await reportOf(4);
    expect(hours.projects.map(({ stages, weeks }) => [stages, weeks.flatMap(({ minutes }) => minutes ?? [])])).toEqual([
      [[], []],
    ]);
  });
});
