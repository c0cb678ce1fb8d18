/**
 * Writes the sample that `stageledger analyse --sample` reads: the quarter of three teams, without
 * the people that a Jira export would carry. Run it again after a change of the world:
 * `node tests/simulators/jira-log/write-sample.ts`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { quarterOfThreeTeams } from "./quarter-of-three-teams.ts";

/** Members that name a person: an export that is made to be shared has none. */
const PERSONAL = new Set(["author", "assignee", "reporter", "creator", "summary"]);

const folder = new URL("../../../apps/ledger/sample/", import.meta.url);
const world = quarterOfThreeTeams({ seed: 1 });
const issues = world.issues.map((issue) => {
  const histories = issue.changelog.histories.filter((history) =>
    history.items.every((item) => item.fieldId !== "assignee"),
  );
  const shared = { ...issue, changelog: { ...issue.changelog, total: histories.length, histories } };
  return `${JSON.stringify(shared, (member, value: unknown) => (PERSONAL.has(member) ? undefined : value))}\n`;
});

mkdirSync(folder, { recursive: true });
writeFileSync(new URL("three-teams.jsonl.gz", folder), gzipSync(issues.join(""), { level: 9 }));
writeFileSync(new URL("statuses.json", folder), `${JSON.stringify(world.statuses, null, 2)}\n`);
writeFileSync(new URL("stages.yaml", folder), world.stagesYaml);
