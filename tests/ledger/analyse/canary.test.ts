import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { type FakeJira, startFakeJira } from "../../simulators/jira/fake-jira.ts";
import type { Fault } from "../../simulators/jira/fault.ts";
import { quarterOfThreeTeams } from "../../simulators/jira-log/quarter-of-three-teams.ts";
import { jsonLines } from "../../support/an-exported-issue.ts";
import { Canaries } from "../../support/canaries.ts";
import { fullOfPeople } from "../../support/full-of-people.ts";
import { aJiraSite } from "../../support/jira-site-builder.ts";
import { ALL_OUTPUTS } from "../../support/refusal.ts";
import { EMAIL, TOKEN } from "../../support/site-reading.ts";
import { type EndedProcess, stageledger } from "../../support/stageledger-process.ts";
import { aFolder, type FolderContent } from "../../support/temporary-folder.ts";

const canaries = new Canaries();
const world = quarterOfThreeTeams({ seed: 11 });
/** A quarter of the three teams: enough for every figure. */
const some = world.issues.filter((_, nth) => nth % 4 === 0);
const people = some.map((issue) => fullOfPeople(issue, canaries));
const statuses = world.statuses.map((status) => ({ ...status, description: canaries.plant("status list") }));
const EXPORT = jsonLines(people);
const FILES = { "in.jsonl": EXPORT, "statuses.json": JSON.stringify(statuses), "stages.yaml": world.stagesYaml };
const ANALYSE = ["analyse", "jira", "in.jsonl", "--statuses", "statuses.json"];

/** Stands in answers of a site that are no issues. */
const REFUSAL = canaries.plant("refusal");

const [one, two] = people.slice(0, 2).map((issue) => JSON.stringify(issue));
if (one === undefined || two === undefined) throw new RangeError("the world holds no issues");

interface Run {
  readonly ended: EndedProcess;
  /** Everything that came out: both streams and every file that was not there before, with its name. */
  readonly out: string;
  readonly written: readonly string[];
}

async function run(words: readonly string[], files: FolderContent, variables = {}): Promise<Run> {
  const folder = aFolder(files);
  const ended = await stageledger(words, { folder, variables });
  const written = readdirSync(folder)
    .filter((name) => !(name in files))
    .sort();
  const texts = written.map((name) => `${name}\n${readFileSync(join(folder, name), "utf8")}`);
  return { ended, written, out: [ended.stdout, ended.stderr, ...texts].join("\n") };
}

test("the plant: every place is in the export", () => {
  expect(canaries.places.length).toBeGreaterThan(200);
  const planted = canaries.foundIn(EXPORT + FILES["statuses.json"] + REFUSAL);
  expect(planted).toEqual(canaries.places);
});

describe("no canary comes out of an export", () => {
  test.each([
    ["as text", "text", []],
    ["as JSON", "json", []],
    ["as a page", "html", []],
    ["as a page over a given stage map", "html", ["--stages", "stages.yaml"]],
  ])("%s, nor in the files beside it", async (_case, format, options) => {
    const { ended, out, written } = await run([...ANALYSE, ...options, "--format", format, ...ALL_OUTPUTS], FILES);
    expect(ended.exitCode).toBe(0);
    expect(written).toEqual(["answer.txt", "cfd.csv", "items.csv", "times.csv"]);
    expect(out).toContain(some[0]?.key);
    expect(canaries.foundIn(out)).toEqual([]);
  });

  test("printed, which is the same answer as without any people, byte for byte", async () => {
    const [full, empty] = await Promise.all([
      run([...ANALYSE, "--format", "json"], FILES),
      run([...ANALYSE, "--format", "json"], { ...FILES, "in.jsonl": jsonLines(some) }),
    ]);
    expect(full.ended).toEqual(empty.ended);
    expect(canaries.foundIn(full.out)).toEqual([]);
  });

  test("with broken lines left out", async () => {
    const broken = [
      one.slice(0, 1_500),
      one.replace(/"created":"[^"]*"/, `"created":"${canaries.plant("summary")}"`),
      `"${canaries.plant("summary")}"`,
    ];
    const files = { ...FILES, "in.jsonl": `${EXPORT}${broken.join("\n")}\n` };
    const { ended, out } = await run([...ANALYSE, "--keep-going", "--format", "json", ...ALL_OUTPUTS], files);
    expect(ended.exitCode).toBe(0);
    expect(ended.stderr).toContain("3 unreadable values left out");
    expect(canaries.foundIn(out)).toEqual([]);
  });
});

describe("no canary comes out of an error:", () => {
  const name = canaries.plant("assignee: display name");
  const csv = ["analyse", "jira", "in.jsonl", "--csv", "item=case,status=status,at=at"];
  const without = (member: string) => one.replace(`"${member}":`, `"${name}":`);

  test.each<[string, string, readonly string[], FolderContent]>([
    ["truncated gzip", "INPUT_TRUNCATED_GZIP", ANALYSE, { "in.jsonl": gzipSync(EXPORT).subarray(0, 50_000) }],
    ["a line cut off", "INPUT_NOT_JSON", ANALYSE, { "in.jsonl": `${two}\n${one.slice(0, 3_000)}\n${two}` }],
    [
      "a document cut off",
      "INPUT_NOT_JSON",
      ANALYSE,
      { "in.jsonl": JSON.stringify(people.slice(0, 3), null, 2).slice(0, -900) },
    ],
    ["a text", "INPUT_WRONG_SHAPE", ANALYSE, { "in.jsonl": JSON.stringify(name) }],
    ["a name without quotes", "INPUT_NOT_JSON", ANALYSE, { "in.jsonl": `{"name": ${name}}` }],
    ["a page that is not JSON", "INPUT_NOT_JSON", ANALYSE, { "in.jsonl": `<html>${name}</html>` }],
    ["no fields", "INPUT_WRONG_SHAPE", ANALYSE, { "in.jsonl": without("fields") }],
    [
      "a name for an instant",
      "INPUT_IMPOSSIBLE_DATE",
      ANALYSE,
      { "in.jsonl": one.replace(/"created":"[^"]*"/g, `"created":"${name}"`) },
    ],
    [
      "a name for a status",
      "INPUT_WRONG_SHAPE",
      ANALYSE,
      { "in.jsonl": one.replace('"status":{', `"status":"${name}","was":{`) },
    ],
    ["no changelog", "INPUT_NO_CHANGELOG", ANALYSE, { "in.jsonl": without("changelog") }],
    ["no project", "SETTING_INVALID", [...ANALYSE, "--project", "NONE"], {}],
    ["too early", "SETTING_INVALID", [...ANALYSE, "--as-of", "2001-01-01"], {}],
    [
      "statuses with a name for an id",
      "STATUSES_UNREADABLE",
      ANALYSE,
      { "statuses.json": `[{"id":{"x":"${name}"},"name":"${name}"}]` },
    ],
    ["statuses that do not fit", "STATUSES_DO_NOT_FIT", ANALYSE, { "statuses.json": `[{"id":"1","name":"${name}"}]` }],
    ["statuses that are people", "STATUSES_UNREADABLE", ANALYSE, { "statuses.json": `{"author":"${name}"}` }],
    [
      "a status twice",
      "STAGES_STATUS_TWICE",
      [...ANALYSE, "--stages", "stages.yaml"],
      { "stages.yaml": world.stagesYaml.replace('["10102"]', '["10103"]') },
    ],
    [
      "no stage of the log",
      "STAGES_UNKNOWN_STATUS",
      [...ANALYSE, "--stages", "stages.yaml"],
      { "stages.yaml": world.stagesYaml.replaceAll('["', '["9') },
    ],
    ["JSON taken for CSV", "INPUT_WRONG_SHAPE", csv, {}],
    [
      "CSV without a header",
      "INPUT_CSV_COLUMNS",
      csv,
      { "in.jsonl": `PAY-1,${name},2026-09-01\nPAY-1,${name},2026-09-02\n` },
    ],
    ["CSV with a misplaced quote", "INPUT_WRONG_SHAPE", csv, { "in.jsonl": `case,status,at\n"${name}" ${name},a,b\n` }],
    [
      "CSV with a quote after a name",
      "INPUT_WRONG_SHAPE",
      csv,
      { "in.jsonl": `case,status,at\nPAY-1,${name} "Jo" ${name},2026-09-01\n` },
    ],
    [
      "CSV with a name for an instant",
      "INPUT_IMPOSSIBLE_DATE",
      csv,
      { "in.jsonl": `case,status,at\nPAY-1,${name},${name}\n` },
    ],
    [
      "CSV with an empty cell",
      "INPUT_WRONG_SHAPE",
      csv,
      { "in.jsonl": `case,status,at,who\nPAY-1,,2026-09-01,${name}\n` },
    ],
  ])("%s", async (_case, code, words, files) => {
    const { ended, out, written } = await run([...words, ...ALL_OUTPUTS], { ...FILES, ...files });
    expect(ended.exitCode).toBe(3);
    expect(ended.stderr).toContain(`[${code}]`);
    expect(written).toEqual([]);
    expect(canaries.foundIn(out)).toEqual([]);
  });
});

describe("no canary comes out of a site", () => {
  const fields = [...new Set(people.flatMap((issue) => Object.keys(issue.fields)))].map((id) => ({ id, name: id }));
  const siteData = { ...aJiraSite({ issues: people, customFields: fields }), statuses };
  const aSite = async (): Promise<FakeJira> => {
    const jira = await startFakeJira(siteData, { email: EMAIL, token: TOKEN });
    onTestFinished(() => jira.close());
    return jira;
  };
  const read = (jira: FakeJira, options: readonly string[], token = TOKEN) =>
    run(
      ["analyse", "jira", "--site", jira.url, "--jql", "project in (PAY, SHOP, OPS)", ...options, ...ALL_OUTPUTS],
      {},
      { JIRA_EMAIL: EMAIL, JIRA_API_TOKEN: token },
    );

  test.each(["text", "json", "html"])("as %s, nor a credential", async (format) => {
    const { ended, out, written } = await read(await aSite(), ["--format", format]);
    expect(ended.exitCode).toBe(0);
    expect(written).toEqual(["answer.txt", "cfd.csv", "items.csv", "times.csv"]);
    expect(out).toContain(some[0]?.key);
    expect(canaries.foundIn(out)).toEqual([]);
    for (const secret of [TOKEN, EMAIL]) expect(out).not.toContain(secret);
  });

  const [first] = people;
  test.each<[string, string, number, string, Fault]>([
    ["an expired token", "SITE_UNAUTHORISED", 4, "status", { kind: "answer", status: 401, body: { message: REFUSAL } }],
    [
      "a limit",
      "SITE_RATE_LIMITED",
      4,
      "search/jql",
      { kind: "answer", status: 429, headers: { "retry-after": "3600" }, body: { message: REFUSAL } },
    ],
    ["no right", "SITE_FORBIDDEN", 4, "bulkfetch", { kind: "answer", status: 403, body: REFUSAL }],
    [
      "another shape",
      "SITE_WRONG_SHAPE",
      4,
      "search/jql",
      {
        kind: "answer",
        status: 200,
        body: { issues: [{ ...first, id: { [REFUSAL]: REFUSAL } }] },
      },
    ],
    ["not JSON", "SITE_WRONG_SHAPE", 4, "search/jql", { kind: "answer", status: 200, body: REFUSAL }],
    [
      "an impossible date",
      "INPUT_IMPOSSIBLE_DATE",
      3,
      "search/jql",
      {
        kind: "answer",
        status: 200,
        body: { issues: [{ ...first, fields: { ...first?.fields, created: REFUSAL } }] },
      },
    ],
  ])("that answers with %s", async (_case, code, exitCode, pathEnd, fault) => {
    const jira = await aSite();
    jira.disturb(pathEnd, fault, 100);
    const { ended, out, written } = await read(jira, []);
    expect(ended.stderr).toContain(`[${code}]`);
    expect(ended.exitCode).toBe(exitCode);
    expect(written).toEqual([]);
    expect(canaries.foundIn(out)).toEqual([]);
    for (const secret of [TOKEN, EMAIL]) expect(out).not.toContain(secret);
  });
});
