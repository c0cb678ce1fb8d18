import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../support/project-root.ts";

const runFile = promisify(execFile);

/** Each row: a file, the line planted into it, and the rule that must find it. */
const violations: readonly (readonly [file: string, line: string, rule: string])[] = [
  ["packages/core/src/reads-clock.ts", "export const at = Date.now();", "plugin"],
  ["packages/core/src/reads-date.ts", "export const at = new Date();", "plugin"],
  ["packages/core/src/keeps-clock.ts", "export const clock: () => number = Date.now;", "plugin"],
  ["packages/core/src/flow/draws.ts", "export const draw = Math.random();", "plugin"],
  [
    "packages/core/src/asks-temporal.ts",
    'import { Temporal } from "x"; export const at = Temporal.Now.instant();',
    "plugin",
  ],
  ["packages/core/src/reads-environment.ts", "export const zone = process.env.TZ;", "lint/style/noRestrictedGlobals"],
  ["packages/core/src/measures.ts", "export const at = performance.now();", "lint/style/noRestrictedGlobals"],
  ["packages/core/src/makes-ids.ts", "export const id = crypto.randomUUID();", "lint/style/noRestrictedGlobals"],
  ["packages/core/src/calls-out.ts", 'export const page = fetch("x");', "lint/style/noRestrictedGlobals"],
  ["apps/ledger/src/loose.ts", "export const outside: any = 1;", "lint/suspicious/noExplicitAny"],
  ["apps/ledger/src/cast.ts", 'export const id = JSON.parse("1") as number;', "lint/nursery/noUnsafeTypeAssertion"],
  ["apps/ledger/src/hopes.ts", "export const first = [1].at(0)!;", "lint/style/noNonNullAssertion"],
  ["apps/ledger/src/forgets.ts", "async function f(): Promise<void> {} f();", "lint/nursery/noFloatingPromises"],
  ["apps/ledger/src/shouts.ts", 'console.log("x");', "lint/suspicious/noConsole"],
  ["apps/ledger/src/all.ts", 'export * from "./other.ts";', "lint/performance/noBarrelFile"],
  ["apps/ledger/src/CamelCase.ts", "export const one = 1;", "lint/style/useFilenamingConvention"],
  ["tests/support/egg.ts", 'import { hen } from "./hen.ts"; export const egg = hen;', "lint/suspicious/noImportCycles"],
  ["tests/support/hen.ts", 'import { egg } from "./egg.ts"; export const hen = egg;', "lint/suspicious/noImportCycles"],
  ["tests/core/focus.test.ts", 'import { test } from "x"; test.only("x", () => {});', "lint/suspicious/noFocusedTests"],
  ["tests/core/skip.test.ts", 'import { test } from "x"; test.skip("x", () => {});', "lint/suspicious/noSkippedTests"],
];

/** Lines that look like a violation and are none. */
const allowed: readonly (readonly [file: string, line: string])[] = [
  ["packages/core/src/given-instant.ts", "export const at = new Date(0);"],
  ["packages/core/src/computed-instant.ts", "export const at = Date.UTC(2026, 8, 7);"],
  ["packages/core/src/rounds.ts", "export const half = Math.round(0.5);"],
  ["packages/core/src/index.ts", 'export { half } from "./rounds.ts";'],
  ["apps/ledger/src/start.ts", "export const at = Date.now();"],
  ["apps/ledger/src/literal.ts", "export const stages = { review: 1 } as const;"],
  ["tests/bench/figures.ts", 'console.log("x");'],
];

describe("the linter's rules of the house", () => {
  let folder = "";
  let found: string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "stageledger-lint-"));
    for (const file of ["biome.json", ".gitignore", "tests/house/core-takes-time-as-an-argument.grit"]) {
      await cp(join(projectRoot, file), join(folder, file));
    }
    for (const [file, line] of [...violations, ...allowed]) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), `${line}\n`);
    }
    const lint = [join(projectRoot, "node_modules/.bin/biome"), "lint", "--reporter=github", "--max-diagnostics=none"];
    const refused = await runFile(process.execPath, lint, { cwd: folder }).catch((error: { stdout: string }) => error);
    found = refused.stdout.split("\n").flatMap((line) => {
      const parts = /title=(?<rule>[^,]+),file=(?<path>[^,]+),/.exec(line)?.groups;
      return parts === undefined ? [] : [`${parts.path?.slice(folder.length + 1)} breaks ${parts.rule}`];
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each(violations)("%s with `%s` breaks %s", (file, _line, rule) => {
    expect(found).toContain(`${file} breaks ${rule}`);
  });

  test("nothing that the house allows is found", () => {
    expect(found.filter((line) => allowed.some(([file]) => line.startsWith(`${file} `)))).toEqual([]);
  });
});
