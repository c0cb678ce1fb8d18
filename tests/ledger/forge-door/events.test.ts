import { createHash } from "node:crypto";
import { entry } from "@stageledger/core/contract/entries";
import { eventsAnswer } from "@stageledger/core/contract/service-calls";
import { inTransaction, listDueJobs } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { z } from "zod";
import { disconnectSite } from "../../../apps/ledger/src/jira-sync/connect/disconnect-site.ts";
import { dumpTenant } from "../../support/database/dump-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import {
  aForgeDoor,
  aPerson,
  aService,
  aTenantWithItems,
  connectTheSite,
  type ForgeDoor,
  ITEM,
} from "../../support/forge/a-forge-door.ts";

const EVENTS = "/forge/v1/events";
const ENTRIES = `/forge/v1/items/${ITEM}/entries`;
const MOVED = { what: "issue", action: "updated", issue: "10088", at: 1_788_858_000_000 };
const LOGGED = { what: "worklog", action: "created", worklog: "501", issue: "10088" };

/** As Forge has it: with people and texts. */
const UNSTRIPPED = {
  eventType: "avi:jira:updated:issue",
  issue: { id: "10088", key: "PAY-88", fields: { summary: "Zq secret summary", creator: { accountId: "zq-creator" } } },
  changelog: { items: [{ field: "status", from: "3", to: "4", toString: "Review" }] },
  atlassianId: "zq-actor",
};

onBothEngines((engine) => {
  const bellsIn = ({ tenant: { tenantId } }: ForgeDoor): Promise<readonly unknown[]> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const { rows } = await sql<{ connection: string; fields: object; state: string }>`
        select connection, fields, state from inbox.bell order by fields::text`.execute(trx);
      return rows;
    });

  test("events become bells of ids alone, which are there when they are acknowledged, and the work is asked for", async () => {
    const door = await aForgeDoor(engine().database);
    const connectionId = await connectTheSite(door, engine().database);
    const response = await aService(door).call(EVENTS, { body: { events: [MOVED, LOGGED] } });
    expect([response.status, await response.json()]).toEqual([202, { taken: 2, dropped: 0 }]);
    expect(await bellsIn(door)).toEqual([
      {
        connection: connectionId,
        state: "new",
        fields: { what: "issue", gid: "10088", action: "updated", at: 1_788_858_000_000 },
      },
      {
        connection: connectionId,
        state: "new",
        fields: { what: "worklog", gid: "501", action: "created", issue: "10088" },
      },
    ]);
    expect(door.rung).toEqual([{ kind: "answer", tenantId: door.tenant.tenantId, connectionId }]);
  });

  test.each([
    ["in a list", { events: [MOVED] }],
    ["in a list under payload", { payload: { events: [MOVED] }, retry: 1 }],
    ["unstripped, at the top", UNSTRIPPED],
    ["unstripped, under payload", { payload: UNSTRIPPED }],
    ["unstripped, in a list", { events: [UNSTRIPPED] }],
    ["under payload beside a name of its own", { eventType: "invocation", payload: UNSTRIPPED }],
  ])("an event that comes %s rings", async (_how, body) => {
    const door = await aForgeDoor(engine().database);
    await connectTheSite(door, engine().database);
    expect(await aService(door).told(eventsAnswer, EVENTS, { body })).toEqual({ taken: 1, dropped: 0 });
    expect(await bellsIn(door)).toMatchObject([{ fields: { what: "issue", gid: "10088", action: "updated" } }]);
    expect(await dumpTenant(engine().database, door.tenant.tenantId)).not.toMatch(/zq|PAY-88 /iu);
  });

  test("what tells no change is taken and dropped; it keeps nothing beside it from ringing", async () => {
    const door = await aForgeDoor(engine().database);
    await connectTheSite(door, engine().database);
    const app = aService(door);
    const comment = { eventType: "avi:jira:commented:issue", issue: { id: "10088" } };
    for (const body of [comment, { payload: comment }]) {
      expect(await app.told(eventsAnswer, EVENTS, { body })).toEqual({ taken: 0, dropped: 1 });
    }
    expect(await app.told(eventsAnswer, EVENTS, { body: { events: [] } })).toEqual({ taken: 0, dropped: 0 });
    const odd = { what: "sprint", action: "started", sprint: "7" };
    const told = await app.told(eventsAnswer, EVENTS, {
      body: { events: [odd, MOVED, { ...MOVED, issue: "PAY-88" }] },
    });
    expect(told).toEqual({ taken: 1, dropped: 2 });
    expect(await bellsIn(door)).toMatchObject([{ state: "new" }, { state: "parked" }]);
    expect(door.rung).toHaveLength(1);
  });

  test("fifty events are taken, fifty-one are not; nor is anything that is no event", async () => {
    const door = await aForgeDoor(engine().database);
    await connectTheSite(door, engine().database);
    const app = aService(door);
    const events = Array.from({ length: 50 }, (_, i) => ({ what: "issue", action: "created", issue: String(i + 1) }));
    expect((await app.told(eventsAnswer, EVENTS, { body: { events } })).taken).toBe(50);
    const INVALID = { status: 400, code: "REQUEST_INVALID" };
    for (const body of [{ events: [...events, MOVED] }, {}, [], { events: "all" }, { events: [1] }, { payload: [] }]) {
      expect(await app.refused(EVENTS, { body })).toMatchObject(INVALID);
    }
    const states = z.array(z.object({ state: z.string() })).parse(await bellsIn(door));
    expect(states.filter(({ state }) => state === "new")).toHaveLength(50);
    expect(states.filter(({ state }) => state === "parked")).toHaveLength(6);
  });

  test("a body of 200 kB is read, one byte more is not", async () => {
    const door = await aForgeDoor(engine().database);
    await connectTheSite(door, engine().database);
    const app = aService(door);
    const text = JSON.stringify({ events: [MOVED] });
    const body = text + " ".repeat(200_000 - text.length);
    expect((await app.told(eventsAnswer, EVENTS, { body })).taken).toBe(1);
    expect(await app.refused(EVENTS, { body: `${body} ` })).toMatchObject({ status: 413, code: "BODY_TOO_LARGE" });
  });

  test("the same call again, with the same token, rings again and does no harm", async () => {
    const door = await aForgeDoor(engine().database);
    await connectTheSite(door, engine().database);
    const token = await door.forge.mint({ installationId: door.installationId, accountId: undefined });
    for (const _ of [1, 2]) await aService(door).told(eventsAnswer, EVENTS, { body: { events: [MOVED] }, token });
    expect(await bellsIn(door)).toHaveLength(2);
  });

  test("a token says once that an account is gone: repeated, it erases nobody", async () => {
    const { database } = engine();
    const door = await aForgeDoor(database);
    await connectTheSite(door, database);
    const token = await door.forge.mint({ installationId: door.installationId, accountId: undefined });
    const body = (account: string) => ({ events: [MOVED, { what: "user", action: "deleted", account }] });
    await aService(door).told(eventsAnswer, EVENTS, { body: body("nobody"), token });
    await aPerson(door, "ada").told(entry, ENTRIES, { body: { minutes: 60 } });
    const told = await aService(door).refused(EVENTS, { body: body("ada"), token });
    expect(told).toMatchObject({ status: 401, code: "TOKEN_USED" });
    expect(await bellsIn(door)).toHaveLength(1);
    await aPerson(door, "ada").told(entry, ENTRIES, { body: { minutes: 60 } });
  });

  test.each(["jira:issueContext", "jira:globalPage"])(
    "a token made for %s tells no events, though it names nobody",
    async (type) => {
      const door = await aForgeDoor(engine().database);
      await connectTheSite(door, engine().database);
      const { installationId } = door;
      const token = await door.forge.mint({ installationId, accountId: undefined, module: { type, key: "page" } });
      const calls = [
        [EVENTS, { events: [MOVED] }],
        ["/forge/v1/site-token", {}],
        ["/forge/v1/installation", { action: "uninstalled" }],
      ] as const;
      for (const [path, body] of calls) {
        const headers = { "x-forge-oauth-system": "system" };
        const told = await aService(door).refused(path, { body, token, headers });
        expect(told).toMatchObject({ status: 403, code: "TOKEN_OF_PERSON" });
        expect(told.detail).toBe("This call is the app's own: nothing that people open in Jira makes it.");
      }
      expect(await bellsIn(door)).toEqual([]);
      await aPerson(door).told(entry, ENTRIES, { body: { minutes: 60 } });
    },
  );

  test.each([
    ["no JSON", "{zq", 400, "BODY_UNREADABLE", "body"],
    ["no events", JSON.stringify({ zq: ["zq-secret"] }), 400, "REQUEST_INVALID", "body"],
  ] as const)("a body that is %s is refused, and kept by hash and size", async (_what, body, status, code, path) => {
    const door = await aForgeDoor(engine().database);
    const connectionId = await connectTheSite(door, engine().database);
    expect(await aService(door).refused(EVENTS, { body })).toMatchObject({ status, code });
    const sha256 = createHash("sha256").update(body).digest("hex");
    const fields = { what: "unreadable", sha256, bytes: body.length, path };
    expect(await bellsIn(door)).toEqual([{ connection: connectionId, state: "parked", fields }]);
    expect(await dumpTenant(engine().database, door.tenant.tenantId)).not.toContain("zq");
    expect(door.log).toEqual([JSON.stringify(["events unreadable", { connectionId, code, path, bytes: body.length }])]);
    expect(door.rung).toEqual([]);
  });

  test("a body that is too long, or packed, is kept by its announced size", async () => {
    const door = await aForgeDoor(engine().database);
    await connectTheSite(door, engine().database);
    const app = aService(door);
    expect((await app.refused(EVENTS, { body: " ".repeat(200_001) })).code).toBe("BODY_TOO_LARGE");
    const packed = { body: "zq", headers: { "content-encoding": "gzip" } };
    expect((await app.refused(EVENTS, packed)).code).toBe("BODY_UNREADABLE");
    const kept = [200_001, 2].map((bytes) => ({
      state: "parked",
      fields: { what: "unreadable", bytes, path: "body" },
    }));
    expect(await bellsIn(door)).toMatchObject(kept);
  });

  test("events that should be understood and are not are counted and kept beside those that ring; others are dropped", async () => {
    const door = await aForgeDoor(engine().database);
    await connectTheSite(door, engine().database);
    const events = [
      { eventType: "avi:jira:commented:issue", issue: { id: "1" } },
      { eventType: "avi:jira:created:user", accountId: "zq" },
      { what: "sprint", action: "started" },
      MOVED,
      { eventType: "avi:jira:updated:issue", issue: { key: "ZQ-1" } },
      { eventType: "avi:jira:moved:issue", issue: { id: "1" } },
      { eventType: "avi:jira:deleted:user" },
      { webhookEvent: "worklog_created", worklog: { id: "zq" } },
      { what: "worklog", action: "created", worklog: "zq" },
    ];
    const told = await aService(door).told(eventsAnswer, EVENTS, { body: { payload: { events } } });
    expect(told).toEqual({ taken: 1, dropped: 8 });
    expect(await bellsIn(door)).toMatchObject([
      { state: "new", fields: { gid: "10088" } },
      { state: "parked", fields: { what: "unreadable", path: "body.payload.events.4", events: 5 } },
    ]);
    expect(await dumpTenant(engine().database, door.tenant.tenantId)).not.toMatch(/zq/iu);
    expect(door.rung).toHaveLength(1);
  });

  test("a body of a person, or of a site that nobody connected, is kept nowhere", async () => {
    const door = await aForgeDoor(engine().database);
    await connectTheSite(door, engine().database);
    expect((await aPerson(door).refused(EVENTS, { body: "{" })).code).toBe("TOKEN_OF_PERSON");
    const nobodys = aService({ ...door, installationId: "ari:cloud:ecosystem::installation/unknown" });
    expect((await nobodys.refused(EVENTS, { body: "{" })).code).toBe("BODY_UNREADABLE");
    expect(await bellsIn(door)).toEqual([]);
  });

  test("a person's token tells no events, and the app's own does nothing that people do", async () => {
    const door = await aForgeDoor(engine().database);
    await connectTheSite(door, engine().database);
    const told = await aPerson(door).refused(EVENTS, { body: { events: [MOVED] } });
    expect(told).toMatchObject({ status: 403, code: "TOKEN_OF_PERSON" });
    expect((await aService(door).refused(ENTRIES, { body: { minutes: 60 } })).code).toBe("TOKEN_WITHOUT_PERSON");
    expect(await bellsIn(door)).toEqual([]);
  });

  test("events ring at the site that the token proves, never at one that the body names", async () => {
    const door = await aForgeDoor(engine().database);
    await connectTheSite(door, engine().database);
    const other = await aTenantWithItems(engine().database);
    const elsewhere = aService({ ...door, installationId: other.installationId });
    const body = { payload: { events: [MOVED] }, installationId: door.installationId, tenantId: door.tenant.tenantId };
    expect((await elsewhere.refused(EVENTS, { body })).code).toBe("INSTALLATION_UNKNOWN");
    const nobodys = aService({ ...door, installationId: "ari:cloud:ecosystem::installation/unknown" });
    expect(await nobodys.refused(EVENTS, { body: { events: [MOVED] } })).toMatchObject({
      status: 403,
      code: "INSTALLATION_UNKNOWN",
    });
    expect(await bellsIn(door)).toEqual([]);
  });

  test("a site that was disconnected rings no more, and leaves no bell and no job", async () => {
    const door = await aForgeDoor(engine().database);
    const connectionId = await connectTheSite(door, engine().database);
    const app = aService(door);
    await app.told(eventsAnswer, EVENTS, { body: { events: [MOVED] } });
    const { tenantId } = door.tenant;
    expect(await disconnectSite(engine().database, tenantId, door.installationId)).toBe(true);
    // The door still remembers whose the installation was.
    expect((await app.refused(EVENTS, { body: { events: [MOVED] } })).code).toBe("INSTALLATION_UNKNOWN");
    expect(await bellsIn(door)).toEqual([]);
    const due = await listDueJobs(engine().database);
    expect(due.filter((job) => job.connectionId === connectionId)).toEqual([]);
    expect(await disconnectSite(engine().database, tenantId, door.installationId)).toBe(false);
  });

  test("somebody whose account was deleted is erased in the same request, and is kept nowhere, not even as a bell", async () => {
    const { database } = engine();
    const door = await aForgeDoor(database);
    await connectTheSite(door, database);
    const ada = aPerson(door, "account-zq-ada");
    await ada.told(entry, ENTRIES, { body: { minutes: 60 } });
    const gone = { what: "user", action: "deleted", account: "account-zq-ada" };
    const stranger = { eventType: "avi:jira:deleted:user", accountId: "account-zq-stranger" };
    const told = await aService(door).told(eventsAnswer, EVENTS, { body: { events: [gone, gone, stranger, MOVED] } });
    expect(told).toEqual({ taken: 4, dropped: 0 });
    expect(await bellsIn(door)).toMatchObject([{ fields: { what: "issue" } }]);
    expect((await ada.refused(ENTRIES, { body: { minutes: 60 } })).code).toBe("ENTRY_OF_ERASED_PERSON");
    const dump = await dumpTenant(database, door.tenant.tenantId);
    expect(dump).not.toContain("zq");
    expect(door.log.join("\n")).not.toContain("zq");
  });
});
