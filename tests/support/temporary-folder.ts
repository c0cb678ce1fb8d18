import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export type FolderContent = Readonly<Record<string, string | Uint8Array>>;

/** A folder with these files, for one test: it is removed when the test ends. */
export function aFolder(files: FolderContent = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "stageledger-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
