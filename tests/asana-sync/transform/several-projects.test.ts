import type { ItemPart } from "@stageledger/core";
import type { SeenItem } from "@stageledger/db";
import { describe, expect, test } from "vitest";
import type { AsanaStory, AsanaTask } from "../../../apps/asana-sync/src/asana/schemas.ts";
import { goneItems, type TaskTruth, taskFacts } from "../../../apps/asana-sync/src/asana/task-facts.ts";
import { added, aTask, chosenProjects, completed, moved, removed, reopened } from "../../support/asana/a-task.ts";
import { utc } from "../../support/moments.ts";

const READ_AT = utc("2026-09-30");

function factsOf(
  task: AsanaTask,
  stories: readonly AsanaStory[],
  projects = chosenProjects("P", "Q"),
  more: Partial<TaskTruth> = {},
) {
  return taskFacts({ task, stories, above: [], seen: undefined, readAt: READ_AT, ...more }, projects);
}

/** What a report needs to know of how an item counts. */
function standing({ id, snapshot }: ItemPart) {
  const { project, currentStatus, isSubtask, parentId, isRepeated } = snapshot ?? {};
  return { id, project, currentStatus, isSubtask, parentId, isRepeated };
}

const standings = (facts: ReturnType<typeof factsOf>) =>
  facts.items.map(({ part }) => standing(part)).sort((a, b) => (a.id < b.id ? -1 : 1));

function aSeenItem(overrides: Partial<SeenItem> = {}): SeenItem {
  return {
    sourceItem: "7001",
    sourceProjects: ["P"],
    checksum: "",
    entries: {},
    readAt: 0,
    goneAt: undefined,
    ...overrides,
  };
}

describe("a task in several projects", () => {
  const both = aTask({
    memberships: [
      ["Q", "Plan"],
      ["P", "Build"],
    ],
  });
  const stories = [moved("2026-09-08T09:00", "P", "To do", "Build"), moved("2026-09-09T09:00", "Q", "Idea", "Plan")];

  test("is an item of each with a stage of its own, and the first by id counts in totals (E8, E9)", () => {
    const facts = factsOf(both, stories);
    expect(standings(facts)).toEqual([
      {
        id: "asana:7001:P",
        project: "P",
        currentStatus: "asana:P.Build",
        isSubtask: false,
        parentId: undefined,
        isRepeated: false,
      },
      {
        id: "asana:7001:Q",
        project: "Q",
        currentStatus: "asana:Q.Plan",
        isSubtask: false,
        parentId: undefined,
        isRepeated: true,
      },
    ]);
    expect(facts.items.map(({ part }) => part.changes.length)).toEqual([1, 1]);
  });

  test("that are one project of the ledger is one item there: the other is part of it", () => {
    const projects = chosenProjects({ gid: "P", project: "Shop" }, { gid: "Q", project: "Shop" });
    expect(standings(factsOf(both, stories, projects))).toMatchObject([
      { id: "asana:7001:P", project: "Shop", isSubtask: false, isRepeated: false },
      { id: "asana:7001:Q", project: "Shop", isSubtask: true, parentId: "asana:7001:P", isRepeated: false },
    ]);
  });

  test("two of which are one project of the ledger counts once in each and once in totals", () => {
    const projects = chosenProjects("P", { gid: "Q", project: "Shop" }, { gid: "R", project: "Shop" });
    const task = aTask({
      memberships: [
        ["P", "Build"],
        ["Q", "Plan"],
        ["R", "Plan"],
      ],
    });
    expect(standings(factsOf(task, [], projects))).toMatchObject([
      { id: "asana:7001:P", isSubtask: false, isRepeated: false },
      { id: "asana:7001:Q", isSubtask: false, isRepeated: true },
      { id: "asana:7001:R", isSubtask: true, parentId: "asana:7001:Q", isRepeated: false },
    ]);
  });

  test("of which it left the first counts in totals where it is now", () => {
    const task = aTask({ memberships: [["Q", "Plan"]] });
    const facts = factsOf(task, [moved("2026-09-08T09:00", "P", "To do", "Build"), removed("2026-09-09T09:00", "P")]);
    expect(standings(facts)).toMatchObject([
      { id: "asana:7001:P", currentStatus: "gone", isRepeated: true },
      { id: "asana:7001:Q", currentStatus: "asana:Q.Plan", isRepeated: false },
    ]);
  });

  test("counts the same in whichever order the projects were chosen", () => {
    expect(standings(factsOf(both, stories, chosenProjects("Q", "P")))).toEqual(standings(factsOf(both, stories)));
  });

  test("is completed in all of them at once", () => {
    const done = aTask({
      memberships: [
        ["P", "Build"],
        ["Q", "Plan"],
      ],
      completed_at: utc("2026-09-10T09:00"),
    });
    const facts = factsOf(done, [...stories, completed("2026-09-10T09:00")]);
    expect(facts.items.map(({ part }) => part.changes.at(-1))).toMatchObject([
      { at: utc("2026-09-10T09:00"), from: "asana:P.Build", to: "asana:completed" },
      { at: utc("2026-09-10T09:00"), from: "asana:Q.Plan", to: "asana:completed" },
    ]);
  });

  test("left one of them, and no story tells: what was recorded there ends at the look", () => {
    const facts = factsOf(aTask({ memberships: [["Q", "Plan"]] }), [], chosenProjects("P", "Q"), {
      seen: aSeenItem({ sourceProjects: ["P", "Q"] }),
    });
    const gone = facts.items.find(({ part }) => part.id === "asana:7001:P");
    expect(gone).toMatchObject({ liveStatus: "gone", part: { createdAt: READ_AT, changes: [], snapshot: undefined } });
  });

  test("of which one is chosen no more: nothing is said about that one", () => {
    const facts = factsOf(aTask(), [], chosenProjects("P"), { seen: aSeenItem({ sourceProjects: ["P", "Q"] }) });
    expect(facts.items.map(({ part }) => part.id)).toEqual(["asana:7001:P"]);
  });
});

describe("a sub-task", () => {
  const subtask = aTask({ gid: "7002", memberships: [], parent: { gid: "7001" } });

  test("is part of the nearest task above that is in a project (E10)", () => {
    const between = aTask({ gid: "7003", memberships: [], parent: { gid: "7001" } });
    const facts = factsOf(subtask, [], chosenProjects("P"), { above: [between, aTask()] });
    expect(standings(facts)).toEqual([
      {
        id: "asana:7002:P",
        project: "P",
        currentStatus: "asana:subtask",
        isSubtask: true,
        parentId: "asana:7001:P",
        isRepeated: undefined,
      },
    ]);
  });

  test("ticked off and re-opened, it moves the stall clock of the task above", () => {
    const facts = factsOf(subtask, [completed("2026-09-08T09:00"), reopened("2026-09-09T09:00")], chosenProjects("P"), {
      above: [aTask()],
    });
    expect(facts.items[0]?.part.changes.map(({ at, from, to }) => [at, from, to])).toEqual([
      [utc("2026-09-08T09:00"), "asana:subtask", "asana:completed"],
      [utc("2026-09-09T09:00"), "asana:completed", "asana:subtask"],
    ]);
  });

  test("of a task in two projects is part of it in both", () => {
    const parent = aTask({
      memberships: [
        ["Q", "Plan"],
        ["P", "Build"],
      ],
    });
    const facts = factsOf(subtask, [], chosenProjects("P", "Q"), { above: [parent] });
    expect(standings(facts).map(({ id, parentId }) => [id, parentId])).toEqual([
      ["asana:7002:P", "asana:7001:P"],
      ["asana:7002:Q", "asana:7001:Q"],
    ]);
  });

  test("that is in a project itself is an item of that, like any card", () => {
    const card = aTask({ gid: "7002", memberships: [["Q", "Plan"]], parent: { gid: "7001" } });
    const facts = factsOf(card, [], chosenProjects("P", "Q"), { above: [aTask()] });
    expect(standings(facts)).toMatchObject([{ id: "asana:7002:Q", isSubtask: false, parentId: undefined }]);
    expect(facts.projectsAbove.map(({ gid }) => gid)).toEqual(["P"]);
  });

  test("that was in a project itself and is no more is part of the task above again", () => {
    const facts = factsOf(
      subtask,
      [added("2026-09-08T09:00", "Q"), removed("2026-09-09T09:00", "Q")],
      chosenProjects("P", "Q"),
      { above: [aTask()] },
    );
    expect(standings(facts)).toMatchObject([
      { id: "asana:7002:P", isSubtask: true, parentId: "asana:7001:P" },
      { id: "asana:7002:Q", currentStatus: "gone", isSubtask: false },
    ]);
  });

  test("that was in the project of the task above itself is one item there", () => {
    const facts = factsOf(subtask, [removed("2026-09-09T09:00", "P")], chosenProjects("P"), { above: [aTask()] });
    expect(standings(facts)).toMatchObject([{ id: "asana:7002:P", currentStatus: "gone", isSubtask: false }]);
  });

  test("of nothing that was chosen is no item", () => {
    expect(factsOf(subtask, [], chosenProjects("P"), { above: [aTask({ memberships: [] })] }).items).toEqual([]);
  });

  test("whose task above cannot be read stays where it was", () => {
    const facts = factsOf(subtask, [], chosenProjects("P"), { above: undefined, seen: aSeenItem() });
    expect(facts.items).toEqual([]);
    expect(facts.projectsAbove.map(({ gid }) => gid)).toEqual(["P"]);
  });
});

test("a task that is gone from Asana is gone from every project that it was in (E13)", () => {
  const items = goneItems(aSeenItem({ sourceProjects: ["P", "Q"] }), READ_AT);
  expect(items.map(({ part, liveStatus }) => [part.id, liveStatus])).toEqual([
    ["asana:7001:P", "gone"],
    ["asana:7001:Q", "gone"],
  ]);
});
