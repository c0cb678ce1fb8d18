import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { anExportedIssue, EXPORTED_STATUSES, jsonLines } from "../../support/an-exported-issue.ts";
import { expectRefusal } from "../../support/refusal.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

const good = anExportedIssue({
  key: "PAY-1",
  created: "2026-09-01T09:00",
  moves: ["2026-09-02T09:00 In Progress", "2026-09-04T09:00 Done"],
});
const other = anExportedIssue({ key: "PAY-2", created: "2026-09-02T09:00", moves: ["2026-09-03T09:00 In Progress"] });
const GOOD = JSON.stringify(good);
const OTHER = JSON.stringify(other);

const EXPORT_AGAIN = "Export it again";
const MEND = "--keep-going";

/** The good issue with one member replaced, by its path. */
function withMember(path: string, value: unknown): string {
  const issue: unknown = JSON.parse(GOOD);
  const names = path.split(".");
  const last = names.pop() ?? "";
  let at: unknown = issue;
  for (const name of names) at = Reflect.get(Object(at), name);
  Reflect.set(Object(at), last, value);
  return JSON.stringify(issue);
}

describe("an input that cannot be read is refused, and nothing is left on the disk:", () => {
  test.each<[string, string | Uint8Array, string, string | RegExp, string]>([
    ["truncated gzip", gzipSync(GOOD.repeat(50)).subarray(0, 200), "INPUT_TRUNCATED_GZIP", "in is damaged", "gzip -t"],
    [
      "damaged gzip",
      Buffer.concat([gzipSync(GOOD).subarray(0, 40), Buffer.alloc(60, 7)]),
      "INPUT_TRUNCATED_GZIP",
      "in is damaged",
      "gzip -t",
    ],
    ["random bytes", Buffer.from([0, 159, 146, 150, 10, 200, 1]), "INPUT_NOT_JSON", "in, line 1:", EXPORT_AGAIN],
    ["a page of HTML", "<html>\n<body>Log in</body></html>", "INPUT_NOT_JSON", "in, line 1:", EXPORT_AGAIN],
    [
      "JSON lines broken in the middle",
      `${GOOD}\n${OTHER.slice(0, 80)}\n${OTHER}\n`,
      "INPUT_NOT_JSON",
      "in, line 2:",
      MEND,
    ],
    ["JSON lines cut off", `${GOOD}\n${OTHER.slice(0, 80)}`, "INPUT_NOT_JSON", "in, line 2:", MEND],
    [
      "an indented array cut off in an issue",
      `[\n${GOOD},\n${OTHER.slice(0, 80)}`,
      "INPUT_NOT_JSON",
      "in, line 3: What begins here never ends",
      MEND,
    ],
    [
      "an array cut off between two issues",
      `[\n${GOOD},\n`,
      "INPUT_NOT_JSON",
      "in, line 1: What begins here never ends",
      MEND,
    ],
    [
      "a page cut off after its issues",
      `{"issues":[${GOOD}],"isLast":`,
      "INPUT_NOT_JSON",
      "in, line 1: What begins here never ends",
      MEND,
    ],
    ["an empty file", "", "INPUT_EMPTY", "holds no issues", "--csv"],
    ["nothing but line breaks", "\n\n \r\n", "INPUT_EMPTY", "holds no issues", "--csv"],
    ["an empty array", "[]", "INPUT_EMPTY", "holds no issues", "--csv"],
    ["an empty page", '{"issues":[],"isLast":true}', "INPUT_EMPTY", "holds no issues", "--csv"],
    [
      "Jira's refusal instead of issues",
      '{"errorMessages":["no"]}',
      "INPUT_WRONG_SHAPE",
      "in, line 1: issue.fields should be an object, found nothing",
      "expand=changelog",
    ],
    ["a list of texts", '["PAY-1",\n"PAY-2"]', "INPUT_NOT_JSON", "in, line 1", MEND],
    ["null", "null", "INPUT_WRONG_SHAPE", "issue should be an object, found null", "expand=changelog"],
    [
      "an issue without id",
      withMember("id", null),
      "INPUT_WRONG_SHAPE",
      "issue.id should be an id, found null",
      "expand=changelog",
    ],
    [
      "an issue without status",
      withMember("fields.status", undefined),
      "INPUT_WRONG_SHAPE",
      "issue.fields.status should be an object, found nothing",
      "expand=changelog",
    ],
    [
      "a status that is a text",
      withMember("fields.status", "To Do"),
      "INPUT_WRONG_SHAPE",
      "issue.fields.status should be an object, found a string",
      "expand=changelog",
    ],
    [
      "an issue without project",
      withMember("fields.project", []),
      "INPUT_WRONG_SHAPE",
      "issue.fields.project should be an object, found an array",
      "expand=changelog",
    ],
    [
      "no date of creation",
      withMember("fields.created", true),
      "INPUT_WRONG_SHAPE",
      "issue.fields.created should be a date and time, found a boolean",
      "expand=changelog",
    ],
    [
      "30 February",
      withMember("fields.created", "2026-02-30T09:00:00.000+0000"),
      "INPUT_IMPOSSIBLE_DATE",
      "in, line 1: issue.fields.created",
      "2026-09-07T09:00",
    ],
    [
      "an hour that no day has",
      withMember("changelog.histories.0.created", "2026-09-04T25:00:00.000+0000"),
      "INPUT_IMPOSSIBLE_DATE",
      "in, line 1: history.created",
      "2026-09-07T09:00",
    ],
    [
      "a change without items",
      withMember("changelog.histories.1.items", undefined),
      "INPUT_WRONG_SHAPE",
      "in, line 1: history.items should be an array",
      "expand=changelog",
    ],
    [
      "a change into no status",
      withMember("changelog.histories.1.items.0.to", null),
      "INPUT_WRONG_SHAPE",
      "in, line 1: history.items.to should be an id, found null",
      "expand=changelog",
    ],
    [
      "a changelog of another shape",
      withMember("changelog", { histories: {} }),
      "INPUT_WRONG_SHAPE",
      "in, line 1: issue.changelog.histories should be an array",
      "expand=changelog",
    ],
    [
      "issues that all lack a changelog",
      [GOOD, OTHER].map((issue) => issue.replace("changelog", "removed")).join("\n"),
      "INPUT_NO_CHANGELOG",
      "No issue in the export has a changelog",
      "expand=changelog",
    ],
    [
      "only issues that were done from the start",
      withMember("fields.status", { id: "10001", name: "Done", statusCategory: { key: "done" } }).replace(
        /"histories":\[.*?\}\]\}\]/,
        '"histories":[]',
      ),
      "INPUT_WRONG_SHAPE",
      "done from its creation on",
      "--statuses",
    ],
  ])("%s", async (_case, content, code, says, next) => {
    await expectRefusal({ words: ["analyse", "jira", "in"], files: { in: content } }, { code, says, next });
  });

  test("a file that is not there", async () => {
    await expectRefusal(
      { words: ["analyse", "jira", "nowhere.jsonl"] },
      { code: "INPUT_NOT_FOUND", says: "nowhere.jsonl cannot be read", next: "path" },
    );
  });

  test("a folder", async () => {
    await expectRefusal(
      { words: ["analyse", "jira", "."] },
      { code: "INPUT_NOT_FOUND", says: ". is a directory", next: "path" },
    );
  });

  test("the second of two files, by its name and line", async () => {
    await expectRefusal(
      { words: ["analyse", "jira", "a", "b"], files: { a: `${GOOD}\n`, b: `${OTHER}\n\n${OTHER.slice(0, 50)}\n` } },
      { code: "INPUT_NOT_JSON", says: "b, line 3:", next: MEND },
    );
  });

  test("truncated gzip on standard input", async () => {
    const folder = aFolder();
    const stdin = gzipSync(GOOD.repeat(50)).subarray(0, 200);
    const { exitCode, stderr } = await stageledger(["analyse", "jira", "-"], { folder, stdin });
    expect(exitCode).toBe(3);
    expect(stderr).toContain("[INPUT_TRUNCATED_GZIP]");
  });

  test("an early answer does not take the place of the last one", async () => {
    const files = { in: `${GOOD}\n{`, "items.csv": "last week's", "answer.txt": "last week's" };
    await expectRefusal(
      { words: ["analyse", "jira", "in"], files },
      { code: "INPUT_NOT_JSON", says: "line 2", next: MEND },
    );
  });
});

describe("--keep-going", () => {
  const keepGoing = async (content: string) => {
    const folder = aFolder({ "in.jsonl": content, "statuses.json": EXPORTED_STATUSES });
    mkdirSync(join(folder, "deep"));
    const words = [
      "analyse",
      "jira",
      "../in.jsonl",
      "--statuses",
      "../statuses.json",
      "--keep-going",
      "--format",
      "json",
    ];
    const { exitCode, stdout, stderr } = await stageledger(words, { folder: join(folder, "deep") });
    const report: unknown = exitCode === 0 ? JSON.parse(stdout) : undefined;
    return { exitCode, stderr, report };
  };

  test("leaves out what cannot be read, counts it and names its line, without the folders it lies in", async () => {
    const impossible = OTHER.replace("2026-09-02", "2026-02-30");
    const { exitCode, stderr, report } = await keepGoing(
      [GOOD, OTHER.slice(0, 80), OTHER, impossible, "null", ""].join("\n"),
    );
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: "stageledger: 3 unreadable values left out, as asked.\n",
    });
    expect(report).toMatchObject({
      total: { counts: { items: 2 } },
      findings: [{ kind: "skipped-line", count: 3, keys: ["in.jsonl:2", "in.jsonl:4", "in.jsonl:5"] }],
    });
  });

  test("says so when a value never ends, because everything after it is lost", async () => {
    const { exitCode, stderr, report } = await keepGoing(`[\n${GOOD},\n${OTHER.slice(0, 80)},\n${OTHER}\n]`);
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      "stageledger: 1 unreadable value left out, as asked.\n" +
        "stageledger: ../in.jsonl, line 3: what begins here never ends; nothing after it was read.\n",
    );
    expect(report).toMatchObject({
      total: { counts: { items: 1 } },
      findings: [{ kind: "skipped-line", keys: ["in.jsonl:3"] }],
    });
  });

  test("does not make an answer out of nothing", async () => {
    const { exitCode, stderr } = await keepGoing("{\n<oops>\n");
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^stageledger: Not one issue could be read\. \[INPUT_EMPTY\]\n {2}\S/);
  });
});

describe("is no bad input:", () => {
  test("an issue with an empty changelog stays where it was created, from creation to now", async () => {
    const folder = aFolder({ in: JSON.stringify({ ...other, changelog: { histories: [] } }) });
    const words = ["analyse", "jira", "in", "--as-of", "2026-09-05T09:00:00Z", "--statuses-out", "times.csv"];
    const { exitCode, stdout } = await stageledger(words, { folder });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Too few items finished to tell.");
  });

  test("one issue without a changelog among others: it is counted and named", async () => {
    const folder = aFolder({ in: jsonLines([good, { ...other, changelog: undefined }]) });
    const { exitCode, stdout } = await stageledger(["analyse", "jira", "in"], { folder });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("1 without history");
  });
});
