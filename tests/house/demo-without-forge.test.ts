import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { projectRoot } from "../support/project-root.ts";

const APP = "apps/jira-forge";
const FORGE = /(?:^|\/)node_modules\/@forge\//u;
const rootPackage = z.object({ workspaces: z.array(z.string()) });
const lock = z.object({ packages: z.record(z.string(), z.unknown()) });

function read(path: string): unknown {
  return JSON.parse(readFileSync(join(projectRoot, path), "utf8"));
}

function lockedBy(path: string): readonly string[] {
  return Object.keys(lock.parse(read(path)).packages);
}

describe("`npm install && npm run demo` leaves the app in Jira out", () => {
  test("none of the root's workspaces is it, by whatever pattern", () => {
    const { workspaces } = rootPackage.parse(read("package.json"));
    const folders = globSync(workspaces, { cwd: projectRoot });
    expect(folders).toContain("apps/ledger");
    expect(folders).not.toContain(APP);
  });

  test("no package of Forge's is in the root's lock; they are in the app's own", () => {
    const locked = lockedBy("package-lock.json");
    expect(locked).toContain("node_modules/zod");
    expect(locked.filter((name) => FORGE.test(name) || name.startsWith(APP))).toEqual([]);
    expect(lockedBy(`${APP}/package-lock.json`).some((name) => FORGE.test(name))).toBe(true);
  });
});
