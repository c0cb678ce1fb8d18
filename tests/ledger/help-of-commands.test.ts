import { expect, test } from "vitest";
import { stageledgerInProcess } from "../support/stageledger-in-process.ts";

/** As `--help` lists them. */
const COMMANDS = [
  ...["analyse", "import", "connect", "connections", "disconnect", "invite", "restrict", "inbox", "log", "me"],
  ...["report", "release", "export", "erase", "verify", "doctor", "migrate", "start", "openapi"],
];

test("every command that the help lists is found by its name, and explains itself", async () => {
  const { stdout } = await stageledgerInProcess(["--help"]);
  expect([...stdout.matchAll(/^ {2}([a-z]+) .*/gmu)].map(([, name]) => name)).toEqual([...COMMANDS, "help"]);
  for (const name of COMMANDS) {
    const { exitCode, stdout: own } = await stageledgerInProcess([name, "--help"]);
    expect(exitCode).toBe(0);
    expect(own).toMatch(new RegExp(`^Usage: stageledger ${name} `, "u"));
  }
});

test("a word that is none is answered with one that there is", async () => {
  const { exitCode, stderr } = await stageledgerInProcess(["realease"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Did you mean release?");
});
