import { expect, test } from "vitest";
import { z } from "zod";
import { onPostgres } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, codeFromElsewhere, ITEM, readTheProject } from "../../support/forge/a-forge-door.ts";
import { anAsanaAccount, recordEntryOf } from "../../support/forge/a-linked-account.ts";
import { generatedClient } from "../../support/forge/generated-client.ts";
import { stageledgerInProcess } from "../../support/stageledger-in-process.ts";

const withId = z.looseObject({ id: z.string() });
const item = { item: ITEM };
const versioned = z.looseObject({
  version: z.number(),
  stages: z.array(z.looseObject({ statuses: z.array(z.looseObject({ id: z.string() })) })),
});

onPostgres((engine) => {
  test("a client made from /openapi.json logs an hour and reads the report; every route answers as its document says", async () => {
    const door = await aForgeDoor(engine().database);
    await readTheProject(door, engine().database, "10001", "PAY");
    const { forge, installationId, jira } = door;
    const proof = { installationId, apiBaseUrl: jira.url };
    const app = await generatedClient(door.url, () => forge.mint({ ...proof, accountId: undefined }));
    const client = await generatedClient(door.url, aPerson(door).token);
    const logged = await client.call("logEntry", { parameters: item, body: { minutes: 60, stage: "Review" } });
    expect(logged.status).toBe(201);
    const entry = { entry: withId.parse(logged.body).id };
    await client.call("listItemEntries", { parameters: item });
    await client.call("editEntry", { parameters: entry, body: { revision: 1, minutes: 45, stage: null } });
    await client.call("undoEntry", { parameters: entry, body: { revision: 2 } });
    await client.call("deleteEntry", { parameters: { ...entry, revision: "3" } });
    await client.call("undoEntry", { parameters: entry, body: { revision: 4 } });
    await client.call("getMyWeek", { parameters: { day: "2026-09-08" } });
    await client.call("getTimer");
    await client.call("startTimer", { parameters: item, body: {} });
    await client.call("pauseTimer");
    await client.call("logTimer", { body: { activity: "review" } });
    await client.call("startTimer", { parameters: item, body: { replace: true } });
    await client.call("discardTimer");
    const raised = await client.call("raiseRoadblock", {
      parameters: item,
      body: { kind: "environment", words: "down" },
    });
    await client.call("listRoadblocks", { parameters: item });
    await client.call("resolveRoadblock", { parameters: { roadblock: withId.parse(raised.body).id } });
    await client.call("getPurpose");
    const report = await client.call("getProjectReport", { parameters: { project: "PAY" } });
    expect(report.body).toMatchObject({ project: "PAY", verdict: { outcome: "none" } });
    const source = { sourceProject: "jira:10001" };
    expect((await client.call("getReportOfSource", { parameters: source })).body).toEqual(report.body);
    await client.call("getPageProject", { parameters: source });
    await client.call("getPageReport", { parameters: source });
    const proposed = await client.call("proposeStages");
    expect(versioned.parse(proposed.body).version).toBe(1);
    await client.call("getSite");
    await client.call("putWorklogs", { body: { isOn: true } });
    await client.call("putZone", { body: { zone: "Europe/Berlin" } });
    const renamed = await client.call("putSourceProject", { parameters: source, body: { project: "Payments" } });
    expect(renamed.body).toMatchObject({
      projects: [{ project: "PAY" }, { project: "Payments", sources: ["jira:10001"] }],
    });
    const seen = versioned.parse((await client.call("getStages")).body);
    const stages = seen.stages.map(({ statuses, ...stage }) => ({ ...stage, statuses: statuses.map(({ id }) => id) }));
    await client.call("putStages", { body: { version: seen.version, commitment: "Review", stages } });
    await client.call("issueLinkCode");
    await client.call("removeLinks");
    const asana = await codeFromElsewhere(door, engine().database);
    expect((await client.call("redeemLinkCode", { body: { code: asana } })).body).toEqual({ others: 1 });
    expect((await client.call("getMyLinks")).body).toEqual({ others: 1 });
    const changes = [{ kind: "log", item: ITEM, date: "2026-09-08", minutes: 5 }];
    await client.call("changeMyWeek", { body: { day: "2026-09-08", changes } });
    const ada = await anAsanaAccount(door, engine().database);
    const unplaced = await recordEntryOf(door, engine().database, ada, { typedIn: "asana", project: "Unassigned" });
    await client.call("getMyUnassigned");
    await client.call("placeEntry", { parameters: { entry: unplaced }, body: { revision: 1, project: "PAY" } });
    await client.call("putMySettings", { body: { mirrorsToJira: true } });
    await client.call("getMySettings");
    await client.call("exportMine", { parameters: { format: "json" } });
    await client.call("eraseMine", { body: { confirm: "erase" } });
    const events = [{ what: "worklog", action: "deleted", worklog: "501" }];
    expect((await app.call("tellEvents", { body: { events } })).status).toBe(202);
    await app.call("bringSiteToken");
    expect((await app.call("tellInstallation", { body: { action: "installed" } })).body).toEqual({ isConnected: true });
    expect(client.operations).toHaveLength(40);
    expect([...client.answered, ...app.answered].sort()).toEqual([...client.operations].sort());
  });

  test("refusals are answered as the document says: a problem with code, place and, of a running timer, the timer", async () => {
    const door = await aForgeDoor(engine().database);
    const client = await generatedClient(door.url, aPerson(door).token);
    const unknown = await client.call("logEntry", { parameters: { item: "jira:1" }, body: { minutes: 1 } });
    expect(unknown).toMatchObject({
      status: 404,
      body: { code: "ITEM_UNKNOWN", type: "urn:stageledger:error:ITEM_UNKNOWN" },
    });
    await client.call("startTimer", { parameters: item, body: {} });
    const running = await client.call("startTimer", { parameters: { item: "jira:10089" }, body: {} });
    expect(running).toMatchObject({ status: 409, body: { code: "TIMER_RUNNING", timer: { itemKey: "PAY-88" } } });
    const wrong = await client.call("getMyWeek", { parameters: { day: "tomorrow" } });
    expect(wrong).toMatchObject({ status: 400, body: { code: "REQUEST_INVALID", at: "query.day" } });
  });

  test("`stageledger openapi` prints the document that the server serves", async () => {
    const door = await aForgeDoor(engine().database);
    const { stdout, exitCode } = await stageledgerInProcess(["openapi"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual(await (await fetch(`${door.url}/openapi.json`)).json());
  }, 60_000);
});
