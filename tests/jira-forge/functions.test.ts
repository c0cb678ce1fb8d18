/** The app's functions on what Jira says, with all that it says. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { jiraEvent } from "@stageledger/core/contract/jira-events";
import { eventsRequest, installationRequest } from "@stageledger/core/contract/service-calls";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { SimulatedClock } from "../simulators/asana/simulated-clock.ts";
import { eventPayload } from "../simulators/jira/event-payload.ts";
import { Resources } from "../simulators/jira/resources.ts";
import { World } from "../simulators/jira/world.ts";
import { Canaries } from "../support/canaries.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import { aForgeRuntime, type ForgeRuntime } from "../support/jira-forge/forge-runtime.ts";
import { fullOfCanaries } from "../support/jira-forge/full-of-canaries.ts";
import { describeWithReference } from "../support/reference-dir.ts";
import { readJson } from "../support/reference-logs.ts";
import { until } from "../support/until.ts";

const MOVED = { eventType: "avi:jira:updated:issue", issue: { id: "10088" } };
const pushed = z.object({ queueName: z.literal("changes"), payload: z.array(z.strictObject({ body: jiraEvent })) });

/** The events in the queue, which holds nothing else. */
function queued({ pushes }: ForgeRuntime) {
  return pushes.flatMap((text) => pushed.parse(JSON.parse(text)).payload.map(({ body }) => body));
}

function answering(status: number, body: object = {}, headers: Readonly<Record<string, string>> = {}) {
  return async () => new Response(JSON.stringify(body), { status, headers });
}

/** Events of a team's day in a simulated Jira, as Forge hands them to the app. */
function aDayOfEvents() {
  const world = new World({ now: new SimulatedClock("2026-09-07T08:00:00Z").now });
  const resources = new Resources(world);
  const events: object[] = [];
  world.listen((event) => void events.push({ ...eventPayload(event, resources), timestamp: event.at }));
  const [toDo, done] = [world.createStatus("To Do", "new"), world.createStatus("Done", "done")];
  const [project, other] = [world.createProject("PAY"), world.createProject("SHOP")];
  const ada = world.createPerson();
  const issue = world.createIssue({ project, status: toDo });
  world.assign(issue, ada);
  world.rename(issue, "Betaling van Ada");
  world.comment(issue, "Vraag Ada");
  world.moveStatus(issue, done, ada);
  world.moveToProject(issue, other);
  const worklog = world.addWorklog({ issue, seconds: 5400, by: ada, comment: "Met Ada gebeld" });
  world.editWorklog(worklog, { seconds: 3600 });
  world.deleteWorklog(worklog);
  world.deleteIssue(issue);
  world.deletePerson(ada);
  return { events, world, issue, worklog, ada };
}

describeWithApp("an event of Jira", () => {
  test("reaches the ledger as ids, what happened and when", async () => {
    const forge = aForgeRuntime();
    const { events, issue, worklog, ada } = aDayOfEvents();
    for (const event of events) await forge.happen(event);
    const at = Date.parse("2026-09-07T08:00:00Z");
    const told = queued(forge);
    expect(told).toContainEqual({ what: "issue", action: "created", issue, at });
    expect(told).toContainEqual({ what: "worklog", action: "created", worklog, issue, at });
    expect(told).toContainEqual({ what: "issue", action: "deleted", issue, at });
    expect(told.at(-1)).toEqual({ what: "user", action: "deleted", account: ada });
    expect(await forge.deliver()).toBe(events.length);
    expect(forge.calls.map(({ remote, method, path, headers }) => [remote, method, path, headers])).toEqual(
      events.map(() => ["ledger", "POST", "/forge/v1/events", { "content-type": "application/json" }]),
    );
    expect(forge.calls.map(({ body }) => eventsRequest.parse(JSON.parse(body)))).toEqual(
      told.map((event) => ({ events: [event] })),
    );
    expect(forge.lines).toEqual([]);
  });

  test("puts nothing of a person or a text into the queue; a deleted account's id, which the ledger erases by, alone", async () => {
    const forge = aForgeRuntime();
    const { events, world, ada } = aDayOfEvents();
    for (const event of events) await forge.happen(event);
    const kept = [...forge.pushes, ...forge.lines].join("\n");
    const found = world.personalTexts().filter((text) => kept.includes(text));
    expect(world.personalTexts().length).toBeGreaterThan(8);
    expect(found).toEqual([ada]);
    expect(forge.pushes.filter((text) => text.includes(ada))).toHaveLength(1);
  });

  test("puts no other member of it into the queue, whatever Jira writes there", async () => {
    const forge = aForgeRuntime();
    const canaries = new Canaries();
    const { events } = aDayOfEvents();
    for (const event of events) await forge.happen(Object(fullOfCanaries(event, canaries)));
    expect(canaries.places.length).toBeGreaterThan(60);
    expect(queued(forge)).toHaveLength(events.length);
    expect(canaries.foundIn(forge.pushes.join("\n"))).toEqual(["accountId"]);
    await forge.deliver();
    const left = forge.calls.map(({ body }) => body).filter((body) => !body.includes('"what":"user"'));
    expect(left).toHaveLength(events.length - 1);
    expect(canaries.foundIn([...left, ...forge.lines].join("\n"))).toEqual([]);
  });

  test("is far smaller in the queue than what it takes, however long it was", async () => {
    const forge = aForgeRuntime();
    const long = "Heel lang verhaal. ".repeat(10_000);
    await forge.happen({ ...MOVED, timestamp: 9_007_199_254_740_991, issue: { id: "9".repeat(19), fields: { long } } });
    await forge.happen({ eventType: "avi:jira:deleted:user", accountId: "a".repeat(128), timestamp: 1 });
    expect(queued(forge)).toHaveLength(2);
    for (const push of forge.pushes) expect(Buffer.byteLength(push)).toBeLessThan(600);
  });

  test("that cannot be read is let go, and a line without a word of it says so", async () => {
    const forge = aForgeRuntime();
    await forge.happen({ eventType: "avi:jira:updated:issue", issue: { id: "PAY-88", fields: { summary: "Ada" } } });
    expect([forge.pushes, forge.waits]).toEqual([[], []]);
    expect(forge.lines).toEqual(['{"what":"event not understood"}']);
  });

  test.each([429, 405, 500, 503, 202, 413])(
    "that the queue answers with %i is tried again by Forge",
    async (status) => {
      const forge = aForgeRuntime();
      forge.queueStatus = status;
      await forge.happen({ ...MOVED, issue: { id: "10088", fields: { summary: "Ada" } } });
      expect(forge.waits).toEqual([60, 180, 600, 900, 900]);
      expect(forge.lines).toHaveLength(5);
      expect(forge.lines.join()).not.toContain("Ada");
      forge.queueStatus = 201;
      await forge.happen(MOVED);
      expect(queued(forge)).toEqual([{ what: "issue", action: "updated", issue: "10088" }]);
    },
  );
});

describeWithApp("an event in the queue", () => {
  async function anEventInTheQueue(): Promise<ForgeRuntime> {
    const forge = aForgeRuntime();
    await forge.happen(MOVED);
    return forge;
  }

  test.each([200, 202, 204])("that the ledger answers with %i is done", async (status) => {
    const forge = await anEventInTheQueue();
    forge.answer = async () => new Response(undefined, { status });
    expect(await forge.deliver()).toBe(1);
    expect([forge.waits, forge.lines]).toEqual([[], []]);
  });

  test.each([500, 502, 503, 504, 408, 425, 429])("that the ledger answers with %i is tried again", async (status) => {
    const forge = await anEventInTheQueue();
    forge.answer = answering(status, { detail: "secret" });
    expect(await forge.deliver()).toBe(5);
    expect(forge.waits).toEqual([60, 180, 600, 900, 900]);
    expect(forge.lines[0]).toBe(`{"what":"event not delivered","status":${status}}`);
  });

  test("that nobody answers is tried again, and is done when the ledger is back", async () => {
    const forge = await anEventInTheQueue();
    let isBack = false;
    forge.answer = async () => {
      if (isBack) return new Response("{}", { status: 202 });
      isBack = true;
      throw new Error("connect ECONNREFUSED 203.0.113.7:443");
    };
    expect(await forge.deliver()).toBe(2);
    expect(forge.waits).toEqual([60]);
    expect(forge.lines).toEqual(['{"what":"event not delivered"}']);
    expect(forge.calls.map(({ body }) => body)).toEqual([
      '{"events":[{"what":"issue","action":"updated","issue":"10088"}]}',
      '{"events":[{"what":"issue","action":"updated","issue":"10088"}]}',
    ]);
  });

  test("that the ledger keeps waiting is tried again after 15 seconds, before Forge ends the function", async () => {
    const forge = await anEventInTheQueue();
    const limits = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => AbortSignal.abort());
    onTestFinished(() => limits.mockRestore());
    forge.answer = async ({ signal }) => {
      signal?.throwIfAborted();
      return new Response("{}", { status: 202 });
    };
    expect(await forge.deliver()).toBe(5);
    expect(limits).toHaveBeenCalledWith(15_000);
    expect(forge.lines[0]).toBe('{"what":"event not delivered"}');
  });

  test("for which Forge's own proxy has no answer is tried again", async () => {
    const forge = await anEventInTheQueue();
    forge.answer = answering(424, {}, { "forge-proxy-error": "UPSTREAM_UNREACHABLE" });
    expect(await forge.deliver()).toBe(5);
    expect(forge.lines[0]).toBe('{"what":"event not delivered"}');
  });

  test.each([
    ["5", 60],
    ["300", 300],
    ["86400", 900],
    ["soon", 60],
  ])("waits as long as the ledger asks for by Retry-After: %s", async (retryAfter, wait) => {
    const forge = await anEventInTheQueue();
    forge.answer = answering(429, {}, { "retry-after": retryAfter });
    await forge.deliver();
    expect(forge.waits[0]).toBe(wait);
  });

  test.each([400, 401, 403, 404, 413, 301])("that the ledger refuses with %i is given up", async (status) => {
    const forge = await anEventInTheQueue();
    forge.answer = answering(status);
    expect(await forge.deliver()).toBe(1);
    expect(forge.waits).toEqual([]);
    expect(forge.lines).toEqual([`{"what":"event refused","status":${status}}`]);
  });

  test("that is refused leaves the ledger's code in the log, and none of its words", async () => {
    const forge = await anEventInTheQueue();
    const code = "INSTALLATION_UNKNOWN";
    const words = { type: "about:blank", title: "Ada", detail: "Ada is not known", requestId: "r-1" };
    forge.answer = answering(403, { ...words, status: 403, code });
    await forge.deliver();
    expect(forge.lines).toEqual([`{"what":"event refused","status":403,"code":"${code}"}`]);
  });

  test("that an older app left there and that says more than it may goes nowhere", async () => {
    const forge = aForgeRuntime();
    await forge.leaveInQueue({ eventType: "avi:jira:updated:issue", issue: { id: "1", fields: { summary: "Ada" } } });
    await forge.leaveInQueue({ what: "issue", action: "updated", issue: "1", summary: "Ada" });
    expect(await forge.deliver()).toBe(2);
    expect([forge.calls, forge.waits]).toEqual([[], []]);
    expect(forge.lines).toEqual(Array(2).fill('{"what":"queued event not understood"}'));
  });
});

describeWithApp("the app's own coming and going", () => {
  const INSTALLED = {
    eventType: "avi:forge:installed:app",
    id: "ari:cloud:ecosystem::installation/1",
    installerAccountId: "zq-ada",
    app: { id: "ari:cloud:ecosystem::app/1", version: "1", ownerAccountId: "zq-owner" },
  };

  test("is told when it was installed, without who did it", async () => {
    const forge = aForgeRuntime();
    await forge.happen(INSTALLED);
    expect(forge.calls).toMatchObject([
      { method: "POST", path: "/forge/v1/installation", body: '{"action":"installed"}' },
    ]);
    expect(installationRequest.parse(JSON.parse(forge.calls[0]?.body ?? ""))).toEqual({ action: "installed" });
    expect([forge.waits, forge.lines, forge.pushes]).toEqual([[], [], []]);
  });

  test("is told later when the ledger does not answer, and not again when it refuses", async () => {
    const forge = aForgeRuntime();
    forge.answer = answering(503, {}, { "retry-after": "120" });
    await forge.happen(INSTALLED);
    expect(forge.waits).toEqual([120, 180, 600, 900, 900]);
    forge.lines.length = 0;
    forge.answer = answering(401);
    await forge.happen(INSTALLED);
    expect(forge.waits).toHaveLength(5);
    expect(forge.lines).toEqual(['{"what":"installation refused","status":401}']);
  });

  test("is told before it is uninstalled, three times where the ledger fails", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    try {
      const forge = aForgeRuntime();
      forge.answer = answering(503);
      let passedMilliseconds = 0;
      let hasLeft = false;
      const leaving = forge.uninstall().then(() => {
        hasLeft = true;
      });
      await until(async () => {
        passedMilliseconds += 1000;
        await vi.advanceTimersByTimeAsync(1000);
        return hasLeft || passedMilliseconds > 1_000_000;
      }, "the function's end");
      await leaving;
      expect(forge.calls.map(({ path, body }) => [path, body])).toEqual(
        Array(3).fill(["/forge/v1/installation", '{"action":"uninstalled"}']),
      );
      expect(forge.lines).toEqual(Array(3).fill('{"what":"uninstallation not taken","status":503}'));
    } finally {
      vi.useRealTimers();
    }
  });

  test("is told once before it is uninstalled where the ledger takes it, or refuses", async () => {
    const forge = aForgeRuntime();
    await forge.uninstall();
    expect([forge.calls.length, forge.lines]).toEqual([1, []]);
    forge.answer = answering(403);
    await forge.uninstall();
    expect([forge.calls.length, forge.lines]).toEqual([2, ['{"what":"uninstallation not taken","status":403}']]);
  });
});

describe("recorded webhooks", () => {
  describeWithReference("of real sites", (referenceDir) => {
    const folder = join(referenceDir, "data/mattermost-jira-webhooks");
    const names = readdirSync(folder).filter((name) => name.endsWith(".json"));

    describeWithApp("with a canary in every other member", () => {
      test.each(names)("%s puts none into the queue", async (name) => {
        const forge = aForgeRuntime();
        const canaries = new Canaries();
        const recorded = readJson(join(folder, name), z.looseObject({ webhookEvent: z.string() }));
        const event = /^jira:issue_(?<action>created|updated|deleted)$/u.exec(recorded.webhookEvent)?.groups?.action;
        // As Forge names it. What it never sends us, a comment's event, we make it send all the same.
        const eventType = event === undefined ? "avi:jira:updated:issue" : `avi:jira:${event}:issue`;
        await forge.happen({ ...Object(fullOfCanaries(recorded, canaries)), eventType });
        expect(canaries.places.length).toBeGreaterThan(event === undefined ? 8 : 40);
        await forge.deliver();
        const kept = [...forge.pushes, ...forge.lines, ...forge.calls.map(({ body }) => body)];
        expect(kept.length).toBeGreaterThan(0);
        expect(canaries.foundIn(kept.join("\n"))).toEqual([]);
        if (event !== undefined) expect(queued(forge)).toMatchObject([{ what: "issue", action: event }]);
      });
    });
  });
});
