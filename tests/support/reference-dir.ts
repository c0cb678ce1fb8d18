import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, test } from "vitest";
import { projectRoot } from "./project-root.ts";

/**
 * Absolute path of the folder with real logs and the results that other tools computed for them: REFERENCE_DIR, or
 * `shared` beside the checkout. Undefined when it is not there. A REFERENCE_DIR that leads nowhere is an error, since
 * whoever set it wants the tests to run.
 */
function findReferenceDir(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment.REFERENCE_DIR;
  if (named !== undefined && named !== "") {
    const path = resolve(projectRoot, named);
    if (!existsSync(path)) throw new Error(`REFERENCE_DIR is ${named}, but there is no ${path}.`);
    return path;
  }
  const beside = resolve(projectRoot, "../shared");
  return existsSync(beside) ? beside : undefined;
}

/**
 * Describes tests that need the reference folder. `define` gets its absolute path, and is not called where the folder is
 * missing: then the suite holds one skipped test, and the end of the run names it with the reason.
 */
export function describeWithReference(name: string, define: (referenceDir: string) => void): void {
  const referenceDir = findReferenceDir(process.env);
  describe(name, () => {
    if (referenceDir !== undefined) return define(referenceDir);
    test("needs the reference folder", (context) => {
      context.skip("there is no folder ../shared, and REFERENCE_DIR names none");
    });
  });
}
