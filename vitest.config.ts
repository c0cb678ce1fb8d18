import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    // Processes, not threads: tests start servers, change directories and read memory use.
    pool: "forks",
    maxWorkers: "100%",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Any order must do. The run prints its seed; `npm test -- --sequence.seed=<seed>` repeats it.
    sequence: { shuffle: { files: true, tests: true } },
    reporters: ["default", "./tests/support/closing-line-reporter.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "house",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/jira-forge/**"],
          // A process takes one file after the other: loading everything anew for each is half of what most take.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "jira-forge",
          include: ["tests/jira-forge/**/*.test.ts"],
          // A step of its own, taken only when one of these tests runs.
          globalSetup: ["tests/support/jira-forge/install-app.ts"],
        },
      },
    ],
  },
});
