import { randomBytes, randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { run } from "../../apps/ledger/src/main/cli.ts";
import { projectRoot } from "./project-root.ts";
import { bareEnvironment, type EndedProcess, type ProcessSurroundings } from "./stageledger-process.ts";

let isRunning = false;

/**
 * Runs the `stageledger` command as a process of its own would, in this one: it starts in no time. Standard input is empty.
 * How a command ends and whether it keeps others off its data, only a process shows.
 */
export async function stageledgerInProcess(
  words: readonly string[],
  { folder = projectRoot, variables = {} }: Omit<ProcessSurroundings, "stdin"> = {},
): Promise<EndedProcess> {
  if (isRunning) throw new Error("One command at a time: the working directory is that of the whole process.");
  isRunning = true;
  const [folderBefore, zoneBefore] = [process.cwd(), process.env.TZ];
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const printed = Promise.all([text(stdout), text(stderr)]);
  try {
    process.chdir(folder);
    setZone(variables.TZ ?? zoneBefore);
    const exitCode = await run(words, {
      stdin: Readable.from([]),
      stdout,
      stderr,
      env: { ...bareEnvironment(), ...variables },
      now: Date.now,
      random: randomBytes,
      newId: randomUUID,
      account: () => userInfo().username,
    });
    stdout.end();
    stderr.end();
    const [out, err] = await printed;
    return { exitCode, stdout: out, stderr: err };
  } finally {
    process.chdir(folderBefore);
    setZone(zoneBefore);
    isRunning = false;
  }
}

/** Undefined: that of the machine. */
function setZone(zone: string | undefined): void {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
}
