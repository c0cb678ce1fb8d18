import { describe, expect, test } from "vitest";
import { z } from "zod";
import { aFakeAsana } from "../../support/asana/a-fake-asana.ts";
import { askAsana } from "../../support/asana/ask-asana.ts";

const HOUR = 3_600_000;

const cursor = z.object({ sync: z.string() });
const events = z.object({
  data: z.array(z.looseObject({ action: z.string(), resource: z.looseObject({ gid: z.string() }) })),
  sync: z.string(),
  has_more: z.boolean(),
});

describe("GET /events", () => {
  test("the first call is 412 with a cursor, which shows what happened since and nothing before", async () => {
    const { world, project, sections, asana } = await aFakeAsana();
    const task = world.createTask({ project });
    const sync = await firstCursor(asana.apiUrl, project);
    world.moveToSection(task, sections.build);

    const page = await read(asana.apiUrl, project, sync);
    expect(page.data.map(({ action }) => action)).toEqual(["removed", "added", "added"]);
    expect(page.has_more).toBe(false);
    expect((await read(asana.apiUrl, project, page.sync)).data).toEqual([]);
    // A cursor that was used once still is good: a caller may have died before it kept the new one.
    expect((await read(asana.apiUrl, project, sync)).data).toEqual(page.data);
  });

  test("100 events a page, and whether there are more", async () => {
    const { world, project, asana } = await aFakeAsana();
    const sync = await firstCursor(asana.apiUrl, project);
    // Four events each.
    for (let made = 0; made < 30; made += 1) world.createTask({ project });
    const first = await read(asana.apiUrl, project, sync);
    const second = await read(asana.apiUrl, project, first.sync);
    expect([first.data.length, first.has_more, second.data.length, second.has_more]).toEqual([100, true, 20, false]);
  });

  test("a cursor is unknown after 24 hours, in another project, and when Asana forgot it: 412 with a fresh one", async () => {
    const { clock, world, project, workspace, asana } = await aFakeAsana();
    const other = world.createProject(workspace);
    const sync = await firstCursor(asana.apiUrl, project);
    clock.advance(24 * HOUR - 1);
    await read(asana.apiUrl, project, sync);
    expect((await askAsana(asana.apiUrl, `/events?resource=${other}&sync=${sync}`)).status).toBe(412);
    clock.advance(1);
    const expired = await askAsana(asana.apiUrl, `/events?resource=${project}&sync=${sync}`);
    expect(expired.status).toBe(412);
    const fresh = cursor.parse(expired.json).sync;
    world.createTask({ project });
    expect((await read(asana.apiUrl, project, fresh)).data).toHaveLength(4);

    asana.eventLog.forgetCursors();
    expect((await askAsana(asana.apiUrl, `/events?resource=${project}&sync=${fresh}`)).status).toBe(412);
    expect(asana.faults.table).toEqual({ "cursor expired": 3 });
  });

  test("a project hears of its tasks' subtasks, and of its tasks' moves in other projects", async () => {
    const { world, project, workspace, asana } = await aFakeAsana();
    const other = world.createProject(workspace, "Other", ["Here", "There"]);
    const task = world.createTask({ project });
    world.addToProject(task, other);
    const subtask = world.createTask({ parent: world.createTask({ parent: task }) });
    const sync = await firstCursor(asana.apiUrl, project);

    world.complete(subtask);
    world.moveToSection(task, world.sectionsOf(other)[1]?.gid ?? "");

    const { data } = await read(asana.apiUrl, project, sync);
    expect(data.map(({ action, resource, parent }) => [action, resource.gid, parent])).toEqual([
      ["changed", subtask, null],
      ["added", expect.any(String), expect.objectContaining({ gid: subtask })],
      ["removed", task, expect.objectContaining({ name: "Here" })],
      ["added", task, expect.objectContaining({ name: "There" })],
      ["added", expect.any(String), expect.objectContaining({ gid: task })],
    ]);
  });

  test("a creation rings in the personal list of who made it too: a section of no project, the same each time", async () => {
    const { world, project, sections, asana } = await aFakeAsana();
    const sync = await firstCursor(asana.apiUrl, project);
    world.createTask({ project });
    world.createTask({ project });
    const { data } = await read(asana.apiUrl, project, sync);
    const parents = z.array(z.object({ parent: z.object({ gid: z.string(), resource_type: z.string() }) })).parse(data);
    const strange = parents
      .filter(({ parent }) => parent.resource_type === "section" && parent.gid !== sections.toDo)
      .map(({ parent }) => parent.gid);
    expect(strange).toHaveLength(2);
    expect(strange[0]).toBe(strange[1]);
    expect(world.sections.has(strange[0] ?? "")).toBe(false);
  });

  test("a task that left is heard of leaving, and then no more", async () => {
    const { world, project, workspace, asana } = await aFakeAsana();
    const task = world.createTask({ project });
    world.addToProject(task, world.createProject(workspace));
    const sync = await firstCursor(asana.apiUrl, project);
    world.removeFromProject(task, project);
    const left = await read(asana.apiUrl, project, sync);
    expect(left.data.map(({ action }) => action)).toEqual(["removed", "removed", "added"]);
    world.complete(task);
    expect((await read(asana.apiUrl, project, left.sync)).data).toEqual([]);
  });

  test("time entries ring as the dial says", async () => {
    const { world, project, asana } = await aFakeAsana();
    const task = world.createTask({ project });
    const heard = async (entryBells: "entry" | "none" | "task") => {
      world.dials.entryBells = entryBells;
      const sync = await firstCursor(asana.apiUrl, project);
      world.deleteEntry(world.logTime(task, { minutes: 5, enteredOn: "2026-09-07" }));
      const { data } = await read(asana.apiUrl, project, sync);
      return data.map(({ action, resource }) => `${resource.resource_type} ${action}`);
    };
    expect(await heard("none")).toEqual([]);
    expect(await heard("entry")).toEqual(["time_tracking_entry added", "time_tracking_entry deleted"]);
    expect(await heard("task")).toEqual(["task changed", "task changed"]);
  });
});

async function firstCursor(apiUrl: string, project: string): Promise<string> {
  const answer = await askAsana(apiUrl, `/events?resource=${project}`);
  expect(answer.status).toBe(412);
  return cursor.parse(answer.json).sync;
}

async function read(apiUrl: string, project: string, sync: string): Promise<z.infer<typeof events>> {
  return events.parse((await askAsana(apiUrl, `/events?resource=${project}&sync=${sync}`)).json);
}
