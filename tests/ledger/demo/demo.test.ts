import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { projectRoot } from "../../support/project-root.ts";
import { bareEnvironment, NODE, stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

const WITHHELD = "··";

test("the demo: a verdict for each team, hours where enough people are behind them, and a ledger that adds up", async () => {
  const folder = aFolder();
  const child = spawn(NODE, [join(projectRoot, "apps/ledger/src/main/demo.ts"), "--once"], {
    cwd: folder,
    env: bareEnvironment(),
  });
  const [printed, exitCode] = await Promise.all([
    text(child.stdout),
    new Promise<number | null>((ended) => child.on("close", ended)),
  ]);
  expect(exitCode).toBe(0);
  const cards = printed.split(/\n(?=[A-Z]+ · )/u).slice(1);
  const [ops = "", pay = "", shop = ""] = cards;
  expect(cards.map((card) => card.slice(0, 4).trim())).toEqual(["OPS", "PAY", "SHOP"]);

  // Four people: no stage, no week, no activity of theirs.
  expect(ops).toContain("No clear constraint.");
  expect(ops).not.toMatch(/\d h +\d+ %$/mu);
  // The four weeks of September, and three of October that are released already.
  expect(ops.replace(/\s+/gu, " ")).toMatch(/By week: (?:\d+ [A-Z][a-z]+ ··,? ){7}By activity/u);
  expect(ops.match(/·· +··$/gmu)?.length).toBeGreaterThanOrEqual(3);

  expect(pay).toContain("Review holds the work up.");
  expect(pay).toMatch(/^ {2}Build .* [\d.]+ h +\d+ %$/mu);
  expect(pay).toContain(WITHHELD);
  expect(shop).toContain("Test holds the work up.");
  expect(shop).toMatch(/^ {2}Build .* [\d.]+ h +\d+ %$/mu);
  for (const line of printed.split("\n")) {
    if (!line.includes(folder)) expect(line.length).toBeLessThanOrEqual(80);
  }

  const verified = await stageledger(["verify", "--data", "data/demo/ledger"], { folder });
  expect(verified).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("agree") });
}, 300_000);
