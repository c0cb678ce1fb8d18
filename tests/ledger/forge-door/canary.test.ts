import { entry } from "@stageledger/core/contract/entries";
import { roadblock } from "@stageledger/core/contract/roadblocks";
import { startedTimer } from "@stageledger/core/contract/timer";
import { erasePerson } from "@stageledger/db";
import { expect, test } from "vitest";
import { Canaries } from "../../support/canaries.ts";
import { dumpTenant } from "../../support/database/dump-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, aService, connectTheSite, ITEM } from "../../support/forge/a-forge-door.ts";

const LOG = { kind: "log", item: ITEM, date: "2026-09-08", minutes: 1 };
const PLACE = "/forge/v1/entries/00000000-0000-4000-8000-000000000000/project";
const ENTRIES = `/forge/v1/items/${ITEM}/entries`;

onBothEngines((engine) => {
  test("nothing that a call says of a person comes into the database, the log or an answer", async () => {
    const door = await aForgeDoor(engine().database);
    const canaries = new Canaries();
    const app = {
      installationId: door.installationId,
      apiBaseUrl: door.jira.url,
      environment: { type: "PRODUCTION", id: canaries.plant("app.environment.id") },
      module: { key: canaries.plant("app.module.key") },
    };
    const context = {
      cloudId: canaries.plant("context.cloudId"),
      localId: canaries.plant("context.localId"),
      accountId: canaries.plant("context.accountId"),
      extension: { issue: { key: canaries.plant("issue.key") }, name: canaries.plant("extension.name") },
      userAccess: { displayName: canaries.plant("displayName"), email: `${canaries.plant("email")}@example.invalid` },
    };
    const claims = { app, context, jti: `token-${canaries.plant("jti")}`, name: canaries.plant("name") };
    const headers = {
      "x-forge-oauth-user": canaries.plant("user token"),
      "x-forge-oauth-system": canaries.plant("system token"),
      "x-b3-traceid": canaries.plant("trace id"),
      "user-agent": canaries.plant("user agent"),
      "x-forwarded-for": canaries.plant("address"),
    };
    const ada = aPerson(door, `account-${canaries.plant("accountId")}`);
    const key = `key-${canaries.plant("idempotency key")}`;
    const call = { headers, overrides: { claims } };
    const answers: string[] = [];
    for (const [path, sent] of [
      [ENTRIES, { body: { minutes: 60 }, key }],
      [ENTRIES, { body: { minutes: 60, [canaries.plant("member")]: canaries.plant("value") } }],
      [ENTRIES, { body: { minutes: 60, stage: canaries.plant("stage") } }],
      [ENTRIES, { body: `{"minutes": ${canaries.plant("no JSON")}` }],
      [`/forge/v1/items/jira:${canaries.plant("item")}/entries`, { body: { minutes: 60 } }],
      [`/forge/v1/my/week?day=${canaries.plant("day")}`, {}],
      [`/forge/v1/my/week?${canaries.plant("query")}=1`, {}],
      [`/forge/v1/projects/${canaries.plant("project")}/report`, {}],
      ["/forge/v1/my/week", { body: { day: "2026-09-08", changes: [{ ...LOG, stage: canaries.plant("stage") }] } }],
      [
        "/forge/v1/my/week",
        { body: { day: "2026-09-08", changes: [{ ...LOG, item: `jira:${canaries.plant("item")}` }] } },
      ],
      ["/forge/v1/my/week", { body: { day: "2026-09-08", changes: [{ ...LOG, [canaries.plant("member")]: 1 }] } }],
      [PLACE, { method: "PUT", body: { revision: 1, project: canaries.plant("project") } }],
      ["/forge/v1/my/settings", { method: "PUT", body: { mirrorsToJira: canaries.plant("setting") } }],
      [`/forge/v1/my/export?format=${canaries.plant("format")}`, {}],
      ["/forge/v1/my/export", {}],
      ["/forge/v1/my/erasure", { body: { confirm: canaries.plant("confirmation") } }],
      [`/forge/v1/${canaries.plant("path")}`, {}],
    ] as const) {
      const claimsOnce = { ...claims, jti: `${claims.jti}-${answers.length}` };
      const response = await ada.call(path, { ...call, ...sent, overrides: { claims: claimsOnce } });
      answers.push(JSON.stringify([...response.headers]), await response.text());
    }
    expect(answers[1]).toContain('"minutes":60');
    expect(canaries.places.length).toBeGreaterThan(22);
    expect(canaries.foundIn(answers.join("\n"))).toEqual([]);
    expect(canaries.foundIn(door.log.join("\n"))).toEqual([]);
    const dump = await dumpTenant(engine().database, door.tenant.tenantId);
    expect(dump).toContain("ledger.entry ");
    expect(canaries.foundIn(dump)).toEqual([]);
    expect(dump).not.toContain(door.installationId);
  });

  test("nothing that an event says of a person, a text or a token comes into the database, the log or an answer", async () => {
    const { database } = engine();
    const door = await aForgeDoor(database);
    await connectTheSite(door, database);
    const canaries = new Canaries();
    const person = (where: string) => ({
      accountId: canaries.plant(`${where}.accountId`),
      displayName: canaries.plant(`${where}.displayName`),
      emailAddress: `${canaries.plant(`${where}.email`)}@example.invalid`,
    });
    const issue = {
      eventType: "avi:jira:updated:issue",
      atlassianId: canaries.plant("atlassianId"),
      timestamp: 1_788_858_000_000,
      user: person("user"),
      issue: {
        id: "10088",
        key: canaries.plant("key"),
        fields: {
          summary: canaries.plant("summary"),
          description: canaries.plant("description"),
          assignee: person("assignee"),
          reporter: person("reporter"),
        },
      },
      changelog: { items: [{ field: "assignee", from: canaries.plant("from"), to: canaries.plant("to") }] },
      associatedUsers: [person("associated")],
    };
    const worklog = {
      eventType: "avi:jira:created:worklog",
      worklog: { id: "501", issueId: "10088", author: person("author"), comment: canaries.plant("comment") },
    };
    const gone = { eventType: "avi:jira:deleted:user", ...person("gone") };
    const odd = { what: canaries.plant("what"), action: "created", issue: canaries.plant("issue") };
    const headers = { "x-forge-oauth-system": canaries.plant("system token") };
    const app = aService(door);
    const answers: string[] = [];
    for (const body of [issue, { payload: worklog }, { events: [issue, worklog, gone, odd] }, { events: odd }, gone]) {
      const response = await app.call("/forge/v1/events", { body, headers });
      answers.push(JSON.stringify([...response.headers]), await response.text());
    }
    for (const [path, body] of [
      ["/forge/v1/site-token", {}],
      ["/forge/v1/installation", { action: "installed" }],
      ["/forge/v1/installation", { action: canaries.plant("action") }],
    ] as const) {
      answers.push(await (await app.call(path, { body, headers })).text());
    }
    expect(canaries.places.length).toBeGreaterThan(28);
    expect(canaries.foundIn(answers.join("\n"))).toEqual([]);
    expect(canaries.foundIn([...door.log, JSON.stringify(door.rung)].join("\n"))).toEqual([]);
    const dump = await dumpTenant(database, door.tenant.tenantId);
    expect(dump).toContain("inbox.bell ");
    expect(canaries.foundIn(dump)).toEqual([]);
  });

  test("who is erased leaves no timer and no answer behind, and is told so when they come again", async () => {
    const { database } = engine();
    const door = await aForgeDoor(database);
    const [ada, ben] = [aPerson(door, "ada"), aPerson(door, "ben")];
    for (const person of [ada, ben]) {
      await person.told(entry, ENTRIES, { body: { minutes: 60 } });
      await person.told(startedTimer, `/forge/v1/items/${ITEM}/timer`, { body: {} });
    }
    const raised = await ada.told(roadblock, `/forge/v1/items/${ITEM}/roadblocks`, { body: { kind: "unclear" } });
    const { tenantId, masterKey } = door.tenant;
    // Whoever owns the tables sees those of other tenants too.
    const rowsOf = async (table: string): Promise<number> =>
      (await dumpTenant(database, tenantId)).split("\n").filter((line) => line.startsWith(`${table} (${tenantId},`))
        .length;
    expect([await rowsOf("ledger.timer"), await rowsOf("ledger.answered_request")]).toEqual([2, 5]);
    await erasePerson(database, tenantId, masterKey, { source: "jira", account: "ada" });
    expect([await rowsOf("ledger.timer"), await rowsOf("ledger.answered_request")]).toEqual([1, 2]);
    const told = await ada.refused(ENTRIES, { body: { minutes: 60 } });
    expect(told).toMatchObject({ status: 403, code: "ENTRY_OF_ERASED_PERSON" });
    // It belongs to the item and to nobody, so it stays.
    expect(await dumpTenant(database, tenantId)).toContain(raised.id);
  });
});
