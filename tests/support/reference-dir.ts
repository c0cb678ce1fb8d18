import { describe, test } from "vitest";
import { findReferenceDir } from "./find-reference-dir.ts";

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
