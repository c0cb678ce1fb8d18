import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join, sep } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../support/project-root.ts";

const bin = join(projectRoot, "apps/ledger/bin/stageledger.js");

/** Version of a node binary as text, `20.20.2`; undefined when it does not run. */
function versionOf(node: string): string | undefined {
  const { status, stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim().replace(/^v/, "") : undefined;
}

/** OLD_NODE, or the first node of the machine itself on the PATH, if it is older than 24. */
function findOldNode(environment: NodeJS.ProcessEnv): { node: string; version: string } | undefined {
  const onPath = (environment.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes(`node_modules${sep}.bin`))
    .map((folder) => join(folder, "node"));
  for (const node of environment.OLD_NODE ? [environment.OLD_NODE] : onPath.filter((path) => existsSync(path))) {
    const version = versionOf(node);
    if (version !== undefined && Number.parseInt(version, 10) < 24) return { node, version };
  }
  return undefined;
}

describe("the stageledger command", () => {
  test("started by an old Node, says in two lines what to do and fails", (context) => {
    const old = findOldNode(process.env);
    if (old === undefined) return context.skip("no Node older than 24 is on the PATH; name one by OLD_NODE");

    const { status, stdout, stderr } = spawnSync(old.node, [bin, "analyse"], { encoding: "utf8" });
    expect(stderr.split("\n")).toEqual([
      `stageledger needs Node 24 or newer; this is Node ${old.version}.`,
      "In the checkout, run `npm install` and then `npx stageledger …`, which brings Node 24 along; or install Node 24.",
      "",
    ]);
    expect(stdout).toBe("");
    expect(status).toBe(1);
  });

  test("started by Node 24, prints its help and succeeds", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [bin, "--help"]);
    expect(stdout).toContain("analyse");
  });
});
