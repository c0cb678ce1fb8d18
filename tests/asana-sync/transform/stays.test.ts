import { buildTimeline, type ItemPart } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import type { ChosenProjects } from "../../../apps/asana-sync/src/asana/chosen-projects.ts";
import type { AsanaStory, AsanaTask } from "../../../apps/asana-sync/src/asana/schemas.ts";
import { settled } from "../../../apps/asana-sync/src/asana/settle.ts";
import { type TaskFacts, taskFacts } from "../../../apps/asana-sync/src/asana/task-facts.ts";
import {
  added,
  aStory,
  aTask,
  chose,
  chosenProjects,
  completed,
  moved,
  removed,
  reopened,
} from "../../support/asana/a-task.ts";
import { utc } from "../../support/moments.ts";

const READ_AT = utc("2026-09-30");

function factsOf(task: AsanaTask, stories: readonly AsanaStory[], projects: ChosenProjects = chosenProjects("P")) {
  return taskFacts({ task, stories, above: [], seen: undefined, readAt: READ_AT }, projects);
}

/** `P.Build 09-08 09:00` for each stay of the item in the project, as the ledger tells it when nothing was recorded before. */
function staysIn(project: string, facts: TaskFacts): readonly string[] {
  const found = facts.items.find(({ part }) => part.id.endsWith(`:${project}`));
  return found === undefined ? [] : staysOf(settled(found, undefined, READ_AT));
}

function staysOf(part: ItemPart): readonly string[] {
  const { id, snapshot, ...rest } = part;
  const timeline = buildTimeline(
    {
      id,
      key: id,
      project: "",
      currentStatus: snapshot?.currentStatus,
      resolution: undefined,
      isSubtask: false,
      parentId: undefined,
      ...rest,
    },
    READ_AT + 60_000,
  );
  const stays = timeline?.stays.map(({ status, start }) => `${status.replace("asana:", "")} ${short(start)}`) ?? [];
  return timeline?.goneAt === undefined ? stays : [...stays, `gone ${short(timeline.goneAt)}`];
}

function short(instant: number): string {
  return new Date(instant).toISOString().slice(5, 16).replace("T", " ");
}

describe("a task in one project", () => {
  test("moves from section to section: a stay in each, the first since it came into the project", () => {
    const facts = factsOf(aTask({ memberships: [["P", "Done"]] }), [
      added("2026-09-07T08:00", "P"),
      moved("2026-09-08T09:00", "P", "To do", "Build"),
      moved("2026-09-10T15:30", "P", "Build", "Done"),
    ]);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-07 08:00", "P.Build 09-08 09:00", "P.Done 09-10 15:30"]);
    expect(facts.isExplained).toBe(true);
  });

  test("was created in it, which no story tells: the first stay begins with the task", () => {
    const facts = factsOf(aTask({ memberships: [["P", "Build"]] }), [moved("2026-09-08T09:00", "P", "To do", "Build")]);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-07 08:00", "P.Build 09-08 09:00"]);
  });

  test("has not moved: it is where it is since it came", () => {
    expect(staysIn("P", factsOf(aTask(), []))).toEqual(["P.To do 09-07 08:00"]);
    const facts = factsOf(aTask(), [added("2026-09-09T10:00", "P")]);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-09 10:00"]);
    // A later story may tell that it came into another section.
    expect(facts.places[0]?.changes).toEqual([]);
  });

  test("was added later: the time before belongs to no stage, whatever its age", () => {
    const task = aTask({ created_at: utc("2026-01-01"), memberships: [["P", "Build"]] });
    const facts = factsOf(task, [added("2026-09-08T09:00", "P"), moved("2026-09-09T09:00", "P", "To do", "Build")]);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-08 09:00", "P.Build 09-09 09:00"]);
    expect(facts.items[0]?.part.createdAt).toBe(utc("2026-09-08T09:00"));
    expect(facts.places[0]?.spans).toEqual([{ from: utc("2026-09-08T09:00"), to: undefined }]);
  });

  test("was removed and added again: it was gone in between", () => {
    const facts = factsOf(aTask({ memberships: [["P", "Build"]] }), [
      added("2026-09-07T08:00", "P"),
      moved("2026-09-08T09:00", "P", "To do", "Build"),
      removed("2026-09-09T09:00", "P"),
      added("2026-09-11T09:00", "P"),
      moved("2026-09-12T09:00", "P", "To do", "Build"),
    ]);
    const timeline = facts.places[0];
    expect(timeline?.changes.map(({ from, to }) => [from, to])).toEqual([
      ["gone", "asana:P.To do"],
      ["asana:P.To do", "asana:P.Build"],
      ["asana:P.Build", "gone"],
      ["gone", "asana:P.To do"],
      ["asana:P.To do", "asana:P.Build"],
    ]);
    expect(timeline?.spans).toEqual([
      { from: utc("2026-09-07T08:00"), to: utc("2026-09-09T09:00") },
      { from: utc("2026-09-11T09:00"), to: undefined },
    ]);
  });

  test("was removed: its stay ends then, and it is told so", () => {
    const facts = factsOf(aTask({ memberships: [] }), [
      moved("2026-09-08T09:00", "P", "To do", "Build"),
      removed("2026-09-09T09:00", "P"),
    ]);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-07 08:00", "P.Build 09-08 09:00", "gone 09-09 09:00"]);
    expect(facts.isExplained).toBe(true);
  });

  test("was removed without ever having moved: its section is unknown, its time is not lost", () => {
    const facts = factsOf(aTask({ memberships: [] }), [
      added("2026-09-07T08:00", "P"),
      removed("2026-09-09T09:00", "P"),
    ]);
    expect(staysIn("P", facts)).toEqual(["untold 09-07 08:00", "gone 09-09 09:00"]);
  });

  test("was removed before it had moved, and came back: where it lay the first time is unknown", () => {
    const facts = factsOf(aTask({ memberships: [["P", "Build"]] }), [
      added("2026-09-07T08:00", "P"),
      removed("2026-09-08T09:00", "P"),
      added("2026-09-09T09:00", "P"),
      moved("2026-09-10T09:00", "P", "To do", "Build"),
    ]);
    expect(facts.places[0]?.changes.map(({ from, to }) => [from, to])).toEqual([
      ["asana:untold", "gone"],
      ["gone", "asana:P.To do"],
      ["asana:P.To do", "asana:P.Build"],
    ]);
  });

  test("left it, and only its moves there are told: it is gone from the look on", () => {
    const facts = factsOf(aTask({ memberships: [] }), [moved("2026-09-08T09:00", "P", "To do", "Build")]);
    expect(facts.isExplained).toBe(false);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-07 08:00", "P.Build 09-08 09:00", "gone 09-30 00:00"]);
  });

  test("is said to be added where it is already: that moves it nowhere", () => {
    const facts = factsOf(aTask({ memberships: [["P", "Done"]] }), [
      added("2026-09-07T08:00", "P"),
      moved("2026-09-08T09:00", "P", "To do", "Build"),
      added("2026-09-09T09:00", "P"),
    ]);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-07 08:00", "P.Build 09-08 09:00", "P.Done 09-30 00:00"]);
  });

  test("was never in it: it is no item there", () => {
    expect(factsOf(aTask({ memberships: [["Q", "To do"]] }), [completed("2026-09-09T09:00")]).items).toEqual([]);
  });

  test("moved while the story of its return is missing: a move within a project shows that it is there", () => {
    const facts = factsOf(aTask({ memberships: [["P", "Build"]] }), [
      moved("2026-09-08T09:00", "P", "To do", "Build"),
      removed("2026-09-09T09:00", "P"),
      moved("2026-09-11T09:00", "P", "To do", "Build"),
    ]);
    expect(facts.places[0]?.changes.map(({ at, to }) => [at, to]).at(-1)).toEqual([
      utc("2026-09-11T09:00"),
      "asana:P.Build",
    ]);
    expect(facts.isExplained).toBe(true);
  });
});

describe("completed", () => {
  test("without a move, it leaves its section for the stage of completed tasks, and comes back when re-opened", () => {
    const task = aTask({ memberships: [["P", "Build"]], completed_at: utc("2026-09-12T09:00") });
    const facts = factsOf(task, [
      moved("2026-09-08T09:00", "P", "To do", "Build"),
      completed("2026-09-09T09:00"),
      reopened("2026-09-10T09:00"),
      completed("2026-09-12T09:00"),
    ]);
    expect(staysIn("P", facts)).toEqual([
      "P.To do 09-07 08:00",
      "P.Build 09-08 09:00",
      "completed 09-09 09:00",
      "P.Build 09-10 09:00",
      "completed 09-12 09:00",
    ]);
  });

  test("and then moved: it stays completed, and is re-opened in the section that it was moved to", () => {
    const facts = factsOf(aTask({ memberships: [["P", "Done"]] }), [
      completed("2026-09-08T09:00"),
      moved("2026-09-09T09:00", "P", "To do", "Done"),
      reopened("2026-09-10T09:00"),
    ]);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-07 08:00", "completed 09-08 09:00", "P.Done 09-10 09:00"]);
  });

  test("before it came into the project: it comes completed, which is no change of this project", () => {
    const task = aTask({ completed_at: utc("2026-09-08T09:00") });
    const facts = factsOf(task, [completed("2026-09-08T09:00"), added("2026-09-10T09:00", "P")]);
    expect(staysIn("P", facts)).toEqual(["completed 09-10 09:00"]);
    expect(facts.places[0]?.changes.map(({ from, to }) => [from, to])).toEqual([["gone", "asana:completed"]]);
  });

  test("while it was out of the project: it comes back completed", () => {
    const task = aTask({ completed_at: utc("2026-09-09T09:00") });
    const facts = factsOf(task, [
      added("2026-09-07T09:00", "P"),
      moved("2026-09-07T10:00", "P", "To do", "Build"),
      removed("2026-09-08T09:00", "P"),
      completed("2026-09-09T09:00"),
      added("2026-09-10T09:00", "P"),
    ]);
    expect(facts.places[0]?.changes.map(({ to }) => to)).toEqual([
      "asana:P.To do",
      "asana:P.Build",
      "gone",
      "asana:completed",
    ]);
  });

  test("at its beginning, when the first that is told is that it was re-opened", () => {
    const facts = factsOf(aTask(), [reopened("2026-09-08T09:00")]);
    expect(staysIn("P", facts)).toEqual(["completed 09-07 08:00", "P.To do 09-08 09:00"]);
  });

  test("without a story of it: at the instant that the task itself names", () => {
    const facts = factsOf(aTask({ completed_at: utc("2026-09-09T09:00") }), []);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-07 08:00", "completed 09-09 09:00"]);
    expect(facts.isExplained).toBe(true);
  });

  test("without a story of it, and moved afterwards: the move does not open it again", () => {
    const task = aTask({ completed_at: utc("2026-09-09T09:00"), memberships: [["P", "Done"]] });
    const facts = factsOf(task, [moved("2026-09-10T09:00", "P", "To do", "Done")]);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-07 08:00", "completed 09-09 09:00"]);
  });

  test("again, after a re-opening, without a story of that: at the instant that the task names", () => {
    const task = aTask({ completed_at: utc("2026-09-12T09:00") });
    const facts = factsOf(task, [completed("2026-09-08T09:00"), reopened("2026-09-09T09:00")]);
    expect(staysIn("P", facts)).toEqual([
      "P.To do 09-07 08:00",
      "completed 09-08 09:00",
      "P.To do 09-09 09:00",
      "completed 09-12 09:00",
    ]);
  });
});

describe("a field says the stage", () => {
  const byField = chosenProjects({ gid: "P", stageField: "F" });
  const withOption = (option: string | null) =>
    aTask({ custom_fields: [{ gid: "F", enum_value: option === null ? null : { gid: `F.${option}` } }] });

  test("options are stages; moves between sections are none", () => {
    const stories = [
      chose("2026-09-08T09:00", "F", "Draft", "Edit"),
      moved("2026-09-08T10:00", "P", "To do", "Build"),
      chose("2026-09-09T09:00", "G", "Low", "High"),
      chose("2026-09-10T09:00", "F", "Edit", "Live"),
    ];
    expect(staysIn("P", factsOf(withOption("Live"), stories, byField))).toEqual([
      "F.Draft 09-07 08:00",
      "F.Edit 09-08 09:00",
      "F.Live 09-10 09:00",
    ]);
  });

  test("an empty field is a status of its own, before and after", () => {
    const stories = [chose("2026-09-08T09:00", "F", null, "Draft"), chose("2026-09-09T09:00", "F", "Draft", null)];
    const facts = factsOf(withOption(null), stories, byField);
    expect(staysIn("P", facts)).toEqual(["F.empty 09-07 08:00", "F.Draft 09-08 09:00", "F.empty 09-09 09:00"]);
    expect(facts.isExplained).toBe(true);
  });

  test("it belongs to every project that shows it: a task is an item of those only that it was in", () => {
    const both = chosenProjects({ gid: "P", stageField: "F" }, { gid: "Q", stageField: "F" });
    const facts = factsOf(withOption("Draft"), [chose("2026-09-08T09:00", "F", null, "Draft")], both);
    expect(facts.items.map(({ part }) => part.id)).toEqual(["asana:7001:P"]);
  });

  test("what it said before the task came into the project is known when it comes", () => {
    const stories = [
      chose("2026-09-08T09:00", "F", "Draft", "Edit"),
      added("2026-09-09T09:00", "P"),
      chose("2026-09-10T09:00", "F", "Edit", "Live"),
    ];
    expect(staysIn("P", factsOf(withOption("Live"), stories, byField))).toEqual([
      "F.Edit 09-09 09:00",
      "F.Live 09-10 09:00",
    ]);
  });

  test("it stays with a task that leaves the project: what it said there is told later", () => {
    const task = aTask({ memberships: [] });
    const facts = factsOf(
      task,
      [removed("2026-09-08T09:00", "P"), chose("2026-09-09T09:00", "F", "Draft", "Edit")],
      byField,
    );
    expect(staysIn("P", facts)).toEqual(["F.Draft 09-07 08:00", "gone 09-08 09:00"]);
  });

  test("a field that the task shows no more leaves it where it was", () => {
    const facts = factsOf(aTask({ custom_fields: [] }), [chose("2026-09-08T09:00", "F", "Draft", "Edit")], byField);
    expect(staysIn("P", facts)).toEqual(["F.Draft 09-07 08:00", "F.Edit 09-08 09:00"]);
    expect(facts.isExplained).toBe(true);
  });
});

describe("sections of which nobody says whose they were", () => {
  /** Only Q's sections and these two are known. */
  const forgetful = (...known: readonly string[]): ChosenProjects => ({
    byGid: chosenProjects("P", "Q").byGid,
    projectOfSection: (section) => (known.includes(section) ? "P" : section.startsWith("Q.") ? "Q" : undefined),
  });

  test("are those of the only project that the task was in then", () => {
    const facts = factsOf(
      aTask({ memberships: [["P", "Done"]] }),
      [moved("2026-09-08T09:00", "P", "Old", "Older"), moved("2026-09-09T09:00", "P", "Older", "Done")],
      forgetful("P.Done"),
    );
    expect(staysIn("P", facts)).toEqual(["P.Old 09-07 08:00", "P.Older 09-08 09:00", "P.Done 09-09 09:00"]);
  });

  test("are those of the project of the section on the other side of the move", () => {
    const task = aTask({
      memberships: [
        ["P", "Done"],
        ["X", "Plan"],
      ],
    });
    const stories = [moved("2026-09-08T09:00", "P", "To do", "Old"), moved("2026-09-09T09:00", "P", "Old", "Done")];
    expect(staysIn("P", factsOf(task, stories, forgetful("P.To do", "P.Done")))).toEqual([
      "P.To do 09-07 08:00",
      "P.Old 09-08 09:00",
      "P.Done 09-09 09:00",
    ]);
  });

  test("are those of the only project then, although the task is in more of them today", () => {
    const task = aTask({
      memberships: [
        ["P", "Done"],
        ["X", "Plan"],
      ],
    });
    const stories = [
      added("2026-09-07T08:00", "P"),
      moved("2026-09-08T09:00", "P", "Old", "Older"),
      added("2026-09-09T09:00", "X"),
      moved("2026-09-10T09:00", "P", "Older", "Done"),
    ];
    expect(staysIn("P", factsOf(task, stories, forgetful("P.Done")))).toEqual([
      "P.Old 09-07 08:00",
      "P.Older 09-08 09:00",
      "P.Done 09-10 09:00",
    ]);
  });

  test("are left out when the task was created in another project, which only its removal tells", () => {
    const stories = [
      moved("2026-09-08T09:00", "X", "Idea", "Plan"),
      removed("2026-09-09T09:00", "X"),
      added("2026-09-09T09:00", "P"),
    ];
    expect(staysIn("P", factsOf(aTask(), stories, forgetful("P.To do")))).toEqual(["P.To do 09-09 09:00"]);
  });

  test("are left out when the task was in another project then, chosen or not", () => {
    const stories = [
      added("2026-09-07T08:00", "X"),
      moved("2026-09-08T09:00", "X", "Idea", "Plan"),
      removed("2026-09-09T09:00", "X"),
      added("2026-09-09T09:00", "P"),
    ];
    expect(staysIn("P", factsOf(aTask(), stories, forgetful("P.To do")))).toEqual(["P.To do 09-09 09:00"]);
  });

  test("are left out when the task was in two projects: a wrong stage is worse than a missing one", () => {
    const task = aTask({
      memberships: [
        ["P", "Done"],
        ["X", "Plan"],
      ],
    });
    const stories = [moved("2026-09-08T09:00", "P", "Old", "Older"), moved("2026-09-09T09:00", "P", "Older", "Done")];
    expect(staysIn("P", factsOf(task, stories, forgetful("P.Done")))).toEqual([
      "P.Older 09-07 08:00",
      "P.Done 09-09 09:00",
    ]);
  });

  test("and which stories do not name any more: the stay is one in an unknown section", () => {
    const facts = factsOf(aTask({ memberships: [["P", "Done"]] }), [
      moved("2026-09-08T09:00", "P", "To do", null),
      moved("2026-09-09T09:00", "P", null, "Done"),
    ]);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-07 08:00", "untold 09-08 09:00", "P.Done 09-09 09:00"]);
    expect(facts.statuses).toContainEqual({
      statusId: "asana:untold",
      origin: "history",
      name: "Unknown section",
      category: undefined,
      lastSeenAt: READ_AT,
    });
  });

  test("in a membership without a section the task keeps the stage that the stories tell", () => {
    const facts = factsOf(aTask({ memberships: [["P"]] }), [moved("2026-09-08T09:00", "P", "To do", "Build")]);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-07 08:00", "P.Build 09-08 09:00"]);
    expect(facts.isExplained).toBe(true);
  });
});

describe("names of statuses", () => {
  test("are kept of sections that the task was in, each with the last instant at which it was called so", () => {
    const facts = factsOf(aTask({ memberships: [["P", "Build"]] }), [
      moved("2026-09-08T09:00", "P", "To do", "Build"),
      aStory("2026-09-08T10:00", "section_changed", {
        old_section: { gid: "X.Secret", name: "Takeover talks" },
        new_section: { gid: "X.Plan", name: "Plan" },
        project: { gid: "X" },
      }),
    ]);
    expect(facts.statuses.map(({ statusId, name, lastSeenAt }) => [statusId, name, lastSeenAt])).toEqual([
      ["asana:P.To do", "To do", utc("2026-09-08T09:00")],
      ["asana:P.Build", "Build", utc("2026-09-08T09:00")],
      ["asana:P.Build", "Build", READ_AT],
    ]);
  });
});

describe("stories", () => {
  test("of one instant are read by their numbers, not by the list's order", () => {
    const first = moved("2026-09-08T09:00", "P", "To do", "Build");
    const second = moved("2026-09-08T09:00", "P", "Build", "Done");
    expect(staysIn("P", factsOf(aTask({ memberships: [["P", "Done"]] }), [second, first])).at(-1)).toBe(
      "P.Done 09-08 09:00",
    );
  });

  test("numbered 10 come after those numbered 9", () => {
    const nine = { ...moved("2026-09-08T09:00", "P", "To do", "Build"), gid: "9" };
    const ten = { ...moved("2026-09-08T09:00", "P", "Build", "Done"), gid: "10" };
    const facts = factsOf(aTask({ memberships: [["P", "Done"]] }), [ten, nine]);
    expect(facts.isExplained).toBe(true);
    expect(facts.places[0]?.changes.map(({ sequence }) => sequence)).toEqual([9, 10]);
  });

  test("of unknown kinds, or without one, say nothing", () => {
    const facts = factsOf(aTask(), [
      aStory("2026-09-08T09:00", "liked", { new_section: { gid: "P.Build", name: "Build" } }),
      { ...aStory("2026-09-08T10:00", ""), resource_subtype: null },
      { ...aStory("2026-09-08T11:00", ""), resource_subtype: undefined },
    ]);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-07 08:00"]);
  });

  test("that end elsewhere than the task is: unexplained, and then so from the look on", () => {
    const facts = factsOf(aTask({ memberships: [["P", "Done"]] }), [moved("2026-09-08T09:00", "P", "To do", "Build")]);
    expect(facts.isExplained).toBe(false);
    expect(staysIn("P", facts)).toEqual(["P.To do 09-07 08:00", "P.Build 09-08 09:00", "P.Done 09-30 00:00"]);
  });
});
