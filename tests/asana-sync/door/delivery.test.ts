import { describe, expect, test } from "vitest";
import {
  aDelivery,
  aHook,
  anAsanaDoor,
  anEvent,
  deliver,
  inboxOf,
  knock,
  problemOf,
  RECEIVED_AT,
  signatureOf,
  takeBack,
} from "../../support/asana-door.ts";
import { Canaries } from "../../support/canaries.ts";
import { onBothEngines } from "../../support/database/engines.ts";

const WRONG = { status: 401, code: "HOOK_SIGNATURE_WRONG" };
const UNKNOWN = { status: 404, code: "HOOK_UNKNOWN" };

onBothEngines((engine) => {
  test("what rang is kept with its allow-listed fields, and the connection is asked for once it is", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aHook(database, door);

    const answer = await deliver(door, hook, aDelivery("1200000000000101", "1200000000000102"));

    expect(answer.status).toBe(200);
    const rows = await inboxOf(database, door.tenant);
    expect(rows.map(({ fields }) => fields).sort((a, b) => Number(a.gid) - Number(b.gid))).toEqual([
      {
        what: "task",
        gid: "1200000000000101",
        action: "added",
        subtype: "default_task",
        at: 1788771598500,
      },
      {
        what: "task",
        gid: "1200000000000102",
        action: "added",
        subtype: "default_task",
        at: 1788771598500,
      },
    ]);
    for (const row of rows) {
      expect(row).toMatchObject({ connection: door.connectionId, state: "new", attempts: 0, error_code: null });
      expect(row).toMatchObject({ received_at_ms: RECEIVED_AT, due_at_ms: RECEIVED_AT });
    }
    expect(door.asked).toEqual([{ kind: "answer", tenantId: door.tenant.tenantId, connectionId: door.connectionId }]);
  });

  describe("is refused and leaves nothing:", () => {
    test.each([
      ["a signature by another secret", (_: string, body: string) => signatureOf("another secret", body)],
      ["a signature that is a digit short", (secret: string, body: string) => signatureOf(secret, body).slice(1)],
      ["a signature with a digit more", (secret: string, body: string) => `${signatureOf(secret, body)}0`],
      ["an empty signature", () => ""],
      ["the signature of another body", (secret: string) => signatureOf(secret, aDelivery("2"))],
    ])("%s", async (_name, sign) => {
      const { database } = engine();
      const door = await anAsanaDoor(database);
      const hook = await aHook(database, door);
      const body = aDelivery("1");

      const answer = await knock(door, hook.token, body, { "x-hook-signature": sign(hook.secret, body) });

      expect(await problemOf(answer)).toEqual(WRONG);
      expect(await inboxOf(database, door.tenant)).toEqual([]);
      expect(door.asked).toEqual([]);
    });

    test("a delivery without any signature", async () => {
      const { database } = engine();
      const door = await anAsanaDoor(database);
      const hook = await aHook(database, door);

      expect(await problemOf(await knock(door, hook.token, aDelivery("1"), {}))).toEqual(WRONG);
      expect(await inboxOf(database, door.tenant)).toEqual([]);
    });

    test("a body that says the same and was written anew", async () => {
      const { database } = engine();
      const door = await anAsanaDoor(database);
      const hook = await aHook(database, door);
      const sent = String.raw`{"events": [ {"action":"added","resource":{"gid":"1","resource_type":"t\u0061sk"}} ]}`;
      const signature = { "x-hook-signature": signatureOf(hook.secret, sent) };

      expect(await problemOf(await knock(door, hook.token, JSON.stringify(JSON.parse(sent)), signature))).toEqual(
        WRONG,
      );
      expect((await knock(door, hook.token, sent, signature)).status).toBe(200);
      expect((await inboxOf(database, door.tenant)).map(({ fields }) => fields)).toEqual([
        { what: "task", gid: "1", action: "added" },
      ]);
    });

    test("a body whose signature is wrong is not even parsed", async () => {
      const { database } = engine();
      const door = await anAsanaDoor(database);
      const hook = await aHook(database, door);

      const answer = await knock(door, hook.token, "{ this is no JSON", { "x-hook-signature": "0".repeat(64) });

      expect(await problemOf(answer)).toEqual(WRONG);
      expect(await inboxOf(database, door.tenant)).toEqual([]);
    });
  });

  test("a heartbeat is answered 200 and rings nobody", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aHook(database, door);

    expect((await deliver(door, hook, '{"events":[]}')).status).toBe(200);

    expect(await inboxOf(database, door.tenant)).toEqual([]);
    expect(door.asked).toEqual([]);
  });

  test("a webhook that was taken back is unknown from its next bell on, although the door still remembers it", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aHook(database, door);
    expect((await deliver(door, hook, aDelivery("1"))).status).toBe(200);
    await takeBack(database, door.tenant, hook);

    // The clock stands still: nothing that is remembered grows old.
    expect(await problemOf(await deliver(door, hook, aDelivery("2")))).toEqual(UNKNOWN);
    expect(await problemOf(await deliver(door, hook, '{"events":[]}'))).toEqual(UNKNOWN);

    expect((await inboxOf(database, door.tenant)).map(({ fields }) => fields.gid)).toEqual(["1"]);
    expect(door.asked).toHaveLength(1);
  });

  test("a webhook that was taken back does not even get a heartbeat answered after half a minute", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aHook(database, door);
    expect((await deliver(door, hook, '{"events":[]}')).status).toBe(200);
    await takeBack(database, door.tenant, hook);

    door.clock.now += 30_000;

    expect(await problemOf(await deliver(door, hook, '{"events":[]}'))).toEqual(UNKNOWN);
  });

  test("bells of one webhook that was taken back keep those of the others in the same insert", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const [gone, stays] = [await aHook(database, door), await aHook(database, door)];
    for (const hook of [gone, stays]) expect((await deliver(door, hook, '{"events":[]}')).status).toBe(200);
    await takeBack(database, door.tenant, gone);

    const first = deliver(door, stays, aDelivery("1"));
    const answers = await Promise.all([
      first,
      deliver(door, gone, aDelivery("2")),
      deliver(door, stays, aDelivery("3")),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([200, 404, 200]);
    expect((await inboxOf(database, door.tenant)).map(({ fields }) => fields.gid).sort()).toEqual(["1", "3"]);
  });

  test("what cannot be read and is well signed is parked by hash, size and place of the fault, and answered 200", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aHook(database, door);

    expect((await deliver(door, hook, "Grüße, ")).status).toBe(200);

    expect(await inboxOf(database, door.tenant)).toMatchObject([
      {
        connection: door.connectionId,
        state: "parked",
        error_code: "BODY_UNREADABLE",
        fields: {
          what: "unreadable",
          // printf 'Grüße, ' | sha256sum
          sha256: "2e2629c884df36c2a0c4aff2bb3b6d443d7412f186df7047352cbfcb38bc50c7",
          bytes: 9,
          path: "",
          project: "1200000000000077",
        },
      },
    ]);
  });

  test.each([
    ["no list of events", { event: [] }, "events"],
    ["a list of something else", [anEvent("1")], ""],
    ["an event without an action", { events: [{ ...anEvent("1"), action: undefined }] }, "events.0.action"],
    ["an event of nothing", { events: [null] }, "events.0"],
    [
      "an id that holds somebody's address",
      { events: [anEvent("1"), { ...anEvent("2"), resource: { gid: "someone@example.com", resource_type: "task" } }] },
      "events.1.resource.gid",
    ],
    [
      "an id that the database would refuse",
      { events: [{ ...anEvent("1"), resource: { gid: "12\u0000", resource_type: "task" } }] },
      "events.0.resource.gid",
    ],
    [
      "a parent without an id",
      { events: [{ ...anEvent("1"), parent: { resource_type: "task" } }] },
      "events.0.parent.gid",
    ],
  ])("%s is parked with the place of the fault", async (_name, body, path) => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aHook(database, door);

    expect((await deliver(door, hook, JSON.stringify(body))).status).toBe(200);

    const parked = (await inboxOf(database, door.tenant)).filter(({ state }) => state === "parked");
    expect(parked.map(({ fields }) => fields.path)).toEqual([path]);
  });

  test("one event that cannot be read keeps none of its neighbours from ringing", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aHook(database, door);
    const events = [anEvent("1"), { action: "changed" }, anEvent("3"), { resource: 7 }];

    expect((await deliver(door, hook, JSON.stringify({ events }))).status).toBe(200);

    const rows = await inboxOf(database, door.tenant);
    expect(rows.map(({ state, fields }) => `${state} ${fields.gid ?? fields.path}`).sort()).toEqual([
      "new 1",
      "new 3",
      "parked events.1.resource",
    ]);
  });

  test("events about people ring nobody, and neither a person's task list nor a section of it is kept as a parent", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aHook(database, door);
    const about = (resource_type: string) => ({ ...anEvent("1"), resource: { gid: "9", resource_type } });
    const events = [
      ...["user", "user_task_list", "project_membership", "workspace_membership", "tag"].map(about),
      { ...anEvent("2"), parent: { gid: "1200000000000009", resource_type: "user_task_list" } },
      { ...anEvent("3"), parent: { gid: "1200000000000009", resource_type: "user" } },
      { ...anEvent("4"), parent: { gid: "1200000000000009", resource_type: "section" } },
      { ...anEvent("5"), parent: { gid: "2", resource_type: "task" } },
    ];

    expect((await deliver(door, hook, JSON.stringify({ events }))).status).toBe(200);

    const rows = await inboxOf(database, door.tenant);
    const kept = { what: "task", action: "added", subtype: "default_task", at: 1788771598500 };
    expect(rows.map(({ fields }) => fields).sort((a, b) => Number(a.gid) - Number(b.gid))).toEqual([
      { ...kept, gid: "2" },
      { ...kept, gid: "3" },
      { ...kept, gid: "4" },
      { ...kept, gid: "5", parent: "2", parentType: "task" },
    ]);
  });

  test("no personal field of a delivery, read or unreadable, reaches the inbox or the log", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aHook(database, door);
    const canaries = new Canaries();
    const full = fullOfPeople(canaries);
    const unreadable = {
      ...full,
      resource: { ...full.resource, gid: `${canaries.plant("unreadable gid")}@example.com` },
    };

    const bodies = [
      JSON.stringify({ events: [full] }),
      JSON.stringify({ events: [unreadable], [canaries.plant("unknown member")]: canaries.plant("its value") }),
      `{"events":[{"user":"${canaries.plant("broken JSON")}"`,
    ];
    for (const body of bodies) expect((await deliver(door, hook, body)).status).toBe(200);
    const refusals = await Promise.all(
      bodies.map((body) => knock(door, hook.token, body, { "x-hook-signature": canaries.plant("signature") })),
    );

    const rows = await inboxOf(database, door.tenant);
    expect(rows.map(({ state }) => state).sort()).toEqual(["new", "parked", "parked"]);
    expect(canaries.places.length).toBeGreaterThan(15);
    expect(canaries.foundIn(JSON.stringify(rows))).toEqual([]);
    expect(door.log.length).toBeGreaterThan(0);
    expect(canaries.foundIn(door.log.join("\n"))).toEqual([]);
    for (const refusal of refusals) expect(canaries.foundIn(await refusal.text())).toEqual([]);
    // The path is a secret of its own.
    expect(door.log.join("\n")).not.toContain(hook.token);
    expect(door.log.join("\n")).not.toContain(hook.secret);
  });

  test("two tenants behind the same database never meet in an inbox", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const other = await anAsanaDoor(database);
    const [hook, others] = [await aHook(database, door), await aHook(database, other)];

    expect((await deliver(door, hook, aDelivery("1"))).status).toBe(200);
    expect((await deliver(other, others, aDelivery("2"))).status).toBe(200);

    expect((await inboxOf(database, door.tenant)).map(({ fields }) => fields.gid)).toEqual(["1"]);
    expect((await inboxOf(database, other.tenant)).map(({ fields }) => fields.gid)).toEqual(["2"]);
  });
});

function fullOfPeople(canaries: Canaries) {
  const at = (place: string) => canaries.plant(place);
  const person = (role: string) => ({
    gid: at(`${role}: gid`),
    resource_type: "user",
    name: at(`${role}: name`),
    email: `${at(`${role}: e-mail`)}@example.com`,
    photo: { image_21x21: `https://photo.example.com/${at(`${role}: photo`)}` },
  });
  return {
    user: person("user"),
    created_at: "2026-09-07T08:59:58.500Z",
    type: "task",
    action: "changed",
    resource: {
      gid: "1200000000000101",
      resource_type: "task",
      resource_subtype: "default_task",
      name: at("name of the task"),
      assignee: person("assignee"),
      notes: at("description"),
      text: at("text of the story"),
    },
    parent: {
      gid: "1200000000000055",
      resource_type: "section",
      name: at("name of the section"),
      created_by: person("creator of the parent"),
    },
    change: {
      field: "assignee",
      action: "changed",
      new_value: person("new value"),
      added_value: person("added value"),
      removed_value: person("removed value"),
    },
  };
}
