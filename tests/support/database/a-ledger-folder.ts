import { join } from "node:path";
import { aFolder, type FolderContent } from "../temporary-folder.ts";
import { migratedFolder } from "./migrated-data.ts";

/** A folder in which `stageledger` finds an empty database, which it would make otherwise: that takes seconds. */
export async function aLedgerFolder(files: FolderContent = {}): Promise<string> {
  const folder = aFolder(files);
  await migratedFolder(join(folder, "data/ledger"));
  return folder;
}
