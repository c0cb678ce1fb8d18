import { meaningOf, StageMap, type StageMapInput } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { proposeStages } from "../../../apps/asana-sync/src/connect/propose-stages.ts";

/** A project whose columns have their names as ids. */
function project(name: string, ...columns: readonly string[]) {
  return {
    gid: name,
    name,
    field: undefined,
    columns: columns.map((column) => ({ statusId: `${name}/${column}`, name: column })),
  };
}

/** A stage a line: its name, its kind, and what is in it; the one at which the clock starts has a star. */
function lines({ stages, commitment }: Pick<StageMapInput, "stages" | "commitment">): readonly string[] {
  return stages.map(
    ({ name, kind, statuses }) => `${name === commitment ? "*" : ""}${name} ${kind}: ${statuses.join(", ")}`,
  );
}

function proposed(previous: StageMap | undefined, ...projects: readonly ReturnType<typeof project>[]) {
  const names: Readonly<Record<string, string>> = { "jira:1": "To Do", "jira:3": "In Review", "jira:9": "Closed" };
  return proposeStages(previous, projects, (status) => names[status]);
}

const FLOW = new StageMap({
  version: 1,
  origin: "given",
  commitment: "Build",
  stages: [
    { name: "Waiting", kind: "waiting", statuses: ["jira:1"] },
    { name: "Build", kind: "active", statuses: ["jira:2"], limit: 3 },
    { name: "Checking", kind: "active", statuses: ["jira:3"] },
    { name: "Finished", kind: "done", statuses: ["jira:9"] },
  ],
});

describe("from nothing", () => {
  test("columns become stages from left to right, and the clock starts at the first work", () => {
    expect(
      lines(proposed(undefined, project("P", "Backlog", "Build", "Waiting for review", "Review", "Done"))),
    ).toEqual([
      "Backlog waiting: P/Backlog",
      "*Build active: P/Build",
      "Waiting for review waiting: P/Waiting for review",
      "Review active: P/Review",
      "Done done: P/Done, asana:completed",
    ]);
  });

  test("a first column whose name says nothing is where work waits; later ones are work", () => {
    expect(lines(proposed(undefined, project("P", "Untitled section", "Zaak 1", "Gereed")))).toEqual([
      "Untitled section waiting: P/Untitled section",
      "*Zaak 1 active: P/Zaak 1",
      "Gereed active: P/Gereed",
      "Completed done: asana:completed",
    ]);
  });

  test("a project with one column has work in it, and is finished by ticking off", () => {
    expect(lines(proposed(undefined, project("P", "Untitled section")))).toEqual([
      "*Untitled section active: P/Untitled section",
      "Completed done: asana:completed",
    ]);
  });

  test("what was dropped is withdrawn and comes last, wherever its column stands", () => {
    expect(lines(proposed(undefined, project("P", "Cancelled", "To do", "Doing", "Done")))).toEqual([
      "To do waiting: P/To do",
      "*Doing active: P/Doing",
      "Done done: P/Done, asana:completed",
      "Cancelled withdrawn: P/Cancelled",
    ]);
  });

  test("two done columns of one project are two stages, and ticking off is a third", () => {
    expect(lines(proposed(undefined, project("P", "Doing", "Done", "Released")))).toEqual([
      "*Doing active: P/Doing",
      "Done done: P/Done",
      "Released done: P/Released",
      "Completed done: asana:completed",
    ]);
  });

  test("a second project joins stages of the same name or meaning, and its queue stays before the work", () => {
    const first = project("P", "To do", "In progress", "Review", "Done");
    expect(
      lines(proposed(undefined, first, project("Q", "Ideas", "TO DO", "Doing", "Code review", "Shipped"))),
    ).toEqual([
      "Ideas waiting: Q/Ideas",
      "To do waiting: P/To do, Q/TO DO",
      "*In progress active: P/In progress, Q/Doing",
      "Review active: P/Review, Q/Code review",
      "Done done: P/Done, Q/Shipped, asana:completed",
    ]);
  });

  test("a column that means blocked is a queue, and blocked wherever it is mapped", () => {
    const proposal = proposed(undefined, project("P", "To do", "Doing", "On hold", "Done"));
    expect(proposal.blockedStatuses).toEqual(["P/On hold"]);
  });

  test("columns that are all called like an end still leave one to work in", () => {
    expect(lines(proposed(undefined, project("P", "Done")))).toEqual(["*Done active: P/Done, asana:completed"]);
  });

  test("a column called Unmapped is told apart from the stage of that name", () => {
    const [, unmapped] = proposed(undefined, project("P", "To do", "Unmapped", "Done")).stages;
    expect(unmapped?.name).toBe("Unmapped (P/Unmapped)");
  });
});

describe("beside stages that there are", () => {
  test("columns join by the names of the stage and of the statuses in it; nothing that is mapped moves", () => {
    const proposal = proposed(FLOW, project("P", "To do", "Building", "Review", "Done"));
    expect(lines(proposal)).toEqual([
      "Waiting waiting: jira:1, P/To do",
      "*Build active: jira:2, P/Building",
      "Checking active: jira:3, P/Review",
      "Finished done: jira:9, P/Done, asana:completed",
    ]);
    expect(proposal.stages[1]?.limit).toBe(3);
  });

  test("new columns stand behind the one to their left, work behind the start of the clock, ends last", () => {
    expect(lines(proposed(FLOW, project("P", "Ideas", "Sketch", "Review", "Legal check", "Rejected")))).toEqual([
      "Waiting waiting: jira:1",
      "Ideas waiting: P/Ideas",
      "*Build active: jira:2",
      "Sketch active: P/Sketch",
      "Checking active: jira:3, P/Review",
      "Legal check active: P/Legal check",
      "Finished done: jira:9, asana:completed",
      "Rejected withdrawn: P/Rejected",
    ]);
  });

  test("proposing once more changes nothing", () => {
    const once = proposed(FLOW, project("P", "Ideas", "Sketch", "Review", "On hold", "Done"));
    const map = new StageMap({ ...once, version: 2, origin: "given" });
    expect(proposed(map, project("P", "Ideas", "Sketch", "Review", "On hold", "Done"))).toEqual(once);
  });

  test("a column that somebody mapped stays there under any name", () => {
    const map = new StageMap({
      version: 1,
      origin: "given",
      commitment: "Build",
      stages: [
        { name: "Build", kind: "active", statuses: ["P/Done"] },
        { name: "Done", kind: "done", statuses: ["asana:completed"] },
      ],
    });
    expect(lines(proposed(map, project("P", "Done")))).toEqual(["*Build active: P/Done", "Done done: asana:completed"]);
  });
});

test.each([
  ["In Review", "review"],
  ["👀 Code review!", "Review"],
  ["Under construction", "construction"],
  ["ERLEDIGT", "done"],
  ["to-do", "To do"],
])("%s means the same as %s", (one, other) => expect(meaningOf(one)).toBe(meaningOf(other)));

test.each([
  ["Ready for review", "Review"],
  ["Backlog", "To do"],
  ["Build 1", "Build 2"],
])("%s does not clearly mean the same as %s", (one, other) => expect(meaningOf(one)).not.toBe(meaningOf(other)));
