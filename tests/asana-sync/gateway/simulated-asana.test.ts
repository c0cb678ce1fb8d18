import { createServer, type Server } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { openGateway } from "../../../apps/asana-sync/src/asana/asana-gateway.ts";
import type { AsanaGateway } from "../../../apps/asana-sync/src/asana/gateway.ts";
import { ProcessLimiter } from "../../../apps/asana-sync/src/asana/process-limiter.ts";
import type { SiteDials } from "../../simulators/asana/site.ts";
import { type AsanaInTest, aFakeAsana } from "../../support/asana/a-fake-asana.ts";
import { codedRejection } from "../../support/rejection.ts";

interface InTest extends AsanaInTest {
  readonly gateway: AsanaGateway;
}

/** The gateway on the simulated Asana, which holds every call against Asana's own document. Waiting moves its clock. */
async function aGateway(dials: Partial<SiteDials> = {}): Promise<InTest> {
  const fake = await aFakeAsana({ dials });
  const pacing = {
    now: fake.clock.now,
    random: () => 0,
    sleep: async (milliseconds: number) => fake.clock.advance(milliseconds),
  };
  const gateway = openGateway({
    baseUrl: fake.asana.apiUrl,
    token: async () => "personal-token",
    limiter: new ProcessLimiter(pacing),
    pacing,
    signal: new AbortController().signal,
    onChange: () => {},
  });
  return { ...fake, gateway };
}

/** Echoes the secret of a handshake, as the door does. */
async function anEchoingTarget(): Promise<{ readonly url: string; readonly secrets: readonly string[] }> {
  const secrets: string[] = [];
  const server: Server = createServer((request, response) => {
    const secret = String(request.headers["x-hook-secret"]);
    secrets.push(secret);
    response.writeHead(200, { "x-hook-secret": secret }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It listens on no port.");
  return { url: `http://127.0.0.1:${address.port}/hooks/asana/1`, secrets };
}

const COMPACT: readonly Partial<SiteDials>[] = [
  { entryListsAreCompact: false, optFieldsAddToCompact: true },
  { entryListsAreCompact: true, optFieldsAddToCompact: true },
  { entryListsAreCompact: false, optFieldsAddToCompact: false },
];

describe.each(COMPACT)("every call, as Asana's own document has it (%o)", (dials) => {
  it("finds places: workspaces, projects, sections, fields", async () => {
    const { gateway, world, workspace, project, sections } = await aGateway(dials);
    expect((await gateway.listWorkspaces()).map(({ gid }) => gid)).toContain(workspace);
    expect(await gateway.listProjects(workspace)).toMatchObject([{ gid: project, name: "Orders", archived: false }]);
    expect(await gateway.findProject(project)).toMatchObject({ gid: project, name: "Orders" });
    expect(await gateway.findProject("404404")).toBeUndefined();
    expect(await gateway.listSections(project)).toEqual([
      { gid: sections.toDo, name: "To do" },
      { gid: sections.build, name: "Build" },
      { gid: sections.done, name: "Done" },
    ]);
    const field = world.createEnumField([project], "Stage", ["Now", "Later"]);
    expect(await gateway.listFieldSettings(project)).toMatchObject([
      { custom_field: { gid: field.gid, name: "Stage", enum_options: [{ name: "Now" }, { name: "Later" }] } },
    ]);
  });

  it("reads a task, its stories, its sub-tasks and its entries", async () => {
    const { gateway, clock, world, project, sections } = await aGateway(dials);
    const task = world.createTask({ project });
    const subtask = world.createTask({ parent: task });
    clock.advance(60_000);
    world.moveToSection(task, sections.build);
    const entry = world.logTime(task, { minutes: 25, enteredOn: "2026-09-07" });
    expect(await gateway.findTask(task)).toMatchObject({
      gid: task,
      created_at: Date.UTC(2026, 8, 7, 8),
      completed: false,
      actual_time_minutes: 25,
      num_subtasks: 1,
      memberships: [{ project: { gid: project }, section: { gid: sections.build, name: "Build" } }],
    });
    const moves = (await gateway.listStories(task))?.filter(({ resource_subtype: kind }) => kind === "section_changed");
    expect(moves).toMatchObject([
      { created_at: Date.UTC(2026, 8, 7, 8, 1), old_section: { name: "To do" }, new_section: { gid: sections.build } },
    ]);
    expect((await gateway.listSubtasks(task))?.map(({ gid, parent }) => [gid, parent?.gid])).toEqual([[subtask, task]]);
    const logged = {
      gid: entry,
      duration_minutes: 25,
      entered_on: "2026-09-07",
      created_at: Date.UTC(2026, 8, 7, 8, 1),
      task: { gid: task },
    };
    expect(await gateway.listEntriesOfTask(task)).toMatchObject([logged]);
    expect(await gateway.findEntry(entry)).toMatchObject(logged);
    const days = { from: "2026-09-01", to: "2026-09-07" };
    const listed = await gateway.pageOfEntries(project, days, undefined);
    expect(listed.rows).toMatchObject([logged]);
    expect(listed.nextOffset).toBeUndefined();
    expect((await gateway.pageOfEntries(project, { from: "2026-09-08", to: "2026-09-09" }, undefined)).rows).toEqual(
      [],
    );
    for (const absent of [gateway.findTask("404404"), gateway.listStories("404404"), gateway.listSubtasks("404404")]) {
      expect(await absent).toBeUndefined();
    }
    expect(await gateway.listEntriesOfTask("404404")).toBeUndefined();
    expect(await gateway.findEntry("404404")).toBeUndefined();
  });

  it("pages through tasks, all of them or those that changed", async () => {
    const { gateway, clock, world, project } = await aGateway(dials);
    const tasks = Array.from({ length: 101 }, () => world.createTask({ project }));
    const first = await gateway.pageOfTasks(project, {});
    expect(first.rows).toHaveLength(100);
    const second = await gateway.pageOfTasks(project, { offset: first.nextOffset ?? "" });
    expect([...first.rows, ...second.rows].map(({ gid }) => gid).sort()).toEqual(tasks.toSorted());
    expect(second.nextOffset).toBeUndefined();
    clock.advance(60_000);
    const since = clock.now();
    const late = world.createTask({ project });
    expect((await gateway.pageOfTasks(project, { modifiedSince: since })).rows.map(({ gid }) => gid)).toEqual([late]);
  });

  it("follows the list of events", async () => {
    const { gateway, world, project, asana } = await aGateway(dials);
    const begun = await gateway.readEvents(project, undefined);
    expect(begun.kind).toBe("expired");
    const task = world.createTask({ project });
    const read = await gateway.readEvents(project, begun.sync);
    expect(read.kind === "events" && read.events.some(({ resource }) => resource.gid === task)).toBe(true);
    expect(read.kind === "events" && read.events.every(({ resource }) => resource.resource_type)).toBe(true);
    asana.eventLog.forgetCursors();
    expect((await gateway.readEvents(project, read.sync)).kind).toBe("expired");
  });

  it("creates, finds, lists and deletes webhooks", async () => {
    const { gateway, workspace, project } = await aGateway(dials);
    const target = await anEchoingTarget();
    const { gid, secret } = await gateway.createWebhook(project, target.url);
    expect(target.secrets).toEqual([secret]);
    expect(await gateway.findWebhook(gid)).toMatchObject({ gid, active: true, resource: { gid: project } });
    expect(await gateway.listWebhooks(workspace, project)).toMatchObject([{ gid, target: target.url }]);
    await gateway.deleteWebhook(gid);
    await gateway.deleteWebhook(gid);
    expect(await gateway.findWebhook(gid)).toBeUndefined();
    expect(await gateway.listWebhooks(workspace, project)).toEqual([]);
  });
});

describe("in bad weather", () => {
  it("a plan without time tracking says so of entries, and tasks are read without their minutes", async () => {
    const { gateway, asana, clock, world, project } = await aGateway();
    const task = world.createTask({ project });
    const subtask = world.createTask({ parent: task });
    asana.dials.hasTimeTracking = false;
    expect((await codedRejection(gateway.listEntriesOfTask(task))).code).toBe("ASANA_PLAN");
    expect((await gateway.findTask(task))?.gid).toBe(task);
    expect(asana.requests).toHaveLength(3);
    expect((await gateway.pageOfTasks(project, {})).rows.map(({ gid }) => gid)).toEqual([task]);
    expect((await gateway.listSubtasks(task))?.map(({ gid }) => gid)).toEqual([subtask]);
    expect(asana.requests, "the plan is asked for minutes once").toHaveLength(5);
    asana.dials.hasTimeTracking = true;
    clock.advance(3_600_000);
    expect((await gateway.findTask(task))?.actual_time_minutes).toBe(0);
  });

  it("a storm of refusals is sat out, and nobody asks before Retry-After is over", async () => {
    const { gateway, asana, clock, world, project } = await aGateway();
    const task = world.createTask({ project });
    asana.limits.storm(2, 20);
    const startedAt = clock.now();
    expect((await gateway.findTask(task))?.gid).toBe(task);
    expect(clock.now()).toBe(startedAt + 40_000);
    expect(asana.requests).toHaveLength(3);
  });

  it("a place in a list that expires half-way is begun anew", async () => {
    const { gateway, asana, clock, world, project } = await aGateway();
    const parent = world.createTask({ project });
    for (let count = 0; count < 150; count += 1) world.createTask({ parent });
    asana.dials.beforeAnswer = async () => {
      if (asana.requests.length === 2) clock.advance(asana.dials.offsetLifetimeMilliseconds);
    };
    expect(await gateway.listSubtasks(parent)).toHaveLength(150);
    expect(asana.requests).toHaveLength(4);
  });
});
