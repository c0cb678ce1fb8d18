/**
 * Data of both engines, migrated once and kept for the next runs: a copy is there in a moment, while a new one is most of
 * what a test file takes. What it was made of is in its name, so that another schema makes another one.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Database, migrate, openDatabase } from "@stageledger/db";
import { projectRoot } from "../project-root.ts";
import { copyData, startPostgres } from "./postgres-server.ts";

const KEPT = join(projectRoot, "node_modules/.cache/stageledger-tests");
/** No run lasts so long: what is older, none that began with another schema copies any more. */
const STALE_MILLISECONDS = 3_600_000;

/** Puts what `stageledger migrate` makes of an empty folder there, for the embedded engine. */
export async function migratedFolder(folder: string): Promise<void> {
  copyData(await kept("embedded", makeFolder), folder);
}

/** The data folder of a server whose database `postgres` is migrated. Not to be worked on: a server takes a copy. */
export function migratedServerData(): Promise<string> {
  return kept("postgres", makeServerData);
}

async function makeFolder(folder: string): Promise<void> {
  await migrateAndClose(await openDatabase({ kind: "embedded", folder }));
}

async function makeServerData(data: string): Promise<void> {
  // Not where it is kept: the server's user may not be let in there.
  const folder = mkdtempSync(join(tmpdir(), "stageledger-postgres-"));
  const server = await startPostgres(folder);
  try {
    await migrateAndClose(await openDatabase({ kind: "postgres", url: `${server.url}/postgres` }));
  } finally {
    await server.stop();
  }
  copyData(join(folder, "data"), data);
  rmSync(folder, { recursive: true, force: true });
}

async function migrateAndClose(database: Database): Promise<void> {
  await migrate(database, 0);
  await database.close();
}

/** Of two processes that make it at once the second one's is thrown away. */
async function kept(kind: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(KEPT, `${kind}-${fingerprint()}`);
  if (existsSync(folder)) return folder;
  mkdirSync(KEPT, { recursive: true });
  const draft = mkdtempSync(join(KEPT, "draft-"));
  const data = join(draft, "data");
  mkdirSync(data);
  await make(data);
  try {
    renameSync(data, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
  rmSync(draft, { recursive: true });
  const before = Date.now() - STALE_MILLISECONDS;
  for (const name of readdirSync(KEPT)) {
    const path = join(KEPT, name);
    const isMade = name.startsWith(`${kind}-`) || name.startsWith("draft-");
    if (isMade && name !== basename(folder) && statSync(path).mtimeMs < before)
      rmSync(path, { recursive: true, force: true });
  }
  return folder;
}

let made: string | undefined;

/** Of all that the data come from: our code that migrates, the engines, and who may read the files. */
function fingerprint(): string {
  if (made !== undefined) return made;
  const code = join(projectRoot, "packages/db/src");
  const files = readdirSync(code, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}-${process.getuid?.()}`);
  for (const path of [
    ...files.sort().map((name) => join(code, name)),
    join(import.meta.dirname, "postgres-server.ts"),
    join(projectRoot, "package-lock.json"),
  ])
    hash.update(`\0${path}\0`).update(readFileSync(path));
  made = hash.digest("hex").slice(0, 16);
  return made;
}
