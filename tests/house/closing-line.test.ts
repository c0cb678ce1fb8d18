import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { projectRoot } from "../support/project-root.ts";

describe("the closing line of a test run", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stageledger-closing-line-"));
    symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The last lines that a run over these test files prints, and whether it failed. */
  function run(files: Readonly<Record<string, string>>): { lines: string[]; failed: boolean } {
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, name), `import { beforeAll, describe, expect, test } from "vitest";\n${text}`);
    }
    const vitest = join(projectRoot, "node_modules/.bin/vitest");
    const reporters = [
      "--reporter=default",
      `--reporter=${join(projectRoot, "tests/support/closing-line-reporter.ts")}`,
    ];
    const { stdout, status } = spawnSync(process.execPath, [vitest, "run", "--root", folder, ...reporters], {
      encoding: "utf8",
    });
    return { lines: stdout.trimEnd().split("\n"), failed: status !== 0 };
  }

  test("counts tests", () => {
    const { lines, failed } = run({ "a.test.js": 'test("a", () => {}); test("b", () => {});' });
    expect(lines.at(-1)).toBe("2 passed, 0 failed");
    expect(failed).toBe(false);
  });

  test("names what was skipped and why", () => {
    const { lines } = run({
      "a.test.js": 'test("a", () => {}); test("b", (context) => context.skip("no moon tonight"));',
    });
    expect(lines.slice(-2)).toEqual(["Skipped: b: no moon tonight", "1 passed, 0 failed, 1 skipped"]);
  });

  test("counts what broke outside a test as a failure each", () => {
    const { lines, failed } = run({
      "fails.test.js": 'test("a", () => expect(1).toBe(2));',
      "no-set-up.test.js": 'describe("d", () => { beforeAll(() => { throw new Error("x"); }); test("a", () => {}); });',
      "no-file.test.js": 'import "./nowhere.js";',
      "late.test.js": `test("a", () => { setTimeout(() => { throw new Error("x"); }, 0); });
                       test("b", () => new Promise((resolve) => setTimeout(resolve, 50)));`,
    });
    expect(lines.at(-1)).toBe("2 passed, 4 failed, 1 skipped");
    expect(failed).toBe(true);
  });
});
