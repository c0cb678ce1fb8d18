import { beforeEach, describe, expect, test } from "vitest";
import { quarterOfThreeTeams } from "../../simulators/jira-log/quarter-of-three-teams.ts";
import { jsonLines } from "../../support/an-exported-issue.ts";
import { hasTerminalToLend, stageledgerOnATerminal } from "../../support/on-a-terminal.ts";
import { aFolder } from "../../support/temporary-folder.ts";

const world = quarterOfThreeTeams({ seed: 1 });
const pay = world.issues.filter((issue) => issue.fields.project.key === "PAY");
const FILES = {
  "in.jsonl": jsonLines(pay),
  "statuses.json": JSON.stringify(world.statuses),
  "stages.yaml": world.stagesYaml,
};
const ANALYSE = "analyse jira in.jsonl --statuses statuses.json --stages stages.yaml";

const ESCAPE = String.fromCodePoint(0x1b);
const ACCENT = `${ESCAPE}[1m${ESCAPE}[33m`;
const ACCENT_END = `${ESCAPE}[39m${ESCAPE}[22m`;

const hasTerminal = hasTerminalToLend();

describe("on a terminal", () => {
  beforeEach((context) => {
    if (!hasTerminal) context.skip("there is no script of util-linux, which lends a terminal");
  });

  test("only the constraint has colour: in its sentence and in the table", async () => {
    const shown = await stageledgerOnATerminal(`${ANALYSE} 2>/dev/null`, aFolder(FILES));
    const lines = shown.split("\n").filter((line) => line.includes(ESCAPE));
    expect(lines).toHaveLength(2);
    expect(lines[0]?.trimStart().startsWith(`${ACCENT}Review holds the work up.${ACCENT_END} `)).toBe(true);
    expect(lines[1]).toContain(`${ACCENT}Review ▲${ACCENT_END}`);
  });

  test("none when NO_COLOR is set, and none in a file", async () => {
    expect(await stageledgerOnATerminal(`${ANALYSE} 2>/dev/null`, aFolder(FILES), { NO_COLOR: "1" })).not.toContain(
      ESCAPE,
    );
    const folder = aFolder(FILES);
    const written = await stageledgerOnATerminal(`${ANALYSE} --output answer.txt 2>/dev/null; cat answer.txt`, folder);
    expect(written).toContain("Review holds the work up.");
    expect(written).not.toContain(ESCAPE);
  });

  test("progress is a bar on standard error, gone when the work is done", async () => {
    const shown = await stageledgerOnATerminal(`${ANALYSE} --format json >/dev/null`, aFolder(FILES));
    const erasing = `${ESCAPE}[1G${ESCAPE}[0J`;
    expect(shown.endsWith(erasing)).toBe(true);
    expect(shown).not.toContain("\n");
  });
});
