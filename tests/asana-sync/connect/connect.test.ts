import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { aDoneTask, type Desk, dayOf, desksOnAServer, dumpOf } from "../../support/asana/a-desk.ts";
import { ledgerContents } from "../../support/database/ledger-contents.ts";

vi.setConfig({ testTimeout: 120_000 });

const aDesk = desksOnAServer();

const report = z.object({
  flow: z.object({
    projects: z.array(z.object({ project: z.string(), stages: z.array(z.object({ name: z.string() })) })),
  }),
});

/** `project: stage, stage` of the report. */
async function reported(desk: Desk): Promise<readonly string[]> {
  const { stdout } = await desk.run(["report", "--json"]);
  const { flow } = report.parse(JSON.parse(stdout));
  return flow.projects.map(({ project, stages }) => `${project}: ${stages.map(({ name }) => name).join(", ")}`);
}

function contents(desk: Desk): ReturnType<typeof ledgerContents> {
  return desk.inLedger(ledgerContents);
}

/** What the ledger has booked, as `project stage minutes`, summed up over weeks. */
async function hours(desk: Desk): Promise<readonly string[]> {
  const { cells } = await contents(desk);
  const sums = new Map<string, number>();
  for (const cell of cells) {
    const [, place = cell, minutes = ""] = /^(.*) other \S+ \S+ \S+ (\d+)$/u.exec(cell) ?? [];
    sums.set(place, (sums.get(place) ?? 0) + Number(minutes));
  }
  return [...sums].map(([place, minutes]) => `${place} ${minutes}`);
}

describe("a workspace", () => {
  test("is connected from nothing: the report has its project, and a second run changes nothing", async () => {
    const desk = await aDesk();
    aDoneTask(desk, 30);
    aDoneTask(desk, 45);
    // No time entry is of no minutes, or of over 24 hours.
    aDoneTask(desk, 0);
    aDoneTask(desk, 1441);
    const open = desk.world.createTask({ project: desk.project });
    desk.world.moveToSection(open, desk.sections.build);
    desk.world.createTask({ project: desk.project });

    const first = await desk.run(["connect", "asana", "--all", "--yes"]);
    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.stdout).toContain("The clock starts at Build.");
    expect(first.stdout).toContain("with version 1 of the stages");
    // Each done one to Build, to Done and to completed; the open one to Build.
    expect(first.stdout).toContain("Recorded: 6 tasks, 13 moves, 2 time entries.");
    expect(first.stdout).toContain("Left out: 2 time entries");
    expect(await reported(desk)).toEqual(["Orders: To do, Build, Done"]);
    const after = await contents(desk);
    expect(await hours(desk)).toEqual(["Orders Build 75"]);

    const second = await desk.run(["connect", "asana"]);
    expect(second).toMatchObject({ exitCode: 0 });
    expect(second.stdout).toContain("with the stages as they were");
    expect(second.stdout).toContain("Recorded: 6 tasks, 13 moves, 2 time entries.");
    expect(await contents(desk)).toEqual(after);
    expect((await desk.run(["verify"])).exitCode).toBe(0);
  });

  test("leaves neither token nor person in what is printed or kept", async () => {
    const token = "2/120/1203:canary-of-the-token";
    const desk = await aDesk({ personalTokens: [token] });
    aDoneTask(desk, 30);
    const outputs: string[] = [];
    for (const words of [
      ["connect", "asana", "--all", "--yes"],
      ["doctor"],
      ["connections", "sync", "--full", "--json"],
    ]) {
      const { stdout, stderr } = await desk.run(words, { ASANA_TOKEN: token, STAGELEDGER_DEBUG: "1" });
      outputs.push(stdout, stderr);
    }
    const kept = await desk.inLedger((database) => dumpOf(database));
    expect(kept).toContain("Build");
    const everything = [...outputs, kept].join("\n");
    const canaries = [token, "canary-of", ...desk.world.personalTexts()];
    expect(canaries.filter((canary) => everything.includes(canary))).toEqual([]);
  });

  test("on a plan without time tracking brings its stages, and says so", async () => {
    const desk = await aDesk({ dials: { hasTimeTracking: false } });
    aDoneTask(desk, 30);
    const { exitCode, stdout } = await desk.run(["connect", "asana", "--all", "--yes"]);
    expect({ exitCode, isSaid: stdout.includes("[ASANA_PLAN]") }).toEqual({ exitCode: 0, isSaid: true });
    expect(stdout).toContain("Recorded: 1 task, 3 moves, 0 time entries.");
    const { stdout: checks } = await desk.run(["doctor", "--json"]);
    expect(JSON.parse(checks).checks).toContainEqual(expect.objectContaining({ what: "asana", code: "ASANA_PLAN" }));
  });
});

describe("stages", () => {
  test("are written to a file, edited, given back, and given back once more after a mistake", async () => {
    const desk = await aDesk();
    aDoneTask(desk, 30);
    const file = join(desk.folder, "stages.yaml");
    const written = await desk.run(["connect", "asana", "--all", "--stages-out", "stages.yaml"]);
    expect(written).toMatchObject({ exitCode: 0 });
    expect(await desk.inLedger((database) => dumpOf(database))).not.toContain(desk.sections.build);

    const yaml = readFileSync(file, "utf8");
    writeFileSync(
      file,
      yaml.replace('name: "Build"', 'name: "Make"').replace('commitment: "Build"', 'commitment: "Make"'),
    );
    const given = await desk.run(["connect", "asana", "--all", "--stages", "stages.yaml"]);
    expect(given).toMatchObject({ exitCode: 0 });
    expect(await reported(desk)).toEqual(["Orders: To do, Make, Done"]);
    expect(await hours(desk)).toEqual(["Orders Make 30"]);

    writeFileSync(
      file,
      `commitment: Craft
stages:
  - { name: Wait, kind: waiting, statuses: [To do] }
  - { name: Craft, kind: active, statuses: [Build] }
  - { name: End, kind: done, statuses: [Done, Completed, Nowhere] }
`,
    );
    const again = await desk.run(["connect", "asana", "--stages", "stages.yaml"]);
    expect(again.stdout).toContain("with version 2 of the stages");
    expect(again.stdout).toContain("neither Asana nor the ledger has: Nowhere.");
    expect(await reported(desk)).toEqual(["Orders: Wait, Craft, End"]);
    // Nothing was published by the mistake, so nothing of it stays.
    expect(await hours(desk)).toEqual(["Orders Craft 30"]);
    expect((await desk.run(["verify"])).exitCode).toBe(0);
  });

  test("of another tool are joined, also for what happened before the connection", async () => {
    const desk = await aDesk();
    aDoneTask(desk, 30);
    const issue = {
      id: "10001",
      key: "PAY-1",
      fields: {
        project: { key: "PAY" },
        status: { id: "2", name: "Building", statusCategory: { key: "indeterminate" } },
        created: `${dayOf(Date.now() - 20 * 86_400_000)}T07:00:00.000+0000`,
      },
      changelog: { total: 0, histories: [] },
    };
    writeFileSync(join(desk.folder, "issues.jsonl"), `${JSON.stringify(issue)}\n`);
    writeFileSync(
      join(desk.folder, "stages.yaml"),
      `commitment: Work
stages:
  - { name: Work, kind: active, statuses: [2] }
  - { name: Finished, kind: done, statuses: [] }
`,
    );
    await desk.run(["import", "jira", "issues.jsonl", "--stages", "stages.yaml"]);
    const { stdout } = await desk.run(["connect", "asana", "--project", "Orders=PAY", "--yes"]);
    expect(stdout).toContain("Orders, counts as PAY");
    expect(stdout).toMatch(/^\+ To do +waiting +\+To do$/m);
    expect(stdout).toMatch(/^ {2}Work +active +Building, \+Build$/m);
    expect(stdout).toMatch(/^ {2}Finished +done +\+Done, \+Completed$/m);
    expect(await hours(desk)).toEqual(["PAY Work 30"]);
    expect(await reported(desk)).toEqual(["PAY: To do, Work, Finished"]);
    // That Asana lists its sections makes no status of Jira's a deleted one.
    await desk.run(["connect", "asana", "--stages-out", "all.yaml"]);
    const yaml = readFileSync(join(desk.folder, "all.yaml"), "utf8");
    expect(yaml).toContain('# jira:2 is "Building"\n');
  });

  test("are the options of a field where a team works so", async () => {
    const desk = await aDesk();
    const { world, clock, project } = desk;
    const field = world.createEnumField([project], "Phase", ["Idea", "Making", "Ready"]);
    const [, making, ready] = field.options.map(({ gid }) => gid);
    const task = world.createTask({ project });
    clock.advance(3_600_000);
    world.setEnum(task, field.gid, making);
    clock.advance(3_600_000);
    world.setEnum(task, field.gid, ready);
    const ended = await desk.run(["connect", "asana", "--all", "--yes", "--stage-field", "phase"]);
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(ended.stdout).toContain("Orders, stages from the field Phase");
    expect(ended.stdout).toContain("Recorded: 1 task, 2 moves, 0 time entries.");
    const refused = await desk.run(["connect", "asana", "--yes", "--no-stage-field"]);
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain("[SETTING_INVALID]");
    const unknown = await desk.run(["connect", "asana", "--yes", "--stage-field", "Nope"]);
    expect(unknown.stderr).toContain('No chosen project has a field "Nope"');
  });
});

test("a project that is added later brings tasks that were read before, and one that is left out is read no more", async () => {
  const desk = await aDesk();
  const { world, clock } = desk;
  const other = world.createProject(desk.workspace, "Checkout", ["To do", "Build", "Done"]);
  const both = aDoneTask(desk, 30);
  world.addToProject(both, other);
  await desk.run(["connect", "asana", "--project", "Orders", "--yes"]);
  expect(await reported(desk)).toEqual(["Orders: To do, Build, Done"]);

  const { stdout } = await desk.run(["connect", "asana", "--project", "Checkout", "--yes"]);
  expect(stdout).toContain("2 projects");
  const { timelines } = await contents(desk);
  expect(timelines.map((line) => line.split(" ")[0])).toEqual(
    [`asana:${both}:${desk.project}`, `asana:${both}:${other}`].sort(),
  );

  await desk.run(["connect", "asana", "--leave-out", "Checkout", "--yes"]);
  clock.advance(3_600_000);
  world.createTask({ project: other });
  const late = world.createTask({ project: desk.project });
  const { stdout: synced } = await desk.run(["connections", "sync", "--full", "--json"]);
  expect(JSON.parse(synced).connections).toMatchObject([{ items: 2, bellsWaiting: 0, unread: [], problemCode: null }]);
  const after = await contents(desk);
  expect(after.timelines.map((line) => line.split(" ")[0])).toContain(`asana:${late}:${desk.project}`);
  expect(after.timelines).toHaveLength(3);
});

test("a project that is counted as another one takes along what it brought", async () => {
  const desk = await aDesk();
  aDoneTask(desk, 30);
  await desk.run(["connect", "asana", "--all", "--yes"]);
  expect(await hours(desk)).toEqual(["Orders Build 30"]);
  const { exitCode } = await desk.run(["connect", "asana", "--project", "Orders=PAY"]);
  expect(exitCode).toBe(0);
  expect(await reported(desk)).toEqual(["PAY: To do, Build, Done"]);
  expect(await hours(desk)).toEqual(["PAY Build 30"]);
  expect((await desk.run(["verify"])).exitCode).toBe(0);
});

test("a new token replaces the old one of the same workspace", async () => {
  const desk = await aDesk({ personalTokens: ["personal-token", "second-token"] });
  aDoneTask(desk);
  await desk.run(["connect", "asana", "--all", "--yes"]);
  desk.asana.tokens.revoke("personal-token");
  const broken = await desk.run(["connections", "sync"], { ASANA_TOKEN: "" });
  expect(broken).toMatchObject({ exitCode: 1 });
  expect(broken.stdout).toContain("[ASANA_UNAUTHORISED]");
  expect((await desk.run(["connections"])).stdout).toContain("problem [ASANA_UNAUTHORISED]");

  expect(await desk.run(["connect", "asana", "--yes"], { ASANA_TOKEN: "second-token" })).toMatchObject({ exitCode: 0 });
  const { stdout } = await desk.run(["connections", "--json"], { ASANA_TOKEN: "" });
  expect(JSON.parse(stdout).connections).toMatchObject([{ state: "works", problemCode: null }]);
  expect((await desk.run(["connections", "sync"], { ASANA_TOKEN: "" })).exitCode).toBe(0);
});

test("nothing is recorded without a yes, or a project; both are said", async () => {
  const desk = await aDesk();
  const unnamed = await desk.run(["connect", "asana"]);
  expect(unnamed).toMatchObject({ exitCode: 3, stdout: "" });
  expect(unnamed.stderr).toMatch(/\[CONNECTION_PROJECT_UNKNOWN\]\n.*--project.*"Orders"/);
  const unsaid = await desk.run(["connect", "asana", "--project", "orders"]);
  expect(unsaid.exitCode).toBe(3);
  expect(unsaid.stderr).toContain("--yes");
  const several = desk.world.createWorkspace("Tall Elm");
  const ambiguous = await desk.run(["connect", "asana", "--all"]);
  expect(ambiguous.stderr).toContain(`"Tall Elm" (${several})`);
  expect((await desk.run(["connections"])).stdout).toBe(
    "Nothing is connected. Begin with: stageledger connect asana, or connect jira\n",
  );
});
