import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type AsanaInTest, aFakeAsana } from "../../support/asana/a-fake-asana.ts";
import { aHookTarget, type HookTarget } from "../../support/asana/a-hook-target.ts";
import { askAsana } from "../../support/asana/ask-asana.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const created = z.object({ data: z.object({ gid: z.string() }), "X-Hook-Secret": z.string() });
const delivery = z.object({
  events: z.array(z.looseObject({ action: z.string(), resource: z.looseObject({ gid: z.string() }) })),
});

describe("creating a webhook", () => {
  test("rings at the target with the secret while the call is open, and answers with the same secret", async () => {
    const { asana, project } = await aFakeAsana();
    const target = await aHookTarget();
    let isAnswered = false;
    target.beforeEcho = async () => {
      await new Promise((turn) => setTimeout(turn, 50));
      expect(isAnswered).toBe(false);
    };

    const answer = await create(asana.apiUrl, project, target.url);
    isAnswered = true;

    expect(answer.status).toBe(201);
    expect(target.received).toEqual([
      { body: "{}", signature: undefined, secret: created.parse(answer.json)["X-Hook-Secret"] },
    ]);
  });

  test.for<[string, Partial<HookTarget>]>([
    ["does not give the secret back", { echoes: false }],
    ["answers 201", { status: 201 }],
  ])("is refused with 400 when the target %s", async ([, behaviour]) => {
    const { asana, project, workspace } = await aFakeAsana();
    const target = Object.assign(await aHookTarget(), behaviour);
    expect((await create(asana.apiUrl, project, target.url)).status).toBe(400);
    const { json } = await askAsana(asana.apiUrl, `/webhooks?workspace=${workspace}`);
    expect(json).toEqual({ data: [] });
  });

  test("a second one for the same project and target is refused with 403, also while the first is being made", async () => {
    const { asana, project } = await aFakeAsana();
    const target = await aHookTarget();
    target.beforeEcho = async () => {
      expect((await create(asana.apiUrl, project, target.url)).status).toBe(403);
    };
    expect((await create(asana.apiUrl, project, target.url)).status).toBe(201);
    const second = await create(asana.apiUrl, project, target.url);
    expect(second).toMatchObject({ status: 403, json: { errors: [{ message: "Duplicated webhook" }] } });
    expect((await create(asana.apiUrl, project, `${target.url}/other`)).status).toBe(201);
  });

  test("a local target is refused with 403 where the dial says so", async () => {
    const { asana, project } = await aFakeAsana({ webhookDials: { refusesLocalTargets: true } });
    const target = await aHookTarget();
    expect((await create(asana.apiUrl, project, target.url)).status).toBe(403);
    expect(target.received).toEqual([]);
  });
});

describe("delivering", () => {
  test("a move rings for the task that left a section, that came to one, and for the story, in one POST", async () => {
    const { world, project, sections, asana, target } = await aConnectedAsana();
    const task = world.createTask({ project });
    await asana.deliverDue();
    const before = target.received.length;

    world.moveToSection(task, sections.build);
    expect(await asana.deliverDue()).toBe(1);

    const { events } = delivery.parse(JSON.parse(target.received[before]?.body ?? ""));
    expect(events).toMatchObject([
      { action: "removed", resource: { gid: task }, parent: { gid: sections.toDo, resource_type: "section" } },
      { action: "added", resource: { gid: task }, parent: { gid: sections.build, resource_type: "section" } },
      { action: "added", resource: { resource_subtype: "section_changed" }, parent: { gid: task } },
    ]);
    expect(events.filter((event) => "gid" in event)).toEqual([]);
  });

  test("the signature is over the raw bytes: many bodies differ from what JSON.stringify makes of them", async () => {
    const { world, project, asana, target, secret } = await aConnectedAsana();
    for (let made = 0; made < 20; made += 1) {
      world.createTask({ project });
      await asana.deliverDue();
    }
    const deliveries = target.received.slice(1);
    for (const { body, signature } of deliveries) {
      expect(signature).toBe(createHmac("sha256", secret).update(body).digest("hex"));
    }
    const rewritten = deliveries.filter(({ body }) => JSON.stringify(JSON.parse(body)) !== body);
    expect(rewritten.length).toBeGreaterThan(5);
    expect(rewritten.some(({ body }) => body.includes("\\u"))).toBe(true);
  });

  test("many events are spread over POSTs of the dialled size", async () => {
    const { world, project, asana, target } = await aConnectedAsana({ webhookDials: { eventsPerPost: 4 } });
    await asana.deliverDue();
    const before = target.received.length;
    // Each task rings four times: into the project, its section, "My tasks", and with a story.
    for (let made = 0; made < 3; made += 1) world.createTask({ project });
    await asana.deliverDue();
    expect(target.received.slice(before).map(({ body }) => delivery.parse(JSON.parse(body)).events.length)).toEqual([
      4, 4, 4,
    ]);
  });

  test("a heartbeat without events comes after the handshake and every eight hours", async () => {
    const { clock, asana, target } = await aConnectedAsana();
    const beats = async () => {
      await asana.deliverDue();
      return target.received.slice(1).filter(({ body }) => delivery.parse(JSON.parse(body)).events.length === 0).length;
    };
    expect(await beats()).toBe(1);
    clock.advance(8 * HOUR - 1);
    expect(await beats()).toBe(1);
    clock.advance(1);
    expect(await beats()).toBe(2);
  });

  test("what fails is tried again after 10 s, then 20 s, then 40 s, and arrives once the target is back", async () => {
    const { clock, world, project, asana, target } = await aConnectedAsana();
    await asana.deliverDue();
    target.status = 500;
    world.createTask({ project });
    expect(await asana.deliverDue()).toBe(1);
    const startedAt = clock.now();
    const waits: number[] = [];
    for (const _ of [1, 2]) {
      clock.advanceTo((asana.nextDueAt() ?? 0) - 1);
      expect(await asana.deliverDue()).toBe(0);
      clock.advance(1);
      expect(await asana.deliverDue()).toBe(1);
      waits.push(clock.now() - startedAt);
    }
    expect(waits).toEqual([10_000, 30_000]);

    target.status = 204;
    const before = target.received.length;
    clock.advanceTo(asana.nextDueAt() ?? 0);
    expect(clock.now() - startedAt).toBe(70_000);
    await asana.deliverDue();
    expect(delivery.parse(JSON.parse(target.received[before]?.body ?? "")).events).toHaveLength(4);
    expect(asana.faults.table).toEqual({ "delivery failed": 3 });
  });

  test("a target that does not answer in time has failed", async () => {
    const { asana, target } = await aConnectedAsana({ webhookDials: { answerWithinMilliseconds: 100 } });
    target.isMute = true;
    await asana.deliverDue();
    expect(asana.faults.of("delivery failed")).toBe(1);
  });

  test("its health tells of failures, and of the instant of its deletion", async () => {
    const { asana, target, webhook } = await aConnectedAsana();
    target.status = 503;
    await asana.deliverDue();
    expect((await askAsana(asana.apiUrl, `/webhooks/${webhook}`)).json).toMatchObject({
      data: {
        active: true,
        last_success_at: "2026-09-07T08:00:00.000Z",
        last_failure_at: "2026-09-07T08:00:00.000Z",
        delivery_retry_count: 1,
        next_attempt_after: "2026-09-07T08:00:10.000Z",
        failure_deletion_timestamp: "2026-09-08T08:00:00.000Z",
      },
    });
  });

  test("after 24 hours without success the webhook is gone, and one millisecond earlier it is not", async () => {
    const { clock, asana, target, webhook } = await aConnectedAsana();
    target.status = 500;
    await asana.deliverDue();
    clock.advance(24 * HOUR - 1);
    await asana.deliverDue();
    expect((await askAsana(asana.apiUrl, `/webhooks/${webhook}`)).status).toBe(200);
    clock.advance(1);
    await asana.deliverDue();
    expect((await askAsana(asana.apiUrl, `/webhooks/${webhook}`)).status).toBe(404);
    expect(asana.faults.of("webhook deleted")).toBe(1);
    expect(asana.nextDueAt()).toBeUndefined();
  });

  test("one success begins the 24 hours anew", async () => {
    const { clock, asana, target, webhook } = await aConnectedAsana();
    target.status = 500;
    await asana.deliverDue();
    clock.advance(23 * HOUR);
    target.status = 200;
    await asana.deliverDue();
    target.status = 500;
    clock.advance(2 * HOUR);
    await asana.deliverDue();
    expect((await askAsana(asana.apiUrl, `/webhooks/${webhook}`)).status).toBe(200);
  });

  test("a real timer delivers where nobody steers, until the fake is closed", async () => {
    const { asana, target } = await aConnectedAsana();
    asana.deliverEvery(5);
    await expect.poll(() => target.received.length).toBe(2);
  });

  test("filters let pass what they name", async () => {
    const { world, project, sections, asana } = await aFakeAsana();
    const target = await aHookTarget();
    await create(asana.apiUrl, project, target.url, [{ resource_type: "story", action: "added" }]);
    await asana.deliverDue();
    const before = target.received.length;
    world.moveToSection(world.createTask({ project }), sections.done);
    await asana.deliverDue();
    const { events } = delivery.parse(JSON.parse(target.received[before]?.body ?? ""));
    expect(events.map(({ resource }) => resource.resource_subtype)).toEqual(["added_to_project", "section_changed"]);
  });

  test("a deleted webhook rings no more, and deleting it again is a 404", async () => {
    const { world, project, asana, webhook } = await aConnectedAsana();
    expect(await askAsana(asana.apiUrl, `/webhooks/${webhook}`, { method: "DELETE" })).toEqual({
      status: 200,
      json: { data: {} },
    });
    world.createTask({ project });
    expect(await asana.deliverDue()).toBe(0);
    expect((await askAsana(asana.apiUrl, `/webhooks/${webhook}`, { method: "DELETE" })).status).toBe(404);
  });
});

describe("chaos in deliveries", () => {
  test("all dropped: nothing arrives, and each is counted", async () => {
    const { world, project, asana, target } = await aConnectedAsana({ chaosDials: { dropped: 1 } });
    await asana.deliverDue();
    const before = target.received.length;
    world.createTask({ project });
    await asana.deliverDue();
    expect(target.received).toHaveLength(before);
    expect(asana.faults.table).toEqual({ "delivery dropped": 4 });
  });

  test("a share of 30 % drops about 30 of 100, the same ones in every run of a seed, whatever else is turned on", async () => {
    const arrive = async (chaosDials: { duplicated: number }) => {
      const { world, project, asana, target } = await aConnectedAsana({
        chaosDials: { dropped: 0.3, ...chaosDials },
        seed: 7,
      });
      for (let made = 0; made < 25; made += 1) world.createTask({ project });
      await asana.deliverDue();
      const events = target.received.slice(1).flatMap(({ body }) => delivery.parse(JSON.parse(body)).events);
      const distinct = [...new Set(events.map((event) => JSON.stringify(event)))];
      expect(distinct).toHaveLength(100 - asana.faults.of("delivery dropped"));
      return distinct;
    };
    const arrived = await arrive({ duplicated: 0 });
    expect(arrived.length).toBeGreaterThan(55);
    expect(arrived.length).toBeLessThan(85);
    expect(await arrive({ duplicated: 0 })).toEqual(arrived);
    expect(await arrive({ duplicated: 1 })).toEqual(arrived);
  });

  test("all doubled: each event arrives twice", async () => {
    const { world, project, asana, target } = await aConnectedAsana({ chaosDials: { duplicated: 1 } });
    world.createTask({ project });
    await asana.deliverDue();
    const arrived = target.received.slice(1).flatMap(({ body }) => delivery.parse(JSON.parse(body)).events);
    expect(arrived).toHaveLength(8);
    expect(new Set(arrived.map((event) => JSON.stringify(event))).size).toBe(4);
  });

  test("all delayed: nothing at once, everything within the delay", async () => {
    const { clock, world, project, asana, target } = await aConnectedAsana({
      chaosDials: { delayed: 1, delayedByMilliseconds: 10 * MINUTE },
    });
    await asana.deliverDue();
    const before = target.received.length;
    world.createTask({ project });
    expect(await asana.deliverDue()).toBe(0);
    clock.advance(10 * MINUTE);
    await asana.deliverDue();
    const arrived = target.received.slice(before).flatMap(({ body }) => delivery.parse(JSON.parse(body)).events);
    expect(arrived).toHaveLength(4);
  });

  test("reordered: the same events in another order", async () => {
    const { world, project, asana, target } = await aConnectedAsana({ chaosDials: { reordered: 1 } });
    const tasks = Array.from({ length: 10 }, () => world.createTask({ project }));
    await asana.deliverDue();
    const arrived = target.received.slice(1).flatMap(({ body }) => delivery.parse(JSON.parse(body)).events);
    const order = [...new Set(arrived.map(({ resource }) => resource.gid).filter((gid) => tasks.includes(gid)))];
    expect(order).not.toEqual(tasks);
    expect(order.sort()).toEqual(tasks);
  });
});

interface ConnectedAsana extends AsanaInTest {
  readonly target: HookTarget;
  readonly webhook: string;
  readonly secret: string;
}

async function aConnectedAsana(options: Parameters<typeof aFakeAsana>[0] = {}): Promise<ConnectedAsana> {
  const inTest = await aFakeAsana(options);
  const target = await aHookTarget();
  const answer = created.parse((await create(inTest.asana.apiUrl, inTest.project, target.url)).json);
  return { ...inTest, target, webhook: answer.data.gid, secret: answer["X-Hook-Secret"] };
}

async function create(apiUrl: string, resource: string, target: string, filters: readonly object[] = []) {
  return askAsana(apiUrl, "/webhooks", { method: "POST", body: { data: { resource, target, filters } } });
}
