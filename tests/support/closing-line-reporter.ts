import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** What a finished run comes to, in tests. A file, suite or process that broke outside a test counts as one failure. */
interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** One sentence a skipped test that gave its reason: which test, and what it lacked. */
  skipReasons: string[];
}

function tally(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): Tally {
  const count: Tally = { passed: 0, failed: unhandledErrors.length, skipped: 0, skipReasons: [] };
  for (const module of modules) {
    for (const suite of [module, ...module.children.allSuites()]) count.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === "passed") count.passed += 1;
      if (result.state === "failed") count.failed += 1;
      if (result.state === "skipped") {
        count.skipped += 1;
        if (result.note !== undefined) count.skipReasons.push(`${test.fullName}: ${result.note}`);
      }
    }
  }
  return count;
}

/**
 * Ends a run with what it skipped and why, and then a line of its own that a build server can read:
 * `12 passed, 0 failed` or `12 passed, 0 failed, 3 skipped`.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const { passed, failed, skipped, skipReasons } = tally(modules, unhandledErrors);
    const lines = skipReasons.map((reason) => `Skipped: ${reason}`);
    lines.push(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
    process.stdout.write(`${lines.join("\n")}\n`);
  }
}
