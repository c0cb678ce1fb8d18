import { projectReport } from "@stageledger/core/contract/project-report";
import { inTransaction } from "@stageledger/db";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor } from "../../support/forge/a-forge-door.ts";

const REPORT = "/forge/v1/projects/PAY/report";
const reportOf = (source: string): string => `/forge/v1/source-projects/${source}/report`;

onBothEngines((engine) => {
  /** Of a project of this name, also where the ledger has no item of it. */
  const nameSource = ({ tenant: { tenantId } }: ForgeDoor, source: string, project: string): Promise<unknown> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      trx.insertInto("flow.project_source").values({ tenant_id: tenantId, source_project: source, project }).execute(),
    );

  test("a Jira project has the report of the ledger's project that it belongs to, to the letter", async () => {
    const door = await aForgeDoor(engine().database);
    await nameSource(door, "jira:10001", "PAY");
    await nameSource(door, "jira:10002", "PAY");
    const person = aPerson(door, "ada");
    const told = await person.told(projectReport, reportOf("jira:10001"));
    expect(told).toMatchObject({ project: "PAY", verdict: { outcome: "none" } });
    expect(told).toEqual(await person.told(projectReport, REPORT));
    expect(await person.told(projectReport, reportOf("jira:10002"))).toEqual(told);
  });

  test("it is asked of Jira for that very project, as the person who calls, before anything is read", async () => {
    const door = await aForgeDoor(engine().database);
    await nameSource(door, "jira:10001", "PAY");
    await nameSource(door, "jira:10002", "PAY");
    door.jira.answer = ({ subject }) => subject === "project 10001";
    await aPerson(door, "ada").told(projectReport, reportOf("jira:10001"));
    expect(door.jira.questions).toEqual([
      { accountId: "ada", permission: "BROWSE_PROJECTS", subject: "project 10001" },
    ]);
    // The other one is the same project of the ledger, but whoever asks may not know of it.
    expect(await aPerson(door, "ada").refused(reportOf("jira:10002"))).toMatchObject({ code: "PROJECT_UNKNOWN" });
  });

  test("what may not be seen, what the ledger does not have and what is none of Jira's are refused with the same words", async () => {
    const door = await aForgeDoor(engine().database);
    await nameSource(door, "jira:10001", "PAY");
    await nameSource(door, "jira:10003", "Empty");
    await nameSource(door, "asana:700", "PAY");
    door.jira.answer = ({ subject }) => subject !== "project 10001";
    const person = aPerson(door);
    const unseen = await person.refused(reportOf("jira:10001"));
    expect(unseen).toMatchObject({ status: 404, code: "PROJECT_UNKNOWN" });
    for (const other of ["jira:99999", "jira:10003", "asana:700", "jira:x", "jira:10001:1", "jira:10001%20"]) {
      if (other.endsWith("%20")) expect((await person.refused(reportOf(other))).code).toBe("REQUEST_INVALID");
      else expect(await person.refused(reportOf(other))).toEqual(unseen);
    }
    expect(door.jira.questions.map(({ subject }) => subject)).not.toContain("project 700");
  });

  test("another tenant's source is unknown, also to who may browse a project of that id", async () => {
    const { database } = engine();
    const [door, others] = [await aForgeDoor(database), await aForgeDoor(database)];
    await nameSource(others, "jira:10001", "PAY");
    expect(await aPerson(door).refused(reportOf("jira:10001"))).toMatchObject({ status: 404, code: "PROJECT_UNKNOWN" });
    expect((await aPerson(others).told(projectReport, reportOf("jira:10001"))).project).toBe("PAY");
  });
});
