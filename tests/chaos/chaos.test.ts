import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRedis } from "../support/redis-server.ts";
import { MUTANTS } from "./child-order.ts";

/** Some seconds on a quiet machine. */
const PATIENCE_MILLISECONDS = 300_000;

const redis = await openRedis();
if (typeof redis === "string") console.warn(`Chaos is skipped: ${redis}.`);
else await redis.stop();

interface Ended {
  readonly code: number;
  readonly lastLine: string;
  readonly said: string;
}

function chaos(...options: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const entry = join(import.meta.dirname, "run.ts");
    execFile(process.execPath, [entry, ...options], { timeout: PATIENCE_MILLISECONDS }, (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : error === null ? 0 : -1;
      resolve({ code, lastLine: stdout.trimEnd().split("\n").at(-1) ?? "", said: stderr + stdout });
    });
  });
}

describe.skipIf(typeof redis === "string")(
  "a busy week with everything failing",
  { timeout: PATIENCE_MILLISECONDS },
  () => {
    test("nothing is lost and nothing doubled", async () => {
      const { code, lastLine, said } = await chaos("--runs", "1", "--seed", "1");
      expect(lastLine, said).toBe("runs 1, minutes lost 0, minutes doubled 0");
      expect(code).toBe(0);
      for (const fault of ["PostgreSQL crashed", "Redis emptied", "receiver killed", "worker killed, a day away"])
        expect(said).toContain(fault);
    });

    test.concurrent.for(MUTANTS)("the comparison notices a product with the fault %s", async (mutant, { expect }) => {
      const { code, lastLine, said } = await chaos("--runs", "1", "--days", "1", "--seed", "3", "--mutant", mutant);
      expect(code, said).toBe(1);
      expect(lastLine).toMatch(/^runs 1, minutes lost \d+, minutes doubled \d+$/);
    });
  },
);

test("options that are wrong are refused, and --help explains them", async () => {
  expect(await chaos("--runs", "none")).toMatchObject({ code: 2 });
  expect((await chaos("--mutant", "nobody")).said).toContain("--mutant is one of ack-before-commit");
  expect((await chaos("--help")).said).toContain("Usage: npm run chaos");
});
