import { describe, expect, test } from "vitest";
import { anExportedIssue, jsonLines } from "../../support/an-exported-issue.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

const OPTIONS = [
  ...[
    "--site",
    "--jql",
    "--csv",
    "--statuses",
    "--stages",
    "--map-version",
    "--zone",
    "--project",
    "--as-of",
    "--window",
  ],
  ...["--calendar", "--withdrawn", "--back-to-backlog", "--seed", "--format", "--output", "--items", "--statuses-out"],
  ...["--cfd", "--keep-going"],
];

describe("help", () => {
  test.each([
    ["stageledger --help", ["--help"], ["analyse"]],
    ["stageledger -h", ["-h"], ["analyse"]],
    ["stageledger help", ["help"], ["analyse"]],
    [
      "stageledger analyse --help",
      ["analyse", "--help"],
      ["--sample", "jira", "stages | calendar | csv | outputs | site"],
    ],
    ["stageledger help analyse", ["help", "analyse"], ["--sample", "jira"]],
    ["stageledger analyse jira --help", ["analyse", "jira", "--help"], [...OPTIONS, "Examples:", "Exit codes:"]],
    [
      "stageledger analyse --help stages",
      ["analyse", "--help", "stages"],
      ["commitment: Build", "waiting", "withdrawn", "effective_from"],
    ],
    ["stageledger analyse --help calendar", ["analyse", "--help", "calendar"], ["holidays:", "breaks:"]],
    [
      "stageledger analyse --help csv",
      ["analyse", "--help", "csv"],
      ["item=case_id,status=status,at=timestamp,project=product"],
    ],
    [
      "stageledger analyse --help outputs",
      ["analyse", "--help", "outputs"],
      ["--items", "--statuses-out", "--cfd", "ISO 8601"],
    ],
    ["stageledger analyse jira --help site", ["analyse", "jira", "--help", "site"], ["JIRA_EMAIL", "JIRA_API_TOKEN"]],
    ["stageledger analyse", ["analyse"], ["analyse --sample", "analyse jira export", "--site https://"]],
  ])("%s", async (_command, words, says) => {
    const { exitCode, stdout, stderr } = await stageledger(words);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    for (const text of says) expect(stdout).toContain(text);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test.each(["constructor", "toString", "nonsense"])(
    "on %s, which is no topic, names those that there are",
    async (topic) => {
      const { exitCode, stdout, stderr } = await stageledger(["analyse", "--help", topic]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).toContain("topics: stages, calendar, csv, outputs, site");
    },
  );

  /** The indented block of a topic: what a reader would copy. */
  const example = async (topic: string) => {
    const { stdout } = await stageledger(["analyse", "--help", topic]);
    const lines = stdout.split("\n").filter((line) => line.startsWith("  "));
    return lines.map((line) => `${line.slice(2)}\n`).join("");
  };

  test("shows files that can be copied as they are", async () => {
    const moves = ["2026-09-02T09:00 In Progress", "2026-09-04T09:00 Done"];
    const folder = aFolder({
      in: jsonLines([anExportedIssue({ key: "PAY-1", created: "2026-09-01T09:00", moves })]),
      "stages.yaml": await example("stages"),
      "calendar.yaml": await example("calendar"),
    });
    const words = [
      "analyse",
      "jira",
      "in",
      "--stages",
      "stages.yaml",
      "--calendar",
      "calendar.yaml",
      "--format",
      "json",
    ];
    const { exitCode, stdout, stderr } = await stageledger(words, { folder });
    expect(exitCode).toBe(0);
    expect(stderr.split("\n").filter((line) => line !== "" && !line.includes("names status"))).toEqual([]);
    const { map } = JSON.parse(stdout);
    expect(map.stages.map((stage: { readonly name: string }) => stage.name)).toEqual([
      "Backlog",
      "Build",
      "Queue",
      "Review",
      "Done",
      "Dropped",
    ]);
    expect(map.commitment).toBe("Build");
  });
});

describe("wrong usage has exit code 2 and says where help is:", () => {
  test.each<[string, readonly string[], string]>([
    ["an unknown command", ["analyze"], "unknown command 'analyze'"],
    ["an unknown option", ["analyse", "jira", "in", "--stage", "x"], "unknown option '--stage'"],
    ["a file without saying whose", ["analyse", "in.jsonl"], "stageledger analyse jira in.jsonl"],
    ["an option without its value", ["analyse", "jira", "in", "--zone"], "--zone"],
    ["a form that there is not", ["analyse", "jira", "in", "--format", "xml"], "text, json, html"],
    ["five weeks", ["analyse", "jira", "in", "--window", "5"], "6 to 12 whole weeks"],
    ["thirteen weeks", ["analyse", "jira", "in", "--window", "13"], "6 to 12 whole weeks"],
    ["half a week", ["analyse", "jira", "in", "--window", "6.5"], "whole number"],
    ["a seed that is no number", ["analyse", "jira", "in", "--seed", "lucky"], "whole number"],
    ["a negative seed", ["analyse", "jira", "in", "--seed=-1"], "whole number"],
    ["a policy that there is not", ["analyse", "jira", "in", "--back-to-backlog", "forget"], "keep, reset"],
  ])("%s", async (_case, words, says) => {
    const { exitCode, stdout, stderr } = await stageledger(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(says);
    expect(stderr).toContain("stageledger --help");
  });

  test("nothing at all: the help", async () => {
    const { exitCode, stdout, stderr } = await stageledger([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^Usage: stageledger/);
  });
});

test("analyse --sample answers out of the box", async () => {
  const { exitCode, stdout, stderr } = await stageledger(["analyse", "--sample"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/^PAY · /m);
  expect(stdout).toMatch(/holds the work up\./);
});
