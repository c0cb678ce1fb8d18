import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { ICruiseResult } from "dependency-cruiser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../support/project-root.ts";

const config: { forbidden: { name: string }[] } = createRequire(import.meta.url)("../../.dependency-cruiser.cjs");

const runFile = promisify(execFile);

/** What dependency-cruiser says of packages, apps and simulators under a folder, by the project's own rules. */
async function cruise(folder: string): Promise<ICruiseResult> {
  const depcruise = join(projectRoot, "node_modules/.bin/depcruise");
  const config = join(projectRoot, ".dependency-cruiser.cjs");
  const { stdout } = await runFile(
    process.execPath,
    [depcruise, "--config", config, "--output-type", "json", "packages", "apps", "tests/simulators"],
    { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout);
}

/** Each row: the importing file, the line planted into it, and the rule that must find it. */
const violations: readonly (readonly [file: string, line: string, rule: string])[] = [
  ["packages/core/src/reads-files.ts", 'import { readFile } from "node:fs/promises";', "core-is-pure"],
  ["packages/core/src/asks-the-machine.ts", 'const os = await import("os");', "core-is-pure"],
  ["packages/core/src/logs.ts", 'import pino from "pino";', "core-keeps-few-packages"],
  ["packages/core/src/knows-db.ts", 'import { connect } from "@stageledger/db";', "core-imports-nobody"],
  ["packages/core/src/knows-an-app.ts", 'import "../../../apps/ledger/src/app.ts";', "core-imports-nobody"],
  [
    "packages/db/src/knows-an-app.ts",
    'import type { App } from "../../../apps/ledger/src/app.ts";',
    "db-imports-only-core",
  ],
  [
    "packages/sync/src/knows-a-source.ts",
    'import "../../../apps/asana-sync/src/worker.ts";',
    "sync-imports-only-core-and-db",
  ],
  ["packages/db/src/reaches-in.ts", 'import "../../core/src/stage.ts";', "packages-open-by-their-front-door"],
  ["apps/ledger/src/reaches-in.ts", 'import "../../../packages/db/src/table.ts";', "packages-open-by-their-front-door"],
  ["apps/report/src/knows-rules.ts", 'import { stage } from "@stageledger/core";', "front-ends-see-only-the-contract"],
  ["apps/jira-forge/src/knows-db.ts", 'import { connect } from "@stageledger/db";', "front-ends-see-only-the-contract"],
  ["apps/asana-sync/src/knows-jira.ts", 'import "../../ledger/src/jira/client.ts";', "apps-stand-alone"],
  ["apps/ledger/src/knows-asana.ts", 'import "../../asana-sync/src/module.ts";', "apps-stand-alone"],
  ["apps/report/src/knows-a-server.ts", 'export * from "../../ledger/src/app.ts";', "apps-stand-alone"],
  ["apps/ledger/src/main/start.ts", 'import "../../../asana-sync/src/worker.ts";', "composition-uses-modules"],
  ["apps/ledger/src/stands-on-tests.ts", 'import "../../../tests/simulators/clock.ts";', "product-never-imports-tests"],
  ["packages/db/src/stands-on-tests.ts", 'import "../../../tests/support/database.ts";', "product-never-imports-tests"],
  [
    "apps/ledger/src/main/demo-world.ts",
    'import "../../../../tests/support/database.ts";',
    "demo-imports-only-simulators",
  ],
  ["apps/ledger/src/calls-asana.ts", 'import asana from "asana";', "asana-package-stays-in-asana-sync"],
  ["apps/report/src/calls-forge.ts", 'import { view } from "@forge/bridge";', "forge-packages-stay-in-jira-forge"],
  ["apps/jira-forge/src/old-kit.tsx", 'import ForgeUI from "@forge/ui";', "forge-ui-is-gone"],
  ["apps/ledger/src/needs-a-test-tool.ts", 'import "fast-check";', "packages-are-declared"],
  ["packages/db/src/egg.ts", 'import "./hen.ts";', "no-cycles"],
  ["apps/ledger/src/lost.ts", 'import "./nowhere.ts";', "everything-resolves"],
  ["apps/ledger/src/calls-jira.ts", 'import "@forge/api";', "forge-packages-stay-in-jira-forge"],
  ["apps/jira-forge/src/lost.ts", 'import "./nowhere.ts";', "all-but-the-forge-packages-resolves"],
  ["apps/jira-forge/src/needs-more.ts", 'import "@forge/none";', "all-but-the-forge-packages-resolves"],
];

/** Imports that the design allows, exceptions included. */
const allowed: readonly (readonly [file: string, line: string])[] = [
  ["packages/core/src/index.ts", 'export { stage } from "./stage.ts"; import "temporal-polyfill";'],
  ["packages/core/src/contract/entry.ts", 'import "zod";'],
  ["packages/db/src/index.ts", 'import "@stageledger/core"; import "./table.ts"; import "node:fs";'],
  ["packages/sync/src/queue.ts", 'import "@stageledger/core"; import "@stageledger/db";'],
  ["apps/asana-sync/src/module.ts", 'import "@stageledger/core"; import "@stageledger/db"; import "asana";'],
  ["apps/ledger/src/app.ts", 'import "@stageledger/core"; import "@stageledger/db"; import "./jira/client.ts";'],
  ["apps/ledger/bin/stageledger.js", 'import("../src/main/compose.ts");'],
  ["apps/ledger/src/main/compose.ts", 'import "../../../asana-sync/src/module.ts"; import "../app.ts";'],
  ["apps/ledger/src/main/demo.ts", 'import "../../../../tests/simulators/clock.ts"; import "../app.ts";'],
  ["apps/report/src/page.tsx", 'import type { Entry } from "@stageledger/core/contract";'],
  ["apps/jira-forge/src/panel.tsx", 'import "@forge/bridge"; import "../../../packages/core/src/contract/entry.ts";'],
  // Not installed in this house, as after `npm install` at the root.
  ["apps/jira-forge/src/function.ts", 'import "@forge/events"; import "react";'],
  ["tests/simulators/world.ts", 'import "fast-check"; import "../../packages/core/src/stage.ts";'],
];

/** Files that the rows above import. */
const bystanders = [
  "packages/core/src/stage.ts",
  "packages/db/src/table.ts",
  "apps/asana-sync/src/worker.ts",
  "apps/ledger/src/jira/client.ts",
  "tests/simulators/clock.ts",
  "tests/support/database.ts",
];

const outsidePackages = ["temporal-polyfill", "zod", "pino", "asana", "fast-check", "@forge/bridge", "@forge/ui"];

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** A small house with every app of the design, the allowed imports and the violations. */
async function buildHouse(folder: string): Promise<void> {
  const dependencies = Object.fromEntries(outsidePackages.filter((name) => name !== "fast-check").map((n) => [n, "1"]));
  await write(join(folder, "package.json"), JSON.stringify({ devDependencies: { "fast-check": "1" } }));
  for (const name of outsidePackages) {
    await write(join(folder, "node_modules", name, "package.json"), JSON.stringify({ name, main: "index.js" }));
    await write(join(folder, "node_modules", name, "index.js"), "");
  }
  const exportsByPackage = {
    core: { ".": "./src/index.ts", "./contract": "./src/contract/entry.ts" },
    db: { ".": "./src/index.ts" },
  };
  for (const [name, exports] of Object.entries(exportsByPackage)) {
    const manifest = { name: `@stageledger/${name}`, type: "module", exports, dependencies };
    await write(join(folder, "packages", name, "package.json"), JSON.stringify(manifest));
    await mkdir(join(folder, "node_modules/@stageledger"), { recursive: true });
    await symlink(join(folder, "packages", name), join(folder, "node_modules/@stageledger", name));
  }
  for (const name of ["asana-sync", "ledger", "jira-forge", "report"]) {
    await write(join(folder, "apps", name, "package.json"), JSON.stringify({ name, type: "module", dependencies }));
  }
  for (const file of bystanders) await write(join(folder, file), "export const stage = 1;\n");
  await write(join(folder, "packages/db/src/hen.ts"), 'import "./egg.ts";\n');
  for (const [file, line] of allowed) await write(join(folder, file), `${line}\n`);
  for (const [file, line] of violations) await write(join(folder, file), `${line}\n`);
}

describe("the directions of the house", () => {
  describe("in a house with planted violations", () => {
    let folder = "";
    let found: string[] = [];
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "stageledger-directions-"));
      await buildHouse(folder);
      const { summary } = await cruise(folder);
      found = summary.violations.map(({ from, rule }) => `${from} breaks ${rule.name}`);
    });
    afterAll(() => rm(folder, { recursive: true }));

    test.each(violations)("%s with `%s` breaks %s", (file, _line, rule) => {
      expect(found).toContain(`${file} breaks ${rule}`);
    });

    test("nothing that the design allows is found", () => {
      const allowedFiles = allowed.map(([file]) => file);
      expect(found.filter((line) => allowedFiles.some((file) => line.startsWith(`${file} `)))).toEqual([]);
    });
  });

  test("each rule has a planted violation", () => {
    const rules = config.forbidden.map(({ name }) => name).sort();
    expect([...new Set(violations.map(([, , rule]) => rule))].sort()).toEqual(rules);
  });

  test("this house keeps them, and every source file of it was read", async () => {
    const { modules, summary } = await cruise(projectRoot);
    expect(summary.violations).toEqual([]);

    const cruised = new Set(modules.map(({ source }) => source));
    const sources = globSync("{packages,apps}/*/src/**/*.{ts,tsx}", { cwd: projectRoot });
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !cruised.has(source))).toEqual([]);
  });
});
