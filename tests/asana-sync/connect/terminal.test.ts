import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect, test, vi } from "vitest";
import { type Desk, desksOnAServer } from "../../support/asana/a-desk.ts";
import { hasTerminalToLend } from "../../support/on-a-terminal.ts";
import { bareEnvironment, NODE, STAGELEDGER } from "../../support/stageledger-process.ts";

vi.setConfig({ testTimeout: 120_000 });

const aDesk = desksOnAServer();

/** What a terminal takes as a command, such as to go to a column. */
const CONTROL = new RegExp(`${String.fromCodePoint(0x1b)}\\[[\\d?]*[A-Za-z]`, "gu");
const QUESTION = /(: |\? |\[Y\/n\] |\[y\/N\] )$/u;

/** What the terminal shows when each question is answered by the next line, once it is asked. */
async function talk(desk: Desk, words: string, ...answers: readonly string[]): Promise<string> {
  const child = spawn("script", ["--quiet", "--return", "--command", `"$NODE" "$STAGELEDGER" ${words}`, "/dev/null"], {
    cwd: desk.folder,
    env: { ...bareEnvironment(), TERM: "dumb", NODE, STAGELEDGER, ...desk.variables },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const waiting = [...answers];
  child.stdout.on("data", (shown) => {
    if (QUESTION.test(String(shown).replaceAll(CONTROL, ""))) child.stdin.write(`${waiting.shift() ?? ""}\r`);
  });
  const shown = await text(child.stdout);
  expect(waiting).toEqual([]);
  return shown.replaceAll("\r\n", "\n").replaceAll(CONTROL, "");
}

test("a person is asked for the workspace, the projects and a yes; a no records nothing", async (context) => {
  if (!hasTerminalToLend()) context.skip("no `script` of util-linux to lend a terminal");
  const desk = await aDesk();
  desk.world.createProject(desk.workspace, "Checkout", ["Ideas", "Doing", "Done"]);
  desk.world.createWorkspace("Tall Elm");
  desk.world.createTask({ project: desk.project });

  const refused = await talk(desk, "connect asana", "1", "3", "2", "n");
  expect(refused).toContain("  1  Hollow Oak\n  2  Tall Elm\n");
  expect(refused).toContain("  1  Checkout\n  2  Orders\n");
  expect(refused).toContain("Answer with numbers from 1 to 2.");
  expect(refused).toContain("Nothing was recorded.");
  expect((await desk.run(["connections"])).stdout).toContain("Nothing is connected.");

  const agreed = await talk(desk, "connect asana", "1", "1-2", "");
  expect(agreed).toContain("Recorded: 1 task");
  const kept = await talk(desk, "disconnect asana", "");
  expect(kept).toContain("(Orders, Checkout) would be disconnected. What it brought stays.");
  expect(kept).toContain("Nothing was changed.");
  expect(await talk(desk, "disconnect asana", "y")).toContain("Disconnected:");
});
