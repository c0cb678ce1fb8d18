/** A real Redis for a test file, on a free port and gone with its folder. The program is Debian's, installed where that is possible. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "./free-port.ts";

export interface RedisServer {
  readonly url: string;
  /** Ends it as a power failure does. */
  kill(): Promise<void>;
  /** Starts it anew on the same port, with what it had saved: nothing, unless it was told to save. One that runs goes on. */
  start(): Promise<void>;
  /** The answer to one command; words hold no spaces. */
  command(...words: readonly string[]): Promise<string>;
  /** Where it saves its data. */
  readonly dumpPath: string;
  /** Ends it, and removes its folder. */
  stop(): Promise<void>;
}

const MISSING = "Redis is not here: set REDIS_SERVER_PATH, or install Debian's redis-server package";
const READY = "Ready to accept connections";
/** While it was away its port can be lent to a passing call of another process. */
const MOST_STARTS = 40;
const START_AGAIN_MILLISECONDS = 250;
/** Test files that install at the same time wait for each other. */
const INSTALL_LOCK = join(tmpdir(), "stageledger-install-redis.lock");

/**
 * A running server, or the sentence that says why there is none.
 * Throws in CI, where a missing Redis is a failure.
 *
 * @param settings as on its command line
 */
export async function openRedis(settings: readonly string[] = []): Promise<RedisServer | string> {
  const program = findRedis() ?? installRedis();
  if (program !== undefined) return startRedis(program, settings);
  if (process.env.CI !== undefined) throw new Error(MISSING);
  return MISSING;
}

async function startRedis(program: string, settings: readonly string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "stageledger-redis-"));
  const port = await freePort();
  const flags = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"];
  let server: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (server === undefined) return;
    const ended = new Promise<void>((resolve) => server?.once("close", () => resolve()));
    server.kill("SIGKILL");
    await ended;
    server = undefined;
  };
  const killAtExit = (): void => void server?.kill("SIGKILL");
  process.once("exit", killAtExit);
  const start = async (): Promise<void> => {
    if (server?.exitCode === null && server.signalCode === null) return;
    for (let attempt = 1; ; attempt += 1) {
      try {
        server = await launch(program, [...flags, ...settings]);
        return;
      } catch (error) {
        if (attempt >= MOST_STARTS || !String(error).includes("already in use")) throw error;
        await delay(START_AGAIN_MILLISECONDS);
      }
    }
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    command: (...words) => command(port, words),
    dumpPath: join(folder, "dump.rdb"),
    stop: async () => {
      await kill();
      process.removeListener("exit", killAtExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function launch(program: string, flags: readonly string[]): Promise<ChildProcess> {
  const server = spawn(program, flags, { stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (text) => {
      said += String(text);
      if (said.includes(READY)) resolve(server);
    });
    server.once("error", reject);
    server.once("close", () => reject(new Error(`Redis did not start: ${said}`)));
  });
}

function command(port: number, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${words.join(" ")}\r\n`));
    socket.once("error", reject);
    socket.once("data", (answer) => {
      socket.destroy();
      const text = answer.toString("utf8").trim();
      if (text.startsWith("-")) reject(new Error(`Redis refused ${words[0]}: ${text}`));
      else resolve(text);
    });
  });
}

function findRedis(): string | undefined {
  const given = process.env.REDIS_SERVER_PATH;
  const directories = ["/usr/bin", "/usr/local/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const candidates = directories.map((directory) => join(directory, "redis-server"));
  return [...(given === undefined ? [] : [given]), ...candidates].find(isExecutable);
}

/** Only as root on Debian or its like; undefined when it cannot be done. */
function installRedis(): string | undefined {
  if (process.getuid?.() !== 0 || !isExecutable("/usr/bin/apt-get")) return undefined;
  try {
    execFileSync("/usr/bin/flock", ["--timeout", "300", INSTALL_LOCK, "/bin/sh", "-c", INSTALL], {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  } catch {
    return undefined;
  }
  return findRedis();
}

/**
 * Whoever waited for the lock finds it installed. The lists have no lock to wait for, and Chromium's installation may read
 * them at the moment. The distribution starts a service of its own, which nobody here wants.
 */
const INSTALL = `
  set -eu
  test -x /usr/bin/redis-server && exit
  for attempt in 1 2 3 4 5; do apt-get update && break; sleep 3; done
  apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends redis-server
  service redis-server stop || true
`;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
