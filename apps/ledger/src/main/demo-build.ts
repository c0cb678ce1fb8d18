/** The page's files for the demo: made anew where there are none, or where what they are made of is newer. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtPageFolder } from "../page/static.ts";

const REPORT = fileURLToPath(new URL("../../../report", import.meta.url));
const CONTRACT = fileURLToPath(new URL("../../../../packages/core/src/contract", import.meta.url));
const SOURCES = [join(REPORT, "src"), join(REPORT, "build"), join(REPORT, "index.html"), CONTRACT];

/** @param say told before it takes its seconds */
export async function buildStalePage(say: (line: string) => void): Promise<void> {
  const built = join(builtPageFolder(), "index.html");
  if (existsSync(built) && changedAt(built) >= Math.max(...SOURCES.map(newestIn))) return;
  say("Building the page …\n");
  const build = spawn(process.execPath, [join(REPORT, "build/run.ts")], { stdio: ["ignore", "ignore", "inherit"] });
  const [exitCode] = await once(build, "close");
  if (exitCode !== 0) throw new Error("The page could not be built; `npm run build` says why.");
}

function newestIn(path: string): number {
  if (!statSync(path).isDirectory()) return changedAt(path);
  return Math.max(...readdirSync(path).map((name) => newestIn(join(path, name))));
}

function changedAt(path: string): number {
  return statSync(path).mtimeMs;
}
