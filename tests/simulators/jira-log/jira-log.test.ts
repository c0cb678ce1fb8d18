import { expect, test } from "vitest";
import { generateJiraLines } from "./generate-jira-lines.ts";
import { jiraLines, quarterOfThreeTeams } from "./quarter-of-three-teams.ts";

const world = quarterOfThreeTeams({ seed: 7 });
const statusItems = world.issues.map((issue) =>
  issue.changelog.histories.toReversed().flatMap((history) => history.items.filter((item) => item.field === "status")),
);

test("the same seed writes the same log, another seed another", () => {
  const text = (seed: number) => [...jiraLines(quarterOfThreeTeams({ seed }))].join("");
  expect(text(7)).toBe([...jiraLines(world)].join(""));
  expect(text(8)).not.toBe(text(7));
});

test("three teams with 150 to 260 issues each, unique ids and keys, nothing at or after the as-of instant", () => {
  const byProject = Map.groupBy(world.issues, (issue) => issue.fields.project.key);
  expect([...byProject.keys()]).toEqual(["PAY", "SHOP", "OPS"]);
  for (const issues of byProject.values()) {
    expect(issues.length).toBeGreaterThan(150);
    expect(issues.length).toBeLessThan(260);
  }
  expect(new Set(world.issues.map((issue) => issue.id)).size).toBe(world.issues.length);
  expect(new Set(world.issues.map((issue) => issue.key)).size).toBe(world.issues.length);
  const stamps = world.issues.flatMap((issue) => [
    issue.fields.created,
    ...issue.changelog.histories.map((h) => h.created),
  ]);
  expect(stamps.every((stamp) => Date.parse(stamp) < world.asOf)).toBe(true);
});

test("histories come newest first and lead from status to status to the one that the issue shows", () => {
  for (const [n, issue] of world.issues.entries()) {
    const created = issue.changelog.histories.map((history) => Date.parse(history.created));
    expect(created).toEqual(created.toSorted((a, b) => b - a));
    const moves = statusItems[n] ?? [];
    for (const [m, move] of moves.entries()) if (m > 0) expect(move.from).toBe(moves[m - 1]?.to);
    if (moves.length > 0) expect(moves.at(-1)?.to).toBe(issue.fields.status.id);
  }
});

test("the blemishes are there: re-opened, withdrawn, flagged, unmapped and deleted statuses", () => {
  const count = (test: (n: number) => boolean) => world.issues.filter((_, n) => test(n)).length;
  expect(count((n) => statusItems[n]?.some((item) => item.fromString === "Done") ?? false)).toBeGreaterThan(5);
  expect(
    count((n) => statusItems[n]?.some((item) => item.toString === "Waiting for customer") ?? false),
  ).toBeGreaterThan(5);
  expect(count((n) => statusItems[n]?.some((item) => item.fromString === "Triage (old)") ?? false)).toBeGreaterThan(20);
  expect(world.issues.filter((issue) => issue.fields.resolution?.name === "Won't Do").length).toBeGreaterThan(3);
  const flagged = world.issues.filter((issue) =>
    issue.changelog.histories.some((h) => h.items.some((item) => item.field === "Flagged")),
  );
  expect(flagged.length).toBeGreaterThan(5);
  expect(world.statuses.map((status) => status.name)).not.toContain("Triage (old)");
  expect(world.stagesYaml).not.toContain("10120");
});

test("nobody in it is real, and the people, summaries and comments can be replaced", () => {
  const text = [...jiraLines(world)].join("");
  expect(new Set(text.match(/"displayName":"[^"]*"/g)?.map((found) => found.replace(/\d+/, "N")))).toEqual(
    new Set(['"displayName":"Fake Person N"']),
  );
  expect(text.match(/@(?!example\.invalid)/g)).toBeNull();
  const person = { accountId: "id-canary", displayName: "name-canary", emailAddress: "mail-canary" };
  const planted = quarterOfThreeTeams({
    seed: 7,
    person: () => person,
    summary: () => "summary-canary",
    comment: () => "comment-canary",
  });
  const plantedText = [...jiraLines(planted)].join("");
  for (const canary of ["id-canary", "name-canary", "mail-canary", "summary-canary", "comment-canary"])
    expect(plantedText).toContain(canary);
  expect(plantedText).not.toContain("Fake Person");
});

test("the large log: as many lines as asked for, about 1.5 kB each, in order of creation, the same each time", () => {
  const options = { seed: 3, issues: 2_000, asOf: Date.UTC(2026, 9, 26) };
  const lines = [...generateJiraLines(options)];
  expect(lines).toEqual([...generateJiraLines(options)]);
  expect(lines).toHaveLength(2_000);
  const bytes = lines.reduce((sum, line) => sum + line.length, 0) / 2_000;
  expect(bytes).toBeGreaterThan(1_100);
  expect(bytes).toBeLessThan(1_800);
  const created = lines.map((line) => /"created":"([^"]*)","updated"/.exec(line)?.[1] ?? "");
  expect(created).toEqual(created.toSorted());
});
