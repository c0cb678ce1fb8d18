import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { anExportedIssue, EXPORTED_STATUSES, jsonLines } from "../../support/an-exported-issue.ts";
import { contentOf, expectRefusal } from "../../support/refusal.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

const EXPORT = jsonLines([
  anExportedIssue({
    key: "PAY-1",
    created: "2026-09-01T09:00",
    moves: ["2026-09-02T09:00 In Progress", "2026-09-03T09:00 In Review", "2026-09-04T09:00 Done"],
  }),
  anExportedIssue({ key: "SHOP-2", created: "2026-09-02T09:00" }),
]);

const FILES = { in: EXPORT, "statuses.json": EXPORTED_STATUSES };
const ANALYSE = ["analyse", "jira", "in"];

const TODO = "{name: To Do, kind: waiting, statuses: [To Do]}";
const BUILD = "{name: Build, kind: active, statuses: [In Progress]}";
const DONE = "{name: Done, kind: done, statuses: [Done]}";

/** A stages file of these stages, the clock starting at Build. */
function stagesFile(...stages: readonly string[]): string {
  return `commitment: Build\nstages: [${stages.join(", ")}]\n`;
}

const FORM = "--help stages";
const ONE_STAGE = "one stage only";

describe("a stages file that leaves doubts is refused:", () => {
  test.each<[string, string, string, string | RegExp, string]>([
    [
      "a status twice by its name",
      stagesFile(TODO, BUILD, "{name: Done, kind: done, statuses: [Done, in progress]}"),
      "STAGES_STATUS_TWICE",
      'in stage "Build" and in stage "Done"',
      ONE_STAGE,
    ],
    [
      "a status twice by its id",
      stagesFile(TODO, "{name: Build, kind: active, statuses: [3]}", '{name: Done, kind: done, statuses: [Done, "3"]}'),
      "STAGES_STATUS_TWICE",
      'in stage "Build" and in stage "Done"',
      ONE_STAGE,
    ],
    [
      "a status once by its id and once by its name",
      stagesFile(TODO, BUILD, "{name: Done, kind: done, statuses: [Done, 3]}"),
      "STAGES_STATUS_TWICE",
      '"Build" and "Done"',
      ONE_STAGE,
    ],
    [
      "a status twice in one stage",
      stagesFile(TODO, "{name: Build, kind: active, statuses: [In Progress, In Progress]}", DONE),
      "STAGES_STATUS_TWICE",
      "named twice",
      ONE_STAGE,
    ],
    [
      "a commitment that is no stage",
      stagesFile(TODO, BUILD, DONE).replace("commitment: Build", "commitment: Bild"),
      "STAGES_NO_COMMITMENT",
      '"Bild"',
      "one of: To Do, Build.",
    ],
    [
      "a commitment that is done",
      stagesFile(TODO, BUILD, DONE).replace("commitment: Build", "commitment: Done"),
      "STAGES_NO_COMMITMENT",
      '"Done"',
      "one of: To Do, Build.",
    ],
    ["no commitment", "stages: [{name: Done, kind: done, statuses: []}]", "STAGES_UNREADABLE", "at commitment:", FORM],
    ["no stage of kind done", stagesFile(TODO, BUILD), "STAGES_UNREADABLE", "no stage of kind done", FORM],
    [
      "two stages of one name",
      stagesFile(TODO, BUILD, "{name: Build, kind: active, statuses: [In Review]}", DONE),
      "STAGES_UNREADABLE",
      'two stages "Build"',
      FORM,
    ],
    [
      "a stage that is called Unmapped",
      stagesFile(TODO, BUILD, "{name: Unmapped, kind: active, statuses: []}", DONE),
      "STAGES_UNREADABLE",
      '"Unmapped", which is taken',
      FORM,
    ],
    [
      "a kind that there is not",
      stagesFile("{name: To Do, kind: idle, statuses: []}", BUILD, DONE),
      "STAGES_UNREADABLE",
      "at stages.0.kind:",
      FORM,
    ],
    [
      "a misspelt member",
      stagesFile(TODO, BUILD, DONE).replace("stages:", "stage:"),
      "STAGES_UNREADABLE",
      /at (stages|the top):/,
      FORM,
    ],
    [
      "a WIP limit of 0",
      stagesFile("{name: To Do, kind: waiting, statuses: [To Do], limit: 0}", BUILD, DONE),
      "STAGES_UNREADABLE",
      "at stages.0.limit:",
      FORM,
    ],
    [
      "an impossible effective_from",
      `${stagesFile(TODO, BUILD, DONE)}effective_from: 2026-02-30\n`,
      "STAGES_UNREADABLE",
      '"2026-02-30" is no possible date',
      "2026-09-01",
    ],
    [
      "two documents of one version",
      `${stagesFile(TODO, BUILD, DONE)}---\n${stagesFile(TODO, BUILD, DONE)}`,
      "STAGES_UNREADABLE",
      "two documents of version 1",
      FORM,
    ],
    ["broken YAML", "stages: [", "STAGES_UNREADABLE", "is no YAML", FORM],
    ["an alias without an anchor", "commitment: *nowhere", "STAGES_UNREADABLE", "is no YAML", FORM],
    ["an empty file", "", "STAGES_UNREADABLE", "is empty", FORM],
    ["an empty document", "---\n", "STAGES_UNREADABLE", "does not fit at the top", FORM],
    [
      "no status that the log has",
      stagesFile(
        "{name: To Do, kind: waiting, statuses: [Offen]}",
        "{name: Build, kind: active, statuses: [77]}",
        "{name: Done, kind: done, statuses: [Fertig]}",
      ),
      "STAGES_UNKNOWN_STATUS",
      "no status that the log has",
      "In Progress (3)",
    ],
    [
      "no version that was in force",
      `${stagesFile(TODO, BUILD, DONE)}effective_from: 2030-01-01\n`,
      "SETTING_INVALID",
      "No version of the stage map was in force",
      "It has: 1",
    ],
  ])("%s", async (_case, stages, code, says, next) => {
    const files = { ...FILES, "stages.yaml": stages };
    await expectRefusal({ words: [...ANALYSE, "--stages", "stages.yaml"], files }, { code, says, next });
  });

  test("it is not there", async () => {
    const words = [...ANALYSE, "--stages", "stages.yaml"];
    await expectRefusal(
      { words, files: FILES },
      { code: "STAGES_UNREADABLE", says: "stages.yaml cannot be read", next: FORM },
    );
  });

  test("but a status that only it knows is just mentioned", async () => {
    const stages = stagesFile(TODO, "{name: Build, kind: active, statuses: [In Progress, Bauen]}", DONE);
    const folder = aFolder({ ...FILES, "stages.yaml": stages });
    const { exitCode, stderr } = await stageledger([...ANALYSE, "--stages", "stages.yaml"], { folder });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^stageledger: .*"Bauen", which neither the log nor the list of statuses has\.\n$/);
  });
});

describe("a statuses file is refused:", () => {
  test.each([
    [
      "of another site",
      '[{"id":"91","name":"Open"},{"id":"92","name":"Closed"}]',
      "STATUSES_DO_NOT_FIT",
      "only 0 of the 4 statuses",
      "rest/api/3/status",
    ],
    ["that is empty", "", "STATUSES_UNREADABLE", "cannot be read as JSON", "rest/api/3/status"],
    ["that is not JSON", "<html>", "STATUSES_UNREADABLE", "cannot be read as JSON", "rest/api/3/status"],
    ["that holds no array", '{"values":[]}', "STATUSES_UNREADABLE", "should hold an array", "rest/api/3/status"],
    [
      "that holds issues",
      `[${EXPORT.split("\n")[0]}]`,
      "STATUSES_UNREADABLE",
      "status.name should be a name",
      "rest/api/3/status",
    ],
  ])("%s", async (_case, statuses, code, says, next) => {
    const files = { ...FILES, "statuses.json": statuses };
    await expectRefusal({ words: [...ANALYSE, "--statuses", "statuses.json"], files }, { code, says, next });
  });

  test("but a byte order mark before it does no harm", async () => {
    const folder = aFolder({ ...FILES, "statuses.json": `\ufeff${EXPORTED_STATUSES}` });
    expect(await stageledger([...ANALYSE, "--statuses", "statuses.json"], { folder })).toMatchObject({ exitCode: 0 });
  });
});

describe("a calendar file is refused:", () => {
  test.each([
    ["that is no YAML", "days: [", "CALENDAR_UNREADABLE", "cannot be read as YAML"],
    ["with a day that no week has", "days: [moonday]", "CALENDAR_UNREADABLE", "at days.0:"],
    ["with an hour that no day has", 'hours: {from: "25:00", to: "26:00"}', "CALENDAR_UNREADABLE", "at hours.from:"],
    ["with an impossible holiday", 'holidays: ["2026-02-30"]', "CALENDAR_UNREADABLE", '"2026-02-30"'],
    [
      "that leaves no working time",
      'hours: {from: "17:00", to: "09:00"}',
      "CALENDAR_UNREADABLE",
      "leaves no working time",
    ],
    ["of an unknown zone", "zone: Mars/Phobos", "SETTING_UNKNOWN_ZONE", '"Mars/Phobos"'],
  ])("%s", async (_case, calendar, code, says) => {
    const files = { ...FILES, "calendar.yaml": calendar };
    const words = [...ANALYSE, "--calendar", "calendar.yaml"];
    await expectRefusal(
      { words, files },
      { code, says, next: code === "CALENDAR_UNREADABLE" ? "days:" : "Europe/Berlin" },
    );
  });
});

describe("a setting is refused:", () => {
  test.each<[string, readonly string[], string, string, string]>([
    ["an unknown zone", ["--zone", "Mars/Phobos"], "SETTING_UNKNOWN_ZONE", '"Mars/Phobos"', "Europe/Berlin"],
    ["an impossible day", ["--as-of", "2026-02-30"], "SETTING_INVALID", '"2026-02-30"', "2026-10-25"],
    [
      "a day before all issues",
      ["--as-of", "2026-08-31"],
      "SETTING_INVALID",
      "No issue was created",
      "2026-09-01T09:00:00.000Z",
    ],
    [
      "a project that nothing belongs to",
      ["--project", "PAY", "--project", "pay"],
      "SETTING_INVALID",
      '"pay"',
      "PAY, SHOP",
    ],
    [
      "a version without a stages file",
      ["--map-version", "2"],
      "SETTING_INVALID",
      "--map-version needs a stages file",
      "--map-version",
    ],
    ["a query without a site", ["--jql", "project = PAY"], "SETTING_INVALID", "--jql is for --site", "--jql"],
    [
      "a site beside files",
      ["--site", "https://example.atlassian.net"],
      "SETTING_INVALID",
      "cannot be read together",
      "one or the other",
    ],
    [
      "columns that are not told apart",
      ["--csv", "case_id"],
      "SETTING_INVALID",
      '"case_id"',
      "item=case_id,status=status",
    ],
    [
      "columns without the instant",
      ["--csv", "item=a,status=b"],
      "SETTING_INVALID",
      "needs item, status and at",
      "item=case_id,status=status",
    ],
  ])("%s", async (_case, options, code, says, next) => {
    await expectRefusal({ words: [...ANALYSE, ...options], files: FILES }, { code, says, next });
  });

  test("nothing to read", async () => {
    await expectRefusal(
      { words: ["analyse", "jira"] },
      { code: "SETTING_INVALID", says: "No file and no --site", next: "--sample" },
    );
  });
});

describe("an output is refused, and none of the others is left behind:", () => {
  const outputs = (path: string, option: string) =>
    ["--items", "--statuses-out", "--cfd", "--output"].flatMap((each) => [
      each,
      each === option ? path : `${each.slice(2)}.out`,
    ]);

  const options = ["--items", "--statuses-out", "--cfd", "--output"];
  test.each(
    options.flatMap((option) => [
      [option, "in a folder that is not there", "nowhere/file"],
      [option, "that is a folder", "folder"],
    ]),
  )("%s %s", async (option, _case, path) => {
    const folder = aFolder(FILES);
    mkdirSync(join(folder, "folder"));
    const before = contentOf(folder);
    const ended = await stageledger([...ANALYSE, ...outputs(path, option)], { folder });
    expect(ended).toMatchObject({ exitCode: 3, stdout: "" });
    expect(ended.stderr).toMatch(
      new RegExp(`^stageledger: ${path} cannot be written\\. \\[OUTPUT_UNWRITABLE\\]\\n {2}\\S`),
    );
    expect(contentOf(folder)).toEqual(before);
  });

  test.each([
    ["the input itself", ["--items", "in"], "The input and --items both name in."],
    ["the input by another name", ["--output", "./in"], "The input and --output both name ./in."],
    [
      "the stages file",
      ["--stages", "statuses.json", "--cfd", "./statuses.json"],
      "--stages and --cfd both name ./statuses.json.",
    ],
    ["another output", ["--items", "new.csv", "--cfd", "./new.csv"], "--items and --cfd both name ./new.csv."],
  ])("%s", async (_case, words, says) => {
    const folder = aFolder(FILES);
    const before = contentOf(folder);
    const ended = await stageledger([...ANALYSE, ...words], { folder });
    expect(ended).toMatchObject({ exitCode: 3, stdout: "" });
    expect(ended.stderr).toMatch(/^stageledger: .* \[SETTING_INVALID\]\n {2}Give each a file of its own\.\n$/);
    expect(ended.stderr).toContain(says);
    expect(contentOf(folder)).toEqual(before);
  });
});
