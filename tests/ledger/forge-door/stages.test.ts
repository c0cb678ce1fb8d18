import { itemEntries } from "@stageledger/core/contract/entries";
import { stageMap } from "@stageledger/core/contract/stages";
import { recordFacts } from "@stageledger/db";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor, ITEM, NOW } from "../../support/forge/a-forge-door.ts";

const STAGES = "/forge/v1/stages";
const stage = (name: string, kind: string, ...statuses: string[]) => ({ name, kind, statuses });
const named = (...ids: string[]) => ids.map((id) => ({ id, name: id }));

/** Backlog, Build, Review, Test, Done as they are at the door, with Review and Test made one. */
const SHORTER = {
  version: 1,
  commitment: "Build",
  stages: [
    stage("Backlog", "waiting", "Backlog"),
    stage("Build", "active", "Build", "Held"),
    stage("Check", "active", "Review", "Test", "10007"),
    stage("Done", "done", "Done"),
  ],
  blocked: ["Held"],
};

onBothEngines((engine) => {
  /** With two statuses that Jira lists, and that no stage has. */
  async function aDoorWithStatuses(): Promise<ForgeDoor> {
    const door = await aForgeDoor(engine().database);
    const listed = (statusId: string, name: string) =>
      ({ statusId, origin: "list", name, category: "indeterminate", lastSeenAt: NOW }) as const;
    const statuses = [listed("jira:10007", "In QA"), listed("jira:10008", "Held")];
    await recordFacts(engine().database, door.tenant.tenantId, { items: [], entries: [], statuses });
    door.jira.answer = ({ accountId, permission }) => permission !== "ADMINISTER" || accountId === "admin";
    return door;
  }

  test("every member sees the stages in their order, and which statuses are in none", async () => {
    const door = await aDoorWithStatuses();
    expect(await aPerson(door).told(stageMap, STAGES)).toEqual({
      version: 1,
      commitment: "Build",
      stages: [
        { name: "Backlog", kind: "waiting", statuses: named("Backlog"), limit: null },
        { name: "Build", kind: "active", statuses: named("Build"), limit: null },
        { name: "Review", kind: "active", statuses: named("Review"), limit: null },
        { name: "Test", kind: "active", statuses: named("Test"), limit: null },
        { name: "Done", kind: "done", statuses: named("Done"), limit: null },
      ],
      blocked: [],
      unmapped: [
        { id: "jira:10007", name: "In QA" },
        { id: "jira:10008", name: "Held" },
      ],
    });
    expect(door.jira.questions).toEqual([]);
  });

  test("an admin of the site writes the next version, with statuses by name, id or Jira's number; it holds at once", async () => {
    const door = await aDoorWithStatuses();
    const admin = aPerson(door, "admin");
    const put = await admin.told(stageMap, STAGES, { method: "PUT", body: SHORTER });
    expect(door.jira.questions).toEqual([{ accountId: "admin", permission: "ADMINISTER", subject: "site" }]);
    expect(put).toEqual({
      version: 2,
      commitment: "Build",
      stages: [
        { name: "Backlog", kind: "waiting", statuses: named("Backlog"), limit: null },
        {
          name: "Build",
          kind: "active",
          statuses: [...named("Build"), { id: "jira:10008", name: "Held" }],
          limit: null,
        },
        {
          name: "Check",
          kind: "active",
          statuses: [...named("Review", "Test"), { id: "jira:10007", name: "In QA" }],
          limit: null,
        },
        { name: "Done", kind: "done", statuses: named("Done"), limit: null },
      ],
      blocked: [{ id: "jira:10008", name: "Held" }],
      unmapped: [],
    });
    expect(await aPerson(door).told(stageMap, STAGES)).toEqual(put);
    expect((await aPerson(door).told(itemEntries, `/forge/v1/items/${ITEM}/entries`)).proposedStage).toBe("Check");
  });

  test("who saw another version than the latest is refused; who wants what there is already is not", async () => {
    const door = await aDoorWithStatuses();
    const admin = aPerson(door, "admin");
    await admin.told(stageMap, STAGES, { method: "PUT", body: SHORTER });
    const again = await admin.told(stageMap, STAGES, { method: "PUT", body: SHORTER });
    expect(again.version).toBe(2);
    for (const version of [0, 1, 3]) {
      const body = { ...SHORTER, version, commitment: "Check" };
      const told = await admin.refused(STAGES, { method: "PUT", body });
      expect(told).toMatchObject({ status: 409, code: "STAGES_VERSION_TAKEN" });
    }
    const next = { ...SHORTER, version: 2, commitment: "Check" };
    expect((await admin.told(stageMap, STAGES, { method: "PUT", body: next })).version).toBe(3);
  });

  test("of two who write at the same moment one is told that the stages were changed", async () => {
    const door = await aDoorWithStatuses();
    const bodies = [SHORTER, { ...SHORTER, commitment: "Check" }];
    const answers = await Promise.all(
      bodies.map((body) => aPerson(door, "admin").call(STAGES, { method: "PUT", body })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test("who does not administer the site changes nothing", async () => {
    const door = await aDoorWithStatuses();
    const told = await aPerson(door, "ada").refused(STAGES, { method: "PUT", body: SHORTER });
    expect(told).toMatchObject({ status: 403, code: "RIGHTS_MISSING" });
    expect((await aPerson(door).told(stageMap, STAGES)).version).toBe(1);
  });

  const [backlog, build, check, done] = SHORTER.stages;
  test.each([
    [
      "a status is in two stages",
      "STAGES_STATUS_TWICE",
      { stages: [backlog, build, stage("Zq", "active", "Build"), done] },
    ],
    [
      "it is so by name and by id",
      "STAGES_STATUS_TWICE",
      { stages: [backlog, build, stage("Zq", "active", "jira:10008"), done] },
    ],
    [
      "a status is known to nobody",
      "STAGES_UNKNOWN_STATUS",
      { stages: [backlog, build, stage("A", "active", "Zq"), done] },
    ],
    ["a blocked one is", "STAGES_UNKNOWN_STATUS", { blocked: ["Zq"] }],
    ["work begins nowhere", "STAGES_NO_COMMITMENT", { commitment: "Zq" }],
    ["work begins where it is done", "STAGES_NO_COMMITMENT", { commitment: "Done" }],
    ["nothing is ever done", "STAGES_UNREADABLE", { stages: [backlog, build, check] }],
    ["two stages have one name", "REQUEST_INVALID", { stages: [backlog, build, done, stage("Build", "active")] }],
    ["a stage is called Unmapped", "REQUEST_INVALID", { stages: [...SHORTER.stages, stage("Unmapped", "active")] }],
    ["there are none", "REQUEST_INVALID", { stages: [] }],
    ["a limit is none", "REQUEST_INVALID", { stages: [{ ...backlog, limit: 0 }, build, done] }],
    ["the version is not told", "REQUEST_INVALID", { version: undefined }],
  ])("stages are refused where %s, in words of ours", async (_what, code, changes) => {
    const door = await aDoorWithStatuses();
    const admin = aPerson(door, "admin");
    const told = await admin.refused(STAGES, { method: "PUT", body: { ...SHORTER, ...changes } });
    expect(told).toMatchObject({ status: code === "REQUEST_INVALID" ? 400 : 422, code });
    expect(JSON.stringify(told)).not.toContain("Zq");
    expect((await admin.told(stageMap, STAGES)).version).toBe(1);
  });
});
