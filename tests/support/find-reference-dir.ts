import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { projectRoot } from "./project-root.ts";

/**
 * Absolute path of the folder with real logs and the results that other tools computed for them: REFERENCE_DIR, or
 * `shared` beside the checkout. Undefined when it is not there. A REFERENCE_DIR that leads nowhere is an error, since
 * whoever set it wants the tests to run.
 */
export function findReferenceDir(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment.REFERENCE_DIR;
  if (named !== undefined && named !== "") {
    const path = resolve(projectRoot, named);
    if (!existsSync(path)) throw new Error(`REFERENCE_DIR is ${named}, but there is no ${path}.`);
    return path;
  }
  const beside = resolve(projectRoot, "../shared");
  return existsSync(beside) ? beside : undefined;
}
