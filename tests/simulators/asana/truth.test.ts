import { expect, test } from "vitest";
import { z } from "zod";
import { aFakeAsana } from "../../support/asana/a-fake-asana.ts";
import { askAsana } from "../../support/asana/ask-asana.ts";
import { trueEntries, trueSectionAt, trueStays } from "./truth.ts";

const HOUR = 3_600_000;

const stories = z.object({ data: z.array(z.looseObject({ resource_subtype: z.string(), created_at: z.string() })) });

test("stays follow moves, other projects, deletion, return and the loss of a section, each at its instant", async () => {
  const { clock, world, workspace, project, sections } = await aFakeAsana();
  const other = world.createProject(workspace, "Other", ["Only"]);
  const [only = ""] = world.sectionsOf(other).map(({ gid }) => gid);
  const start = clock.now();
  const task = world.createTask({ project });
  const hourly = (deed: () => void) => {
    clock.advance(HOUR);
    deed();
  };
  hourly(() => world.moveToSection(task, sections.build));
  hourly(() => world.addToProject(task, other));
  hourly(() => world.moveToSection(task, sections.build));
  hourly(() => world.deleteTask(task));
  hourly(() => world.undeleteTask(task));
  hourly(() => world.deleteSection(sections.build, sections.done));
  hourly(() => world.removeFromProject(task, other));

  const hours = (instant: number | undefined) => (instant === undefined ? undefined : (instant - start) / HOUR);
  expect(trueStays(world).map(({ section, from, to }) => [section, hours(from), hours(to)])).toEqual([
    [sections.toDo, 0, 1],
    [sections.build, 1, 4],
    [only, 2, 4],
    [sections.build, 5, 6],
    [only, 5, 7],
    [sections.done, 6, undefined],
  ]);
  expect(trueSectionAt(world, task, project, start + HOUR - 1)).toBe(sections.toDo);
  expect(trueSectionAt(world, task, project, start + HOUR)).toBe(sections.build);
  expect(trueSectionAt(world, task, project, start + 4 * HOUR)).toBeUndefined();
  expect(trueSectionAt(world, task, project, start + 99 * HOUR)).toBe(sections.done);
});

test("entries are those that are there, as they were edited last", async () => {
  const { world, workspace, project } = await aFakeAsana();
  const other = world.createProject(workspace);
  const task = world.createTask({ project });
  const subtask = world.createTask({ parent: task });
  const kept = world.logTime(subtask, { minutes: 30, enteredOn: "2026-09-07" });
  const gone = world.logTime(task, { minutes: 10, enteredOn: "2026-09-07" });
  world.logTime(world.createTask({ project }), { minutes: 5, enteredOn: "2026-09-07", project: undefined });
  const ofDeleted = world.createTask({ project });
  world.logTime(ofDeleted, { minutes: 60, enteredOn: "2026-09-07" });
  world.editEntry(kept, { minutes: 45, enteredOn: "2026-09-08", project: other });
  world.deleteEntry(gone);
  world.deleteTask(ofDeleted);
  expect(trueEntries(world).map(({ minutes, enteredOn, project: of }) => [minutes, enteredOn, of])).toEqual([
    [45, "2026-09-08", other],
    [5, "2026-09-07", undefined],
  ]);
  expect(world.minutesOf(task)).toBe(0);
  expect(world.minutesOf(subtask)).toBe(45);
});

test("an entry of a subtask counts for the project of the nearest task above that has one", async () => {
  const { world, project } = await aFakeAsana();
  const deep = world.createTask({ parent: world.createTask({ parent: world.createTask({ project }) }) });
  world.logTime(deep, { minutes: 5, enteredOn: "2026-09-07" });
  expect(trueEntries(world)).toMatchObject([{ task: deep, project }]);
});

test("stories tell the deeds as Asana does: sections without their project, joining and leaving with it", async () => {
  const { clock, world, workspace, project, sections, asana } = await aFakeAsana();
  const other = world.createProject(workspace, "Other");
  const field = world.createEnumField([project], "Phase", ["Draft", "Final"]);
  const [draft = "", final = ""] = field.options.map(({ gid }) => gid);
  const task = world.createTask({ project });
  world.moveToSection(task, sections.done);
  world.moveToSection(task, sections.done);
  world.addToProject(task, other);
  world.removeFromProject(task, other);
  world.setEnum(task, field.gid, draft);
  world.setEnum(task, field.gid, final);
  clock.advance(1000);
  world.complete(task);
  world.reopen(task);
  world.comment(task, "Ask Zoë");
  const { data } = stories.parse((await askAsana(asana.apiUrl, `/tasks/${task}/stories?${ALL_STORY_FIELDS}`)).json);
  expect(data).toMatchObject([
    { resource_subtype: "added_to_project", project: { gid: project }, created_at: "2026-09-07T08:00:00.000Z" },
    { resource_subtype: "section_changed", old_section: { gid: sections.toDo }, new_section: { gid: sections.done } },
    { resource_subtype: "added_to_project", project: { gid: other } },
    { resource_subtype: "removed_from_project", project: { gid: other } },
    { resource_subtype: "enum_custom_field_changed", old_enum_value: null, new_enum_value: { gid: draft } },
    { custom_field: { gid: field.gid }, old_enum_value: { gid: draft }, new_enum_value: { name: "Final" } },
    { resource_subtype: "marked_complete", created_at: "2026-09-07T08:00:01.000Z" },
    { resource_subtype: "marked_incomplete" },
    { resource_subtype: "comment_added", type: "comment", text: "Ask Zoë" },
  ]);
  expect(data[1]).not.toHaveProperty("project");
  expect(data.every((story) => "created_by" in story && "text" in story)).toBe(true);
});

test("a deleted section keeps or loses its name in stories, as the dial says", async () => {
  const { world, project, sections, asana } = await aFakeAsana();
  const task = world.createTask({ project });
  world.moveToSection(task, sections.build);
  world.moveToSection(task, sections.done);
  world.deleteSection(sections.build);
  const ask = async () =>
    stories.parse((await askAsana(asana.apiUrl, `/tasks/${task}/stories?${ALL_STORY_FIELDS}`)).json).data[1];
  expect(await ask()).toMatchObject({ new_section: { gid: sections.build, name: "Build" } });
  world.dials.storiesNameDeletedSections = false;
  expect(await ask()).toMatchObject({ new_section: null });
});

test("a creation has the story of joining its project, or has none, as the dial says", async () => {
  const { world, project, asana } = await aFakeAsana({ worldDials: { creationHasStory: false } });
  const task = world.createTask({ project });
  expect(stories.parse((await askAsana(asana.apiUrl, `/tasks/${task}/stories`)).json).data).toEqual([]);
  expect(trueStays(world)).toMatchObject([{ task, project, to: undefined }]);
});

test("every personal text of the world comes out of the API, so that finding none of it elsewhere means something", async () => {
  const { world, project, asana } = await aFakeAsana();
  const by = world.createUser();
  const task = world.createTask({ project, by });
  world.comment(task, "Fixed it for Ilse", by);
  const entry = world.logTime(task, { minutes: 5, enteredOn: "2026-09-07", by });
  const paths = [`/tasks/${task}`, `/tasks/${task}/stories`, `/time_tracking_entries/${entry}`, "/users/me"];
  const replies = await Promise.all(paths.map((path) => askAsana(asana.apiUrl, path)));
  const everything = JSON.stringify(replies);
  const [me] = [...world.users.values()];
  // E-mail and photo are shown of the caller only.
  const hidden = [...world.users.values()].filter((user) => user !== me).flatMap(({ email, photo }) => [email, photo]);
  const missing = world.personalTexts().filter((text) => !everything.includes(text));
  expect(missing.sort()).toEqual(hidden.sort());
  expect(world.personalTexts()).toContain("Fixed it for Ilse");
});

test("nonsense is refused at once", async () => {
  const { world, workspace, project, sections } = await aFakeAsana();
  const other = world.createProject(workspace);
  const task = world.createTask({ project });
  expect(() => world.moveToSection(task, world.sectionsOf(other)[0]?.gid ?? "")).toThrow("is not in project");
  expect(() => world.addToProject(task, project)).toThrow("already");
  expect(() => world.deleteSection(sections.toDo)).toThrow("not empty");
  expect(() => world.deleteSection(world.sectionsOf(other)[0]?.gid ?? "")).toThrow("last section");
  world.deleteTask(task);
  expect(() => world.complete(task)).toThrow("is deleted");
});

const ALL_STORY_FIELDS =
  "opt_fields=created_at,type,resource_subtype,text,project,old_section.name,new_section.name,custom_field,old_enum_value,new_enum_value.name";
