import { pageProjects } from "@stageledger/core/contract/page-projects";
import { pageReport } from "@stageledger/core/contract/page-report";
import { inTransaction, setProjectRestricted } from "@stageledger/db";
import { expect, test } from "vitest";
import { ProjectReports } from "../../../apps/ledger/src/page/project-reports.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { aDoorTo, aForgeDoor, aPerson, type ForgeDoor } from "../../support/forge/a-forge-door.ts";
import { aPaymentsLedger, NOW } from "../../support/page/a-payments-ledger.ts";

const pathOf = (source: string, what = "page-report"): string => `/forge/v1/source-projects/${source}/${what}`;

onBothEngines((engine) => {
  const nameSource = ({ tenant: { tenantId } }: ForgeDoor, source: string, project: string): Promise<unknown> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      trx.insertInto("flow.project_source").values({ tenant_id: tenantId, source_project: source, project }).execute(),
    );
  const aPaymentsDoor = async (): Promise<ForgeDoor> => {
    const door = await aDoorTo(await aPaymentsLedger(engine().database), engine().database, NOW);
    await nameSource(door, "jira:10001", "Payments");
    return door;
  };

  test("inside Jira the page is told, of the project that it was opened in, what the browser's page is told, to the byte", async () => {
    const door = await aPaymentsDoor();
    const person = aPerson(door, "ada");
    const reports = new ProjectReports({ database: engine().database, now: () => NOW, reader: "page" });
    for (const query of ["", "?asOf=2026-09-27&weeks=6&time=business"]) {
      const question = query === "" ? {} : { asOf: "2026-09-27", weeks: 6, time: "business" as const };
      const answer = await person.call(pathOf("jira:10001") + query);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe((await reports.find(door.tenant.tenantId, "Payments", question))?.body);
    }
    expect(await person.told(pageProjects, pathOf("jira:10001", "page-projects"))).toEqual({
      schema: 1,
      tenant: `Tenant ${door.tenant.tenantId}`,
      isDemo: false,
      projects: [{ project: "Payments", isRestricted: false, sources: ["jira"] }],
    });
  });

  test.each(["page-report", "page-projects"])(
    "who may not see the project in Jira is not told of it: %s",
    async (what) => {
      const door = await aPaymentsDoor();
      await nameSource(door, "asana:700", "Ops");
      door.jira.answer = ({ subject }) => subject !== "project 10001";
      const person = aPerson(door);
      const unseen = await person.refused(pathOf("jira:10001", what));
      expect(unseen).toMatchObject({ status: 404, code: "PROJECT_UNKNOWN" });
      for (const other of ["jira:99999", "asana:700", "jira:x"])
        expect(await person.refused(pathOf(other, what))).toEqual({ ...unseen, requestId: expect.any(String) });
    },
  );

  test("keys of a restricted project are for those who may see all that it is made of", async () => {
    const door = await aPaymentsDoor();
    const { tenantId } = door.tenant;
    await nameSource(door, "jira:10002", "Payments");
    await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      setProjectRestricted(trx, tenantId, "Payments", true),
    );
    const keysFor = async (name: string): Promise<number> => {
      const { flow, isRestricted } = await aPerson(door, name).told(pageReport, pathOf("jira:10001"));
      expect(isRestricted).toBe(true);
      return flow.charts.scatter.filter(({ key }) => key !== null).length;
    };
    door.jira.answer = ({ accountId, subject }) => accountId === "ada" || subject !== "project 10002";
    expect(await keysFor("ada")).toBeGreaterThan(10);
    expect(await keysFor("ben")).toBe(0);
    await nameSource(door, "asana:700", "Payments");
    expect(await keysFor("ada")).toBe(0);
  });

  test("a question that is none is refused, by where it is wrong", async () => {
    const door = await aForgeDoor(engine().database);
    await nameSource(door, "jira:10001", "PAY");
    expect(await aPerson(door).refused(`${pathOf("jira:10001")}?weeks=5`)).toMatchObject({
      status: 400,
      at: "query.weeks",
    });
  });
});
