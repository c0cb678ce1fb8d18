import { spawn, spawnSync } from "node:child_process";
import { text } from "node:stream/consumers";
import { bareEnvironment, NODE, STAGELEDGER } from "./stageledger-process.ts";

/** Of util-linux: runs a command on a terminal of its own. */
const LENDER = "script";

/** True where util-linux's `script` can lend a terminal. */
export function hasTerminalToLend(): boolean {
  return /util-linux/.test(spawnSync(LENDER, ["--version"], { encoding: "utf8" }).stdout ?? "");
}

/**
 * What a terminal of 80 columns is sent by the command; `rest` is shell text, such as options and redirections. Line
 * ends come as they are meant, without the returns that a terminal adds.
 */
export async function stageledgerOnATerminal(
  rest: string,
  folder: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const command = `"$NODE" "$STAGELEDGER" ${rest}`;
  const child = spawn(LENDER, ["--quiet", "--return", "--command", command, "/dev/null"], {
    cwd: folder,
    env: { ...bareEnvironment(), TERM: "xterm", NODE, STAGELEDGER, ...variables },
    stdio: ["ignore", "pipe", "ignore"],
  });
  return (await text(child.stdout)).replaceAll("\r\n", "\n");
}
