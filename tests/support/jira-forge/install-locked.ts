/** Installs what a lock file of its own says, once for each lock. */
import { execFile } from "node:child_process";
import { hash, randomUUID } from "node:crypto";
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../project-root.ts";

const runFile = promisify(execFile);

const LOCK = "package-lock.json";
/** Inside node_modules: which lock it was made of. */
const STAMP = ".made-of-lock";

/**
 * Sees to it that a folder's node_modules is what its package-lock.json says, and does nothing where it is. No script of a
 * package is run. It is made elsewhere and moved into place: who looks meanwhile, or stops it, never meets a half of it.
 *
 * Rejects where npm cannot install it, such as without a network.
 *
 * @param folder absolute, with package.json, package-lock.json and .npmrc
 */
export async function installLocked(folder: string): Promise<void> {
  const stamp = hash("sha256", await readFile(join(folder, LOCK)));
  if (await isMadeOf(folder, stamp)) return;
  const workshop = join(projectRoot, ".cache", `install-${randomUUID()}`);
  await mkdir(workshop, { recursive: true });
  try {
    for (const file of ["package.json", LOCK, ".npmrc"]) await copyFile(join(folder, file), join(workshop, file));
    await runFile("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: workshop,
    });
    await writeFile(join(workshop, "node_modules", STAMP), stamp);
    // Somebody else may have been faster.
    if (await isMadeOf(folder, stamp)) return;
    await rename(join(folder, "node_modules"), join(workshop, "former")).catch(() => undefined);
    await rename(join(workshop, "node_modules"), join(folder, "node_modules"));
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function isMadeOf(folder: string, stamp: string): Promise<boolean> {
  const found = await readFile(join(folder, "node_modules", STAMP), "utf8").catch(() => undefined);
  return found === stamp;
}
