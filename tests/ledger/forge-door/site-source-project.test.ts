import { entry } from "@stageledger/core/contract/entries";
import { projectReport } from "@stageledger/core/contract/project-report";
import { siteState } from "@stageledger/core/contract/site-state";
import { inTransaction, listRestrictedProjects, setProjectRestricted, verify } from "@stageledger/db";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { aSync } from "../../support/asana/a-sync.ts";
import { anAsanaEntry, aTask } from "../../support/asana/a-task.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { aDoorTo, aForgeDoor, aPerson, type Person, readTheProject } from "../../support/forge/a-forge-door.ts";
import { aJiraSync, gatewayLike, type JiraSync } from "../../support/jira/a-jira-sync.ts";
import { HOUR } from "../../support/moments.ts";

const pathOf = (source: string): string => `/forge/v1/site/source-projects/${source}`;
const put = (project: string) => ({ method: "PUT", body: { project } }) as const;
const count = (admin: Person, source: string, project: string) => admin.told(siteState, pathOf(source), put(project));

onBothEngines((engine) => {
  const doorTo = ({ tenant, clock }: JiraSync) => aDoorTo(tenant, engine().database, clock.now());
  /** `asana:7001:P Payments`, in order. */
  const itemsOf = (tenantId: string): Promise<readonly string[]> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const { rows } = await sql<{ item_id: string; project: string; is_subtask: boolean }>`
        select item_id, project, is_subtask from flow.item where tenant_id = ${tenantId}::uuid
        order by item_id collate "C"`.execute(trx);
      return rows.map((row) => `${row.item_id} ${row.project}${row.is_subtask ? " (part)" : ""}`);
    });

  describe("a Jira project that becomes another of the ledger's", () => {
    test("takes its issues along at once, asks Jira for nothing, and both are one project in the report", async () => {
      const jira = await aJiraSync(engine().database);
      const shop = jira.world.createProject("SHOP");
      await jira.choose(shop, "Shop");
      const [first, second] = [jira.project, shop].map((project) =>
        jira.world.createIssue({ project, status: jira.statuses.build }),
      );
      jira.clock.advance(HOUR);
      await jira.compare();
      const asked = jira.jira.requests.length;
      const door = await doorTo(jira);
      const admin = aPerson(door);
      const told = await count(admin, `jira:${shop}`, "Payments");
      expect(told.projects).toEqual([
        { project: "Payments", sources: [`jira:${jira.project}`, `jira:${shop}`].toSorted() },
      ]);
      expect([await jira.projectOf(first ?? ""), await jira.projectOf(second ?? "")]).toEqual(["Payments", "Payments"]);
      const report = await admin.told(projectReport, `/forge/v1/source-projects/jira:${shop}/report`);
      const build = report.stages.find(({ name }) => name === "Build");
      expect([report.project, build?.wip.value]).toEqual(["Payments", 2]);
      expect([jira.jira.requests.length, door.rung]).toEqual([asked, []]);
      // Nor does any later look bring them back.
      jira.world.moveStatus(second ?? "", jira.statuses.done);
      jira.clock.advance(HOUR);
      await jira.compare();
      expect(await jira.projectOf(second ?? "")).toBe("Payments");
      expect(await verify(engine().database, jira.job.tenantId)).toEqual([]);
    });

    test("stays restricted by its new name, and so does what it joins", async () => {
      const jira = await aJiraSync(engine().database);
      const shop = jira.world.createProject("SHOP");
      await jira.choose(shop, "Shop");
      const { tenantId } = jira.job;
      const asRecorder = <T>(work: (trx: Parameters<typeof listRestrictedProjects>[0]) => Promise<T>) =>
        inTransaction(engine().database, { role: "recorder", tenantId }, work);
      const admin = aPerson(await doorTo(jira));
      await count(admin, `jira:${shop}`, "Store");
      expect(await asRecorder((trx) => listRestrictedProjects(trx, tenantId))).toEqual([]);
      await asRecorder((trx) => setProjectRestricted(trx, tenantId, "Store", true));
      await count(admin, `jira:${shop}`, "Secret");
      expect(await asRecorder((trx) => listRestrictedProjects(trx, tenantId))).toContain("Secret");
      await count(admin, `jira:${shop}`, "Payments");
      expect(await asRecorder((trx) => listRestrictedProjects(trx, tenantId))).toContain("Payments");
    });

    test("leaves a report of the project that it was, from before, no longer true", async () => {
      const jira = await aJiraSync(engine().database);
      jira.world.createIssue({ project: jira.project, status: jira.statuses.build });
      await jira.compare();
      const { tenantId } = jira.job;
      const revisionOf = (project: string): Promise<number | undefined> =>
        inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
          const { rows } = await sql<{ revision: number }>`
            select revision from flow.project_revision
            where tenant_id = ${tenantId}::uuid and project = ${project}`.execute(trx);
          return rows[0]?.revision;
        });
      const before = await revisionOf("Payments");
      await count(aPerson(await doorTo(jira)), `jira:${jira.project}`, "Money");
      expect(await revisionOf("Payments")).toBe((before ?? 0) + 1);
      expect(await revisionOf("Money")).toBe(1);
    });

    test("leaves hours where they were booked; what is logged from then on belongs to the new one", async () => {
      const jira = await aJiraSync(engine().database, { takesWorklogs: true });
      const issue = jira.world.createIssue({ project: jira.project, status: jira.statuses.build });
      jira.clock.advance(HOUR);
      const worklog = jira.world.addWorklog({ issue, seconds: 3600 });
      jira.clock.advance(HOUR);
      await jira.compare();
      const admin = aPerson(await doorTo(jira));
      const entries = `/forge/v1/items/jira:${issue}/entries`;
      await admin.told(entry, entries, { body: { minutes: 30, date: "2026-09-07" } });
      await count(admin, `jira:${jira.project}`, "Money");
      jira.clock.advance(HOUR);
      jira.world.editWorklog(worklog, { seconds: 7200 });
      jira.world.addWorklog({ issue, seconds: 600 });
      jira.clock.advance(HOUR);
      await jira.compare(false);
      await admin.told(entry, entries, { body: { minutes: 5, date: "2026-09-07" } });
      expect(await jira.cells()).toEqual([
        "Money Build other 2026-09-07 known in-time 10",
        "Money Build other 2026-09-07 private in-time 5",
        "Payments Build other 2026-09-07 known in-time 120",
        "Payments Build other 2026-09-07 private in-time 30",
      ]);
      expect(await verify(engine().database, jira.job.tenantId)).toEqual([]);
    });

    test.each([
      ["its pages are recorded", "readHistories", (jira: JiraSync) => jira.compare()],
      [
        "an issue is looked at with its worklogs",
        "listWorklogsOf",
        (jira: JiraSync, issue: string) => jira.look(issue),
      ],
      ["a list of worklogs is recorded", "readProjectMoves", (jira: JiraSync) => jira.compare()],
    ] as const)("while %s, has there what was just on its way", async (_when, call, work) => {
      let during: () => Promise<unknown> = async () => undefined;
      const jira = await aJiraSync(engine().database, {
        takesWorklogs: true,
        openGateway: (open) =>
          gatewayLike(open, (gateway) => {
            const then = async <T>(name: string, told: Promise<T>): Promise<T> => {
              const answer = await told;
              if (name === call) await during();
              return answer;
            };
            return {
              readHistories: (...asked) => then("readHistories", gateway.readHistories(...asked)),
              listWorklogsOf: (...asked) => then("listWorklogsOf", gateway.listWorklogsOf(...asked)),
              readProjectMoves: (...asked) => then("readProjectMoves", gateway.readProjectMoves(...asked)),
            };
          }),
      });
      const issue = jira.world.createIssue({ project: jira.project, status: jira.statuses.build });
      jira.clock.advance(HOUR);
      jira.world.addWorklog({ issue, seconds: 3600 });
      jira.clock.advance(HOUR);
      const admin = aPerson(await doorTo(jira));
      during = async () => {
        during = async () => undefined;
        await count(admin, `jira:${jira.project}`, "Money");
      };
      await work(jira, issue);
      expect(await jira.projectOf(issue)).toBe("Money");
      expect(await jira.cells()).toEqual(["Money Build other 2026-09-07 known in-time 60"]);
    });

    test("takes along those that are gone, too: nothing of it is left under its old name", async () => {
      const jira = await aJiraSync(engine().database);
      const issue = jira.world.createIssue({ project: jira.project, status: jira.statuses.build });
      await jira.compare();
      jira.world.deleteIssue(issue);
      await jira.compare();
      expect(await jira.stays(issue)).toBe("In Progress,gone");
      const told = await count(aPerson(await doorTo(jira)), `jira:${jira.project}`, "Money");
      expect(told.projects).toEqual([{ project: "Money", sources: [`jira:${jira.project}`] }]);
      expect(await jira.projectOf(issue)).toBe("Money");
    });
  });

  describe("an Asana project that becomes another of the ledger's", () => {
    test("has its tasks read anew: one in two projects that are one now is one item, and their hours are that project's", async () => {
      const asana = await aSync(engine().database);
      const { tenantId } = asana.tenant;
      asana.asana.put(
        aTask({
          gid: "7001",
          memberships: [
            ["P", "Build"],
            ["Q", "Build"],
          ],
        }),
      );
      asana.asana.put(aTask({ gid: "7002", memberships: [["Q", "Build"]] }));
      asana.asana.log(anAsanaEntry({ task: { gid: "7002" }, duration_minutes: 60 }));
      await asana.reconcile();
      await asana.answer();
      expect(await itemsOf(tenantId)).toEqual([
        "asana:7001:P Payments",
        "asana:7001:Q Quality",
        "asana:7002:Q Quality",
      ]);
      const door = await aDoorTo(asana.tenant, engine().database, asana.clock.now);
      const told = await count(aPerson(door), "asana:Q", "Payments");
      expect(told.projects).toContainEqual({ project: "Payments", sources: ["asana:P", "asana:Q"] });
      expect(told.connections).toMatchObject([{ kind: "asana", bellsWaiting: 2 }]);
      expect(door.rung).toEqual([{ kind: "answer", ...asana.job }]);
      await asana.answer();
      expect(await itemsOf(tenantId)).toEqual([
        "asana:7001:P Payments",
        "asana:7001:Q Payments (part)",
        "asana:7002:Q Payments",
      ]);
      expect((await asana.cells()).map((cell) => cell.split(" ")[0])).toEqual(["Payments"]);
      expect(await verify(engine().database, tenantId)).toEqual([]);
    });

    test("is not recorded by its old name by whoever was just reading a task: that rings again", async () => {
      const asana = await aSync(engine().database);
      const { tenantId } = asana.tenant;
      asana.asana.put(aTask({ gid: "7001", memberships: [["Q", "Build"]] }));
      const door = await aDoorTo(asana.tenant, engine().database, asana.clock.now);
      const [admin, listStories] = [aPerson(door), asana.asana.listStories.bind(asana.asana)];
      asana.asana.listStories = async (task) => {
        asana.asana.listStories = listStories;
        await count(admin, "asana:Q", "Money");
        return listStories(task);
      };
      await asana.look("7001");
      await asana.answer();
      expect(await itemsOf(tenantId)).toEqual(["asana:7001:Q Money"]);
      expect(await asana.bells()).toEqual([]);
    });

    test("beside a Jira project of that name is one project with it", async () => {
      const { database } = engine();
      const asana = await aSync(database);
      const door = await aDoorTo(asana.tenant, database, asana.clock.now);
      await readTheProject(door, database, "10001", "Web");
      const admin = aPerson(door);
      expect((await count(admin, "asana:P", "Web")).projects).toEqual([
        { project: "Quality", sources: ["asana:Q"] },
        { project: "Web", sources: ["asana:P", "jira:10001"] },
      ]);
    });
  });

  describe("it is refused", () => {
    test("for what is not read, and for another ledger's", async () => {
      const { database } = engine();
      const [door, others] = [await aForgeDoor(database), await aForgeDoor(database)];
      await readTheProject(others, database, "10001", "PAY");
      for (const source of ["jira:10001", "jira:10002", "asana:P"])
        expect(await aPerson(door).refused(pathOf(source), put("Web"))).toMatchObject({
          status: 404,
          code: "PROJECT_UNKNOWN",
        });
      expect((await aPerson(others).told(siteState, "/forge/v1/site")).projects).toEqual([
        { project: "PAY", sources: ["jira:10001"] },
      ]);
    });

    test.each(["*", "Unassigned", " ", " Web", "Web "])("for the name %j, which is none", async (name) => {
      const door = await aForgeDoor(engine().database);
      await readTheProject(door, engine().database, "10001", "PAY");
      const refused = await aPerson(door).refused(pathOf("jira:10001"), put(name));
      expect(refused).toMatchObject({ status: 409, code: "SETTING_INVALID" });
    });

    test("and where it has that name already, nothing happens", async () => {
      const asana = await aSync(engine().database);
      const door = await aDoorTo(asana.tenant, engine().database, asana.clock.now);
      await count(aPerson(door), "asana:P", "Payments");
      expect(door.rung).toEqual([]);
    });
  });
});
