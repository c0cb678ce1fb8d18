import { TenantSecrets } from "@stageledger/db";
import { describe, expect, test } from "vitest";
import { homeOf } from "../../../apps/asana-sync/src/asana/entry-home.ts";
import type { Place } from "../../../apps/asana-sync/src/asana/place.ts";
import { entryChecksum, taskChecksum } from "../../../apps/asana-sync/src/asana/sweep-checksum.ts";
import { taskFacts } from "../../../apps/asana-sync/src/asana/task-facts.ts";
import { timeEntryOf } from "../../../apps/asana-sync/src/asana/time-entry.ts";
import { placeEntries } from "../../../apps/asana-sync/src/work/place-entries.ts";
import { added, anAsanaEntry, aTask, chosenProjects, removed } from "../../support/asana/a-task.ts";
import { day, utc } from "../../support/moments.ts";

const projects = chosenProjects("P", "Q", "R");
const above = (...gids: readonly string[]) => [...projects.byGid.values()].filter(({ gid }) => gids.includes(gid));

/** In P from the 7th to the 10th, in Q from the 12th on. */
const MOVED = placesOf(
  aTask({ memberships: [["Q", "Plan"]] }),
  added("2026-09-07T08:00", "P"),
  removed("2026-09-10T08:00", "P"),
  added("2026-09-12T08:00", "Q"),
);

function placesOf(task: ReturnType<typeof aTask>, ...stories: ReturnType<typeof added>[]): readonly Place[] {
  return taskFacts({ task, stories, above: [], seen: undefined, readAt: utc("2026-09-30") }, projects).places;
}

function homeWhenMade(at: string, places: readonly Place[], more: Partial<Parameters<typeof homeOf>[0]> = {}) {
  const entry = anAsanaEntry({ created_at: utc(at) });
  return homeOf({ entry, projects, places, projectsAbove: [], before: undefined, ...more })?.gid;
}

describe("the project of an entry", () => {
  test("1. is the one that it names, wherever the task is", () => {
    const entry = anAsanaEntry({ attributable_to: { gid: "R" } });
    expect(homeOf({ entry, projects, places: MOVED, projectsAbove: [], before: "P" })?.gid).toBe("R");
  });

  test("1. is not one that it names and that was not chosen", () => {
    const entry = anAsanaEntry({ attributable_to: { gid: "X" }, created_at: utc("2026-09-08") });
    expect(homeOf({ entry, projects, places: MOVED, projectsAbove: [], before: undefined })?.gid).toBe("P");
  });

  test("2. stays what it was when it was seen before, although its task is elsewhere today (E14)", () => {
    expect(homeWhenMade("2026-09-13", MOVED, { before: "P" })).toBe("P");
  });

  test("2. is asked anew when the project that it was in is chosen no more", () => {
    expect(homeWhenMade("2026-09-13", MOVED, { before: "X" })).toBe("Q");
  });

  test("3. is where the task was when the entry was made, however late it is read (E14)", () => {
    expect(homeWhenMade("2026-09-08T16:00", MOVED)).toBe("P");
    expect(homeWhenMade("2026-09-13", MOVED)).toBe("Q");
  });

  test("3. begins with the instant at which the task came, and ends before that at which it left", () => {
    expect(homeWhenMade("2026-09-12T08:00", MOVED)).toBe("Q");
    expect(homeWhenMade("2026-09-10T08:00", MOVED)).toBe("Q");
    expect(homeWhenMade("2026-09-10T07:59", MOVED)).toBe("P");
  });

  test("3. of two that are one project of the ledger is the first by id", () => {
    const shop = chosenProjects({ gid: "P", project: "Shop" }, { gid: "Q", project: "Shop" });
    const task = aTask({
      memberships: [
        ["Q", "Plan"],
        ["P", "Build"],
      ],
    });
    const { places } = taskFacts({ task, stories: [], above: [], seen: undefined, readAt: 0 }, shop);
    expect(homeWhenMade("2026-09-08", places, { projects: shop })).toBe("P");
  });

  test("3. cannot be told when the task was in two that are two in the ledger", () => {
    expect(
      homeWhenMade(
        "2026-09-08",
        placesOf(
          aTask({
            memberships: [
              ["P", "Build"],
              ["Q", "Plan"],
            ],
          }),
        ),
      ),
    ).toBeUndefined();
  });

  test("3. cannot be told then, although the task came into a third one later", () => {
    const places = placesOf(
      aTask({
        memberships: [
          ["P", "Build"],
          ["Q", "Plan"],
          ["R", "Plan"],
        ],
      }),
      added("2026-09-20T08:00", "R"),
    );
    expect(homeWhenMade("2026-09-08", places)).toBeUndefined();
  });

  test("4. is that of the task above, where the task was in none", () => {
    expect(homeWhenMade("2026-09-08", [], { projectsAbove: above("R") })).toBe("R");
    expect(homeWhenMade("2026-09-11", MOVED, { projectsAbove: above("R") })).toBe("R");
  });

  test("4. is that of the task above, where it was in two (E9: else the nearest ancestor's)", () => {
    const places = placesOf(
      aTask({
        memberships: [
          ["P", "Build"],
          ["Q", "Plan"],
        ],
      }),
    );
    expect(homeWhenMade("2026-09-08", places, { projectsAbove: above("R") })).toBe("R");
  });

  test("4. cannot be told when the task above is in two", () => {
    expect(homeWhenMade("2026-09-08", [], { projectsAbove: above("Q", "R") })).toBeUndefined();
  });

  test("5. is the one that the task came into next", () => {
    expect(homeWhenMade("2026-09-06", MOVED)).toBe("P");
    expect(homeWhenMade("2026-09-11", MOVED)).toBe("Q");
  });

  test("5. is the one that it left last, when it never came into another", () => {
    const left = placesOf(
      aTask({ memberships: [] }),
      added("2026-09-07T08:00", "Q"),
      removed("2026-09-08T08:00", "Q"),
      added("2026-09-09T08:00", "P"),
      removed("2026-09-10T08:00", "P"),
    );
    expect(homeWhenMade("2026-09-15", left)).toBe("P");
  });

  test("6. cannot be told when the task is in none and below none", () => {
    expect(homeWhenMade("2026-09-08", [])).toBeUndefined();
  });
});

describe("an entry in the ledger", () => {
  const inP = { task: "7001", sourceProject: "P", project: "Payments" };

  test("keeps its date as entered, has no start and end, and is known to colleagues", () => {
    expect(timeEntryOf(anAsanaEntry(), inP)).toEqual({
      itemId: "asana:7001:P",
      project: "Payments",
      date: day("2026-09-08"),
      minutes: 90,
      activity: "other",
      interval: undefined,
      chosenStatus: undefined,
      visibility: "known",
    });
  });

  test.each([
    [[], "other"],
    [["Review"], "review"],
    [[" MEETING "], "meeting"],
    [["Invoicing", "Test"], "test"],
    // In the order in which activities are listed, not in that of the categories.
    [["Support", "Build"], "build"],
    [["Reviews"], "other"],
  ])("of the categories %j is of the activity %s", (names, activity) => {
    const categories = names.map((name, place) => ({ gid: String(place), name }));
    expect(timeEntryOf(anAsanaEntry({ categories }), inP)?.activity).toBe(activity);
  });

  test.each([
    ["no minute", { duration_minutes: 0 }, false],
    ["one minute", { duration_minutes: 1 }, true],
    ["24 hours", { duration_minutes: 1440 }, true],
    ["24 hours and a minute", { duration_minutes: 1441 }, false],
    ["less than nothing", { duration_minutes: -5 }, false],
    ["a date of the year 3000", { entered_on: "3000-01-01" }, false],
    ["a date before 1970", { entered_on: "1969-12-31" }, false],
  ])("with %s", (_case, overrides, isPossible) => {
    expect(timeEntryOf(anAsanaEntry(overrides), inP) !== undefined).toBe(isPossible);
  });

  const placed = (task: ReturnType<typeof aTask>, entry: ReturnType<typeof anAsanaEntry>) => {
    const facts = taskFacts({ task, stories: [], above: [], seen: undefined, readAt: 0 }, projects);
    const [one] = placeEntries(task.gid, [entry], facts, projects, undefined, new Map());
    return [one?.home?.gid, one?.timeEntry?.project, one?.timeEntry?.itemId];
  };

  test("whose project nobody can tell is Unassigned, and has the stage of the first of the task's projects", () => {
    const task = aTask({
      memberships: [
        ["Q", "Plan"],
        ["P", "Build"],
      ],
    });
    expect(placed(task, anAsanaEntry())).toEqual([undefined, "Unassigned", "asana:7001:P"]);
  });

  test("for a project that its task is no item of has its hours there, and the stage of where the task is", () => {
    const entry = anAsanaEntry({ attributable_to: { gid: "R" } });
    expect(placed(aTask({ memberships: [["Q", "Plan"]] }), entry)).toEqual(["R", "R", "asana:7001:Q"]);
  });

  test("for the project that its author chose has the stage of the task there, also where another of Asana's is part of it", () => {
    const task = aTask({
      memberships: [
        ["P", "Build"],
        ["Q", "Plan"],
      ],
    });
    const asOne = { ...projects, byGid: new Map(projects.byGid) };
    for (const gid of ["A", "Q"]) asOne.byGid.set(gid, { gid, project: "Two", stageField: undefined });
    const facts = taskFacts({ task, stories: [], above: [], seen: undefined, readAt: 0 }, asOne);
    const entry = anAsanaEntry();
    const [one] = placeEntries(task.gid, [entry], facts, asOne, undefined, new Map([[entry.gid, "Two"]]));
    expect([one?.home?.gid, one?.timeEntry?.project, one?.timeEntry?.itemId]).toEqual(["Q", "Two", "asana:7001:Q"]);
  });

  test("for the project of the task above, on a sub-task that is a card of another, has the stage of its own card", () => {
    const task = aTask({ memberships: [["Q", "Plan"]], parent: { gid: "7000" } });
    const above = [aTask({ gid: "7000", memberships: [["P", "Build"]] })];
    const facts = taskFacts({ task, stories: [], above, seen: undefined, readAt: 0 }, projects);
    const entry = anAsanaEntry({ attributable_to: { gid: "P" } });
    const [one] = placeEntries(task.gid, [entry], facts, projects, undefined, new Map());
    expect([one?.timeEntry?.project, one?.timeEntry?.itemId]).toEqual(["P", "asana:7001:Q"]);
  });

  test("on a task that is in no project has no item's stage", () => {
    expect(placed(aTask({ memberships: [] }), anAsanaEntry())).toEqual([undefined, "Unassigned", "asana:7001"]);
  });
});

describe("checksums", () => {
  const secrets = new TenantSecrets(
    "00000000-0000-4000-8000-000000000001",
    new Uint8Array(32).fill(7),
    new Uint8Array(),
  );
  const task = aTask({
    modified_at: utc("2026-09-08"),
    actual_time_minutes: 90,
    num_subtasks: 1,
    parent: { gid: "7009" },
    memberships: [
      ["P", "Build"],
      ["Q", "Plan"],
    ],
    custom_fields: [{ gid: "F", enum_value: { gid: "F.Draft" } }],
  });

  test.each<[string, Partial<Parameters<typeof aTask>[0]>]>([
    [
      "a section that changed, which moves no modified_at",
      {
        memberships: [
          ["P", "Done"],
          ["Q", "Plan"],
        ],
      },
    ],
    ["a project that it left", { memberships: [["P", "Build"]] }],
    ["a completion", { completed: true }],
    ["another instant of completion", { completed: false, completed_at: utc("2026-09-09") }],
    ["a change of the task", { modified_at: utc("2026-09-08T00:01") }],
    ["other minutes", { actual_time_minutes: 91 }],
    ["another sub-task", { num_subtasks: 2 }],
    ["another task above", { parent: { gid: "7010" } }],
    ["another option", { custom_fields: [{ gid: "F", enum_value: null }] }],
  ])("of a task tell %s", (_case, change) => {
    const memberships = change?.memberships ?? [
      ["P", "Build"],
      ["Q", "Plan"],
    ];
    const changed = { ...task, ...aTask({ ...task, ...change, memberships }) };
    expect(taskChecksum(secrets, changed)).not.toBe(taskChecksum(secrets, task));
  });

  test("of a task do not depend on the order of projects and fields, nor on names", () => {
    const other = {
      ...task,
      memberships: [
        { project: { gid: "Q" }, section: { gid: "Q.Plan", name: "Renamed" } },
        { project: { gid: "P" }, section: { gid: "P.Build", name: "Build" } },
      ],
    };
    expect(taskChecksum(secrets, other)).toBe(taskChecksum(secrets, task));
  });

  test.each<[string, Parameters<typeof anAsanaEntry>[0]]>([
    ["other minutes", { duration_minutes: 91 }],
    ["another date", { entered_on: "2026-09-09" }],
    ["another project", { attributable_to: { gid: "Q" } }],
    ["another category", { categories: [{ gid: "1", name: "Test" }] }],
    ["a renamed category", { categories: [{ gid: "0", name: "Test" }] }],
  ])("of an entry tell %s", (_case, change) => {
    const entry = anAsanaEntry({ categories: [{ gid: "0", name: "Build" }] });
    expect(entryChecksum(secrets, { ...entry, ...change })).not.toBe(entryChecksum(secrets, entry));
  });

  test("are other ones under another tenant's key", () => {
    const other = new TenantSecrets(
      "00000000-0000-4000-8000-000000000001",
      new Uint8Array(32).fill(8),
      new Uint8Array(),
    );
    expect(entryChecksum(other, anAsanaEntry())).not.toBe(entryChecksum(secrets, anAsanaEntry()));
  });
});
