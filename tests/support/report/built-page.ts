/** The page as `npm run build` makes it, made once for a test file, in a folder of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { buildPage } from "../../../apps/report/build/build-page.ts";

/** @returns where the page is, once the tests run */
export function aBuiltPage(): () => string {
  let folder: string | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "stageledger-page-"));
    await buildPage(folder);
  });
  afterAll(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    if (folder === undefined)
      throw new Error("The page is built before the first test, not while tests are collected.");
    return folder;
  };
}
