import { entry, myWeek } from "@stageledger/core/contract/entries";
import { expect, test } from "vitest";
import { onPostgres } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, ITEM, problemOf } from "../../support/forge/a-forge-door.ts";
import { userTokenOf } from "../../support/forge/a-jira-of-rights.ts";

const ENTRIES = `/forge/v1/items/${ITEM}/entries`;
const WEEK = "/forge/v1/my/week";
const TRACE = "463ac35c9f6413ad48485a3953bb6124";

onPostgres((engine) => {
  test("a body of more than 64 kB is refused at its first byte too many, announced or not", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const large = JSON.stringify({ minutes: 60, padding: "x".repeat(65_536) });
    expect(await ada.refused(ENTRIES, { body: large })).toMatchObject({ status: 413, code: "BODY_TOO_LARGE" });
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(16_384).fill(0x20));
        if (sent > 1000) controller.close();
      },
    });
    const response = await fetch(door.url + ENTRIES, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await ada.token()}`,
        "idempotency-key": "12345678",
        "x-forge-oauth-user": userTokenOf("ada"),
      },
      body: endless,
      duplex: "half",
    }).catch(() => undefined);
    // The answer may come while the client still sends: either it is read, or the connection has gone.
    if (response !== undefined) expect((await problemOf(response)).code).toBe("BODY_TOO_LARGE");
    expect(sent).toBeLessThan(1000);
    const exact = `{"minutes":60}${" ".repeat(65_536 - 14)}`;
    await ada.told(entry, ENTRIES, { body: exact });
  });

  test.each([
    ["is no JSON", "{minutes: 60}", {}],
    ["is no text", Buffer.from([0x22, 0xff, 0x22]).toString("latin1"), {}],
    ["is packed", '{"minutes":60}', { "content-encoding": "gzip" }],
  ])("a body that %s is refused", async (_what, body, headers) => {
    const door = await aForgeDoor(engine().database);
    const told = await aPerson(door).refused(ENTRIES, { body, headers });
    expect(told.status).toBe(400);
    expect(["BODY_UNREADABLE", "REQUEST_INVALID"]).toContain(told.code);
  });

  test.each(["[]", "null", "60", '"minutes"', '{"__proto__":{"minutes":60}}', '{"minutes":60,"minutes":1e400}'])(
    "the body %s is not what the route takes",
    async (body) => {
      const door = await aForgeDoor(engine().database);
      expect(await aPerson(door).refused(ENTRIES, { body })).toMatchObject({ status: 400, code: "REQUEST_INVALID" });
    },
  );

  test("a request keeps the name that Forge gave it, in the answer and in a problem; what is none is not repeated", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const response = await ada.call(WEEK, { headers: { "x-b3-traceid": TRACE } });
    expect(response.headers.get("x-request-id")).toBe(TRACE);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const told = await ada.refused("/forge/v1/items/jira:1/entries", { headers: { "x-b3-traceid": TRACE } });
    expect(told.requestId).toBe(TRACE);
    const odd = await ada.call(WEEK, { headers: { "x-b3-traceid": "somebody@example.invalid" } });
    expect(odd.headers.get("x-request-id")).toBe("none");
  });

  test("nothing is at other paths, with other methods or in other versions", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const PATH = { status: 404, code: "PATH_UNKNOWN" };
    for (const path of ["/forge/v2/my/week", "/forge/v1/people", "/forge/v1/items/%00/entries/x", "/forge/v1/%ZZ"]) {
      expect(await ada.refused(path)).toMatchObject(PATH);
    }
    expect(await ada.refused(WEEK, { method: "PUT", body: {} })).toMatchObject(PATH);
    expect((await ada.refused("/forge/v1/items/%00/entries")).code).toBe("REQUEST_INVALID");
  });

  test("one person's burst of calls is stopped at sixty, another's are answered, and it may go on two a second", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door), aPerson(door)];
    const statuses: number[] = [];
    for (let i = 0; i < 61; i += 1) statuses.push((await ada.call(WEEK)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(await ada.refused(WEEK)).toMatchObject({ status: 429, code: "DOOR_RATE_LIMITED" });
    await ben.told(myWeek, WEEK);
    door.clock.now += 1000;
    for (const _ of [1, 2]) await ada.told(myWeek, WEEK);
    expect((await ada.refused(WEEK)).status).toBe(429);
  });
});
