import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test, vi } from "vitest";
import { quarterOfThreeTeams } from "../../simulators/jira-log/quarter-of-three-teams.ts";
import { jsonLines } from "../../support/an-exported-issue.ts";
import { bareEnvironment, NODE, STAGELEDGER, stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

const world = quarterOfThreeTeams({ seed: 1 });
const lines = jsonLines(world.issues);

function start(words: readonly string[], folder: string) {
  return spawn(NODE, [STAGELEDGER, ...words], { cwd: folder, env: bareEnvironment() });
}

test.each(["json", "html", "text"])(
  "a reader that closes the pipe early, as head does, is no failure: %s",
  async (format) => {
    const child = start(["analyse", "jira", "in.jsonl", "--format", format], aFolder({ "in.jsonl": lines }));
    child.stdout.once("data", () => child.stdout.destroy());
    const [stderr, [exitCode]] = await Promise.all([text(child.stderr), once(child, "close")]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  },
);

test("files are whole although nobody reads the answer", async () => {
  const folder = aFolder({ "in.jsonl": lines });
  const child = start(["analyse", "jira", "in.jsonl", "--items", "items.csv", "--format", "json"], folder);
  child.stdout.destroy();
  const [exitCode] = await once(child, "close");
  expect(exitCode).toBe(0);
  expect(readFileSync(join(folder, "items.csv"), "utf8").split("\n")).toHaveLength(world.issues.length + 2);
});

describe("a run that is broken off leaves nothing half-written behind", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("by %s", async (signal) => {
    const folder = aFolder();
    const outputs = [
      "--items",
      "items.csv",
      "--statuses-out",
      "times.csv",
      "--cfd",
      "cfd.csv",
      "--output",
      "answer.txt",
    ];
    const child = start(["analyse", "jira", "-", ...outputs], folder);
    child.stdin.on("error", () => undefined).write(lines);
    const halfWritten = ["answer.txt.partial", "cfd.csv.partial", "items.csv.partial", "times.csv.partial"];
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual(halfWritten), 10_000);
    child.kill(signal);
    const [exitCode, endedBy] = await once(child, "close");
    expect({ exitCode, endedBy }).toEqual({ exitCode: null, endedBy: signal });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("an output that is no file", () => {
  test("a pipe is written to, not replaced", async () => {
    const folder = aFolder({ "in.jsonl": lines });
    expect(spawnSync("sh", ["-c", "mkfifo pipe"], { cwd: folder }).status).toBe(0);
    const reader = spawn("cat", ["pipe"], { cwd: folder });
    const [{ exitCode }, read] = await Promise.all([
      stageledger(["analyse", "jira", "in.jsonl", "--output", "pipe"], { folder }),
      text(reader.stdout),
    ]);
    expect(exitCode).toBe(0);
    expect(read).toMatch(/^All projects · /);
    expect(readdirSync(folder)).toEqual(["in.jsonl", "pipe"]);
  });
});

test("an answer that the disk has no room for is said so", async (context) => {
  if (!existsSync("/dev/full")) return context.skip("this system has no /dev/full");
  const child = spawn("sh", ["-c", 'exec "$NODE" "$STAGELEDGER" analyse jira in.jsonl > /dev/full'], {
    cwd: aFolder({ "in.jsonl": lines }),
    env: { ...bareEnvironment(), NODE, STAGELEDGER },
  });
  const [stderr, [exitCode]] = await Promise.all([text(child.stderr), once(child, "close")]);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/^stageledger: The answer cannot be written\. \[OUTPUT_UNWRITABLE\]\n {2}\S.*\n$/);
});
