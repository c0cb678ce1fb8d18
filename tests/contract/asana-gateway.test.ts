import { describe, expect, onTestFinished, test } from "vitest";
import { openGateway } from "../../apps/asana-sync/src/asana/asana-gateway.ts";
import type { AsanaGateway } from "../../apps/asana-sync/src/asana/gateway.ts";
import { ProcessLimiter } from "../../apps/asana-sync/src/asana/process-limiter.ts";
import { type AsanaInTest, aFakeAsana } from "../support/asana/a-fake-asana.ts";
import { aHookTarget } from "../support/asana/a-hook-target.ts";
import { virtualPacing } from "../support/virtual-pacing.ts";

const EIGHT = Date.parse("2026-09-07T08:00:00Z");

/** Where Asana's document is at hand, each of these tests also fails when a call or a reply does not follow it. */
describe.for<[string, boolean]>([
  ["with the compact ones", true],
  ["alone", false],
])("every call of the gateway, where Asana shows the asked fields %s", ([, optFieldsAddToCompact]) => {
  test("workspaces, projects, sections, fields", async () => {
    const { gateway, world, workspace, project, sections } = await connect(optFieldsAddToCompact);
    const field = world.createEnumField([project], "Phase", ["Draft", "Final"]);
    expect(await gateway.listWorkspaces()).toEqual([{ gid: workspace, name: "Hollow Oak" }]);
    expect(await gateway.listProjects(workspace)).toEqual([{ gid: project, name: "Orders", archived: false }]);
    expect(await gateway.findProject(project)).toEqual({ gid: project, name: "Orders", archived: false });
    expect(await gateway.findProject("1")).toBeUndefined();
    expect(await gateway.listSections(project)).toEqual([
      { gid: sections.toDo, name: "To do" },
      { gid: sections.build, name: "Build" },
      { gid: sections.done, name: "Done" },
    ]);
    expect(await gateway.listFieldSettings(project)).toEqual([
      { custom_field: { gid: field.gid, name: "Phase", resource_subtype: "enum", enum_options: field.options } },
    ]);
  });

  test("tasks, stories, subtasks", async () => {
    const { gateway, clock, world, project, sections } = await connect(optFieldsAddToCompact);
    const task = world.createTask({ project });
    const subtask = world.createTask({ parent: task });
    clock.advance(60_000);
    world.moveToSection(task, sections.build);
    world.complete(task);
    world.logTime(task, { minutes: 25, enteredOn: "2026-09-07" });
    const whole = {
      gid: task,
      created_at: EIGHT,
      modified_at: EIGHT + 60_000,
      completed: true,
      completed_at: EIGHT + 60_000,
      actual_time_minutes: 25,
      num_subtasks: 1,
      parent: null,
      memberships: [{ project: { gid: project }, section: { gid: sections.build, name: "Build" } }],
      custom_fields: [],
    };
    expect(await gateway.findTask(task)).toEqual(whole);
    expect(await gateway.findTask("1")).toBeUndefined();
    expect(await gateway.pageOfTasks(project, {})).toEqual({ rows: [whole], nextOffset: undefined });
    expect(await gateway.pageOfTasks(project, { modifiedSince: EIGHT + 60_001 })).toMatchObject({ rows: [] });
    expect(await gateway.listSubtasks(task)).toMatchObject([{ gid: subtask, parent: { gid: task }, memberships: [] }]);
    expect(await gateway.listStories(task)).toMatchObject([
      { resource_subtype: "added_to_project", project: { gid: project }, created_at: EIGHT },
      {
        resource_subtype: "section_changed",
        old_section: { gid: sections.toDo, name: "To do" },
        new_section: { gid: sections.build, name: "Build" },
      },
      { resource_subtype: "marked_complete", created_at: EIGHT + 60_000 },
    ]);
  });

  test.for([false, true])("time entries, where lists show no more than the compact entry: %s", async (compact) => {
    const { gateway, asana, world, project } = await connect(optFieldsAddToCompact);
    asana.dials.entryListsAreCompact = compact;
    const category = world.createCategory("Development");
    const task = world.createTask({ project });
    const gid = world.logTime(task, { minutes: 25, enteredOn: "2026-09-07", category });
    const entry = {
      gid,
      duration_minutes: 25,
      entered_on: "2026-09-07",
      created_at: EIGHT,
      attributable_to: { gid: project },
      created_by: { gid: world.anyone },
      task: { gid: task },
      categories: [{ gid: category, name: "Development" }],
    };
    expect(await gateway.findEntry(gid)).toEqual(entry);
    expect(await gateway.listEntriesOfTask(task)).toEqual([entry]);
    const week = { from: "2026-09-07", to: "2026-09-13" };
    expect(await gateway.pageOfEntries(project, week, undefined)).toEqual({ rows: [entry], nextOffset: undefined });
    const next = { from: "2026-09-14", to: "2026-09-20" };
    expect(await gateway.pageOfEntries(project, next, undefined)).toMatchObject({ rows: [] });
  });

  test("events", async () => {
    const { gateway, world, project } = await connect(optFieldsAddToCompact);
    const begun = await gateway.readEvents(project, undefined);
    expect(begun.kind).toBe("expired");
    const task = world.createTask({ project });
    expect(await gateway.readEvents(project, begun.sync)).toMatchObject({
      kind: "events",
      hasMore: false,
      events: [
        { action: "added", resource: { gid: task, resource_type: "task" }, parent: { gid: project } },
        { action: "added", parent: { resource_type: "section" }, created_at: EIGHT },
        { action: "added", resource: { resource_type: "story" }, parent: { gid: task } },
        { action: "added", resource: { gid: task } },
      ],
    });
  });

  test("webhooks", async () => {
    const { gateway, workspace, project } = await connect(optFieldsAddToCompact);
    const target = await aHookTarget();
    const { gid, secret } = await gateway.createWebhook(project, target.url);
    expect(target.received).toEqual([{ body: "{}", signature: undefined, secret }]);
    const webhook = { gid, active: true, target: target.url, resource: { gid: project }, last_success_at: EIGHT };
    expect(await gateway.findWebhook(gid)).toMatchObject(webhook);
    expect(await gateway.listWebhooks(workspace, project)).toMatchObject([webhook]);
    await gateway.deleteWebhook(gid);
    await gateway.deleteWebhook(gid);
    expect(await gateway.findWebhook(gid)).toBeUndefined();
  });
});

/** A fake Asana, and a gateway to it that waits no real time. */
async function connect(optFieldsAddToCompact: boolean): Promise<AsanaInTest & { readonly gateway: AsanaGateway }> {
  const inTest = await aFakeAsana({ dials: { optFieldsAddToCompact } });
  const pacing = virtualPacing("2026-09-07T08:00:00Z");
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const gateway = openGateway({
    baseUrl: inTest.asana.apiUrl,
    token: async () => "personal-token",
    limiter: new ProcessLimiter(pacing),
    pacing,
    signal: end.signal,
    onChange: () => {},
  });
  return { ...inTest, gateway };
}
