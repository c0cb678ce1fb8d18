import { spawn } from "node:child_process";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { projectRoot } from "./project-root.ts";

export const NODE = join(projectRoot, "node_modules/.bin/node");
export const STAGELEDGER = join(projectRoot, "apps/ledger/bin/stageledger.js");

export interface EndedProcess {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessSurroundings {
  readonly folder?: string;
  /** What standard input brings; nothing unless said. */
  readonly stdin?: string | Buffer;
  /** Variables beside PATH and HOME. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs the `stageledger` command as its user would: a process of its own, with no variables but the named ones. */
export async function stageledger(
  words: readonly string[],
  { folder = projectRoot, stdin = "", variables = {} }: ProcessSurroundings = {},
): Promise<EndedProcess> {
  const child = spawn(NODE, [STAGELEDGER, ...words], { cwd: folder, env: { ...bareEnvironment(), ...variables } });
  // A command that refuses its options ends without reading.
  child.stdin.on("error", () => undefined).end(stdin);
  const [stdout, stderr, exitCode] = await Promise.all([
    buffer(child.stdout),
    buffer(child.stderr),
    new Promise<number | null>((ended, failed) => child.on("close", ended).on("error", failed)),
  ]);
  return { exitCode, stdout: stdout.toString("utf8"), stderr: stderr.toString("utf8") };
}

/** Compiled code is kept between the runs: starting is most of what a small one takes, and this makes it three times as fast. */
const COMPILE_CACHE = join(projectRoot, "node_modules/.cache/stageledger-tests");

export function bareEnvironment(): Record<string, string> {
  const { PATH = "", HOME = "" } = process.env;
  return { PATH, HOME, NODE_COMPILE_CACHE: COMPILE_CACHE };
}
