/** Finds a Chromium for tests that look at a page in a real browser, and installs Debian's where that is possible. */
import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const MISSING = "Chromium is not here: set CHROMIUM_PATH, or install Debian's chromium package";

/**
 * A running browser, or the sentence that says why there is none.
 * Throws in CI, where a missing browser is a failure.
 */
export async function openChromium(): Promise<Browser | string> {
  const executablePath = findChromium() ?? installChromium();
  if (executablePath !== undefined) return chromium.launch({ executablePath, args: FLAGS });
  if (process.env.CI !== undefined) throw new Error(MISSING);
  return MISSING;
}

function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  const directories = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const candidates = directories.flatMap((directory) => NAMES.map((name) => join(directory, name)));
  return [...(given === undefined ? [] : [given]), ...candidates].find(isExecutable);
}

/** Only as root on Debian or its like; undefined when it cannot be done. */
function installChromium(): string | undefined {
  if (process.getuid?.() !== 0 || !isExecutable("/usr/bin/apt-get")) return undefined;
  try {
    // Another test file may be installing: wait for its lock.
    const wait = ["-o", "DPkg::Lock::Timeout=300"];
    execFileSync("/usr/bin/apt-get", [...wait, "update"], { stdio: "ignore" });
    execFileSync("/usr/bin/apt-get", [...wait, "install", "-y", "--no-install-recommends", "chromium"], {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  } catch {
    return undefined;
  }
  return findChromium();
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
