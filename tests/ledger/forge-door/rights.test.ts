import { randomUUID } from "node:crypto";
import { entry, itemEntries } from "@stageledger/core/contract/entries";
import { projectReport } from "@stageledger/core/contract/project-report";
import { roadblock } from "@stageledger/core/contract/roadblocks";
import { startedTimer, timerState } from "@stageledger/core/contract/timer";
import { inTransaction, recordFacts } from "@stageledger/db";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, anItemPart, aPerson, type ForgeDoor, ITEM, NOW } from "../../support/forge/a-forge-door.ts";

const ITEMS = `/forge/v1/items/${ITEM}`;
const ENTRIES = `${ITEMS}/entries`;
const REPORT = "/forge/v1/projects/PAY/report";
const HOUR = { minutes: 60 };
const UNKNOWN = { status: 404, code: "ITEM_UNKNOWN" };

onBothEngines((engine) => {
  const nameSource = ({ tenant: { tenantId } }: ForgeDoor, source: string, project: string): Promise<unknown> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      trx.insertInto("flow.project_source").values({ tenant_id: tenantId, source_project: source, project }).execute(),
    );

  test("what is done about an item is asked of Jira first, as the person, for that issue", async () => {
    const door = await aForgeDoor(engine().database);
    await aPerson(door, "ada").told(entry, ENTRIES, { body: HOUR });
    expect(door.jira.questions).toEqual([{ accountId: "ada", permission: "BROWSE_PROJECTS", subject: "issue 10088" }]);
  });

  test.each([
    ["Jira says no", false],
    ["Jira knows no such issue", 404],
  ])("where %s, the item is as unknown as one that is not there, whatever is to be done with it", async (_what, no) => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door, "ada"), aPerson(door, "ben")];
    const { id } = await ada.told(roadblock, `${ITEMS}/roadblocks`, { body: { kind: "other" } });
    await ben.told(startedTimer, `${ITEMS}/timer`, { body: {} });
    door.jira.answer = ({ accountId }) => (accountId === "ben" ? no : true);
    door.clock.now = NOW + 60_000;
    const unknown = await ben.refused("/forge/v1/items/jira:999/entries", { body: HOUR });
    expect(await ben.refused(ENTRIES, { body: HOUR })).toEqual(unknown);
    expect(await ben.refused(ENTRIES)).toEqual(unknown);
    expect(await ben.refused(`${ITEMS}/timer`, { body: {} })).toEqual(unknown);
    expect(await ben.refused(`${ITEMS}/roadblocks`, { body: { kind: "other" } })).toEqual(unknown);
    expect(await ben.refused(`${ITEMS}/roadblocks`)).toEqual(unknown);
    expect(await ben.refused("/forge/v1/my/timer/log", { body: {} })).toEqual(unknown);
    const nobodys = await ben.refused(`/forge/v1/roadblocks/${randomUUID()}/resolve`, { body: {} });
    expect(nobodys.code).toBe("ROADBLOCK_UNKNOWN");
    expect(await ben.refused(`/forge/v1/roadblocks/${id}/resolve`, { body: {} })).toEqual(nobodys);
    expect((await ada.told(itemEntries, ENTRIES)).entries).toEqual([]);
    // What is one's own needs no right: the timer can still be let go.
    expect((await ben.told(timerState, "/forge/v1/my/timer")).timer?.itemId).toBe(ITEM);
    await ben.told(timerState, "/forge/v1/my/timer", { method: "DELETE" });
  });

  test("an item of another tool is not shown in Jira, also where the ledger has it", async () => {
    const door = await aForgeDoor(engine().database);
    const items = [anItemPart("asana:77", "Pay 77", [])];
    await recordFacts(engine().database, door.tenant.tenantId, { statuses: [], entries: [], items });
    expect(await aPerson(door).refused("/forge/v1/items/asana:77/entries")).toMatchObject(UNKNOWN);
    expect(door.jira.questions).toEqual([]);
  });

  test("an answer is remembered for a minute, a refusal for five seconds, each person's and each issue's apart", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door, "ada"), aPerson(door, "ben")];
    const asked = (): number => door.jira.questions.length;
    for (const _ of [1, 2, 3]) await ada.told(itemEntries, ENTRIES);
    expect(asked()).toBe(1);
    door.clock.now = NOW + 59_999;
    door.jira.answer = () => false;
    await ada.told(itemEntries, ENTRIES);
    expect(asked()).toBe(1);
    expect(await ben.refused(ENTRIES)).toMatchObject(UNKNOWN);
    expect(await ada.refused("/forge/v1/items/jira:10089/entries")).toMatchObject(UNKNOWN);
    door.clock.now = NOW + 60_000;
    expect(await ada.refused(ENTRIES)).toMatchObject(UNKNOWN);
    expect(asked()).toBe(4);
    door.jira.answer = () => true;
    door.clock.now = NOW + 64_999;
    expect(await ada.refused(ENTRIES)).toMatchObject(UNKNOWN);
    expect(asked()).toBe(4);
    door.clock.now = NOW + 65_000;
    await ada.told(itemEntries, ENTRIES);
    expect(asked()).toBe(5);
  });

  test("without the person's token nothing is believed, also what was granted a moment ago", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door, "ada");
    await ada.told(itemEntries, ENTRIES);
    const UNPROVED = { status: 403, code: "RIGHTS_UNPROVED", next: expect.stringContaining("read:app-user-token") };
    expect(await ada.refused(ENTRIES, { headers: { "x-forge-oauth-user": "" } })).toMatchObject(UNPROVED);
    door.jira.answer = () => 401;
    expect(await aPerson(door, "ben").refused(ENTRIES)).toMatchObject({ status: 403, code: "RIGHTS_UNPROVED" });
  });

  test("while Jira is out of reach nothing is recorded, and the call can be made again with the same token", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door, "ada");
    door.jira.answer = () => 503;
    const token = await ada.token();
    const response = await ada.call(ENTRIES, { body: HOUR, token });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await response.json()).toMatchObject({ code: "JIRA_UNREACHABLE" });
    door.jira.answer = () => true;
    await ada.told(entry, ENTRIES, { body: HOUR, token });
    expect(door.log).toEqual([expect.stringContaining("JIRA_UNREACHABLE")]);
    expect(door.log.join("")).not.toContain("user-token-of-");
  });

  test("a project is reported to who may see one of the Jira projects that it is made of", async () => {
    const door = await aForgeDoor(engine().database);
    await nameSource(door, "jira:10001", "PAY");
    await nameSource(door, "jira:10002", "PAY");
    await nameSource(door, "jira:10003", "SHOP");
    await nameSource(door, "asana:700", "PAY");
    door.jira.answer = ({ accountId, subject }) => accountId === "ada" && subject === "project 10002";
    await aPerson(door, "ada").told(projectReport, REPORT);
    const ben = aPerson(door, "ben");
    expect(await ben.refused(REPORT)).toEqual(await ben.refused("/forge/v1/projects/NOPE/report"));
    expect((await ben.refused(REPORT)).code).toBe("PROJECT_UNKNOWN");
    expect(door.jira.questions.map(({ accountId, subject }) => `${accountId} ${subject}`)).toEqual([
      "ada project 10001",
      "ada project 10002",
      "ben project 10001",
      "ben project 10002",
    ]);
  });

  test("a project that no Jira project is part of is every member's", async () => {
    const door = await aForgeDoor(engine().database);
    await nameSource(door, "asana:700", "PAY");
    door.jira.answer = () => false;
    await aPerson(door).told(projectReport, REPORT);
    expect(door.jira.questions).toEqual([]);
  });
});
