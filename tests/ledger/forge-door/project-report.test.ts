import { reportWindow } from "@stageledger/core";
import { projectReport } from "@stageledger/core/contract/project-report";
import { readReportFacts } from "@stageledger/db";
import { expect, test } from "vitest";
import { buildReport } from "../../../apps/ledger/src/report/build-report.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { aDoorTo, aForgeDoor, aPerson, NOW } from "../../support/forge/a-forge-door.ts";
import { NOW as WHEN_PAID } from "../../support/page/a-payments-ledger.ts";
import { aWholeLedger } from "../../support/report/a-whole-ledger.ts";

onBothEngines((engine) => {
  test("the panel's report is a part of what `stageledger report` says, and names no item", async () => {
    const { database } = engine();
    const door = await aForgeDoor(database);
    const told = await aPerson(door).told(projectReport, "/forge/v1/projects/PAY/report");
    const facts = await readReportFacts(database, door.tenant.tenantId, (zone) => reportWindow(zone, NOW, 8));
    const whole = buildReport(facts, { seed: 1 });
    const flow = whole.flow.projects.find(({ project }) => project === "PAY");
    expect(whole).toMatchObject({ flow: { asOf: told.asOf, zone: told.zone, window: told.window } });
    const { shares, parked, ...verdict } = told.verdict;
    expect(flow?.verdict.parked.count).toBe(parked);
    expect(flow).toMatchObject({ verdict, weeks: told.weeks, cycleTime: { p85: told.cycleTime.p85 } });
    expect(flow?.stages).toMatchObject(told.stages.map(({ isInFlow: _, ...figures }) => figures));
    expect(flow?.verdict.stages).toMatchObject(shares);
    expect(told.stages.filter(({ isInFlow }) => isInFlow).map(({ name }) => name)).toEqual(["Build", "Review", "Test"]);
    expect(told.verdict).toMatchObject({ outcome: "none", because: "too-few-finishes", finishes: 0, mapVersion: 1 });
    expect(told.stages.map(({ name, wip }) => [name, wip.value])).toEqual([
      ["Backlog", 1],
      ["Build", 0],
      ["Review", 1],
      ["Test", 0],
      ["Done", 0],
    ]);
    const nextOn = whole.hours.stagesNextOn;
    const noHours = { period: null, days: null, isDelayed: false, stages: [], otherStages: null };
    expect(told.hours).toEqual({ ...noHours, nextOn });
    expect(JSON.stringify(told)).not.toMatch(/PAY-8/u);
  });

  test("a project among others, with released hours, has the figures of `stageledger report`", async () => {
    const { database } = engine();
    const tenant = await aWholeLedger(database);
    const door = await aDoorTo(tenant, database, WHEN_PAID);
    const told = await aPerson(door).told(projectReport, "/forge/v1/projects/Payments/report");
    const facts = await readReportFacts(database, tenant.tenantId, (zone) => reportWindow(zone, WHEN_PAID, 8));
    const { flow, hours } = buildReport(facts, { seed: 1 });
    const { shares: _, parked: __, ...verdict } = told.verdict;
    expect(flow.projects.find(({ project }) => project === "Payments")).toMatchObject({
      ...{ verdict, cycleTime: { p85: told.cycleTime.p85 }, weeks: told.weeks },
      stages: told.stages.map(({ isInFlow: ___, ...figures }) => figures),
    });
    const { period, isDelayed, stagesNextOn: nextOn } = hours;
    const { stages, otherStages } = hours.projects.find(({ project }) => project === "Payments") ?? {};
    expect(told.hours).toMatchObject({ period, isDelayed, nextOn, stages, otherStages });
    expect(told.hours.stages.map(({ name }) => name)).toEqual(["Build", "Review", "Test"]);
  });

  test("a project that the ledger does not have is told so", async () => {
    const door = await aForgeDoor(engine().database);
    for (const name of ["NOPE", "*", "caf%C3%A9", "..%2F..%2Fetc"]) {
      const told = await aPerson(door).refused(`/forge/v1/projects/${name}/report`);
      expect(told).toMatchObject({ status: 404, code: "PROJECT_UNKNOWN" });
    }
    expect((await aPerson(door).refused("/forge/v1/projects/%E0%A4%A/report")).status).toBe(404);
  });
});
