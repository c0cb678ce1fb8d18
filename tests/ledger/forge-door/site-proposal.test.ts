import { stageMap } from "@stageledger/core/contract/stages";
import { recordFacts } from "@stageledger/db";
import { expect, test } from "vitest";
import type { z } from "zod";
import { onBothEngines } from "../../support/database/engines.ts";
import { aDoorTo, aForgeDoor, anItemPart, aPerson } from "../../support/forge/a-forge-door.ts";
import { aJiraSync } from "../../support/jira/a-jira-sync.ts";
import { HOUR } from "../../support/moments.ts";

const STAGES = "/forge/v1/stages";
const PROPOSAL = `${STAGES}/proposal`;

/** As it is put. */
const asPut = ({ version, commitment, stages, blocked }: z.output<typeof stageMap>) => ({
  version,
  commitment,
  stages: stages.map((stage) => ({ ...stage, statuses: stage.statuses.map(({ id }) => id) })),
  blocked: blocked.map(({ id }) => id),
});

onBothEngines((engine) => {
  test("of a site that was just read it can be put as it comes, and has a place for all that issues were in", async () => {
    const jira = await aJiraSync(engine().database, { hasStages: false });
    const { toDo, build, done } = jira.statuses;
    const issue = jira.world.createIssue({ project: jira.project, status: toDo });
    const unused = jira.world.createStatus("Analysis", "indeterminate");
    for (const status of [build, done]) {
      jira.clock.advance(HOUR);
      jira.world.moveStatus(issue, status);
    }
    await jira.compare();
    const admin = aPerson(await aDoorTo(jira.tenant, engine().database, jira.clock.now()));
    const told = await admin.told(stageMap, PROPOSAL);
    expect(told).toEqual({
      version: 0,
      commitment: "In Progress",
      stages: [
        { name: "To Do", kind: "waiting", statuses: [{ id: `jira:${toDo}`, name: "To Do" }], limit: null },
        { name: "In Progress", kind: "active", statuses: [{ id: `jira:${build}`, name: "In Progress" }], limit: null },
        { name: "Done", kind: "done", statuses: [{ id: `jira:${done}`, name: "Done" }], limit: null },
      ],
      blocked: [],
      unmapped: [{ id: `jira:${unused}`, name: "Analysis" }],
    });
    // Nothing was recorded by asking.
    expect(await admin.told(stageMap, STAGES)).toMatchObject({ version: 0, stages: [] });
    const put = await admin.told(stageMap, STAGES, { method: "PUT", body: asPut(told) });
    expect(put).toEqual({ ...told, version: 1 });
    expect(await admin.told(stageMap, PROPOSAL)).toEqual(put);
  });

  test("its version is that of the stages as they are, so that others' changes meanwhile are noticed", async () => {
    const door = await aForgeDoor(engine().database);
    const items = [anItemPart("jira:1", "PAY-1", [["2026-09-02T09:00", "Backlog", "Polish"]])];
    const statuses = ["Backlog", "Build", "Polish"].map(
      (name) => ({ statusId: name, origin: "current", name, category: "indeterminate", lastSeenAt: 0 }) as const,
    );
    await recordFacts(engine().database, door.tenant.tenantId, { entries: [], items, statuses });
    const admin = aPerson(door);
    const told = await admin.told(stageMap, PROPOSAL);
    expect(told.version).toBe(1);
    expect(told.stages.map(({ name }) => name)).toEqual(["Backlog", "Build", "Polish", "Review", "Test", "Done"]);
    const { version, ...proposed } = asPut(told);
    expect(await admin.refused(STAGES, { method: "PUT", body: { ...proposed, version: version - 1 } })).toMatchObject({
      code: "STAGES_VERSION_TAKEN",
    });
    expect((await admin.told(stageMap, STAGES, { method: "PUT", body: { ...proposed, version } })).version).toBe(2);
  });
});
