/** Entry of the `stageledger` command line: runs a command and turns its outcome into an exit code. */
import { randomBytes, randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { StageledgerError } from "@stageledger/core";
import { CommanderError } from "commander";
import { harmless } from "../analyse/output/harmless.ts";
import { type CliContext, Ended, EXIT } from "./cli-context.ts";
import { createProgram, helpTopicIn } from "./program.ts";
import { keepHeapSmall } from "./small-heap.ts";

/** Runs one command. `argv` holds the words after `stageledger`. Resolves to the exit code. */
export async function run(argv: readonly string[], context: CliContext = processContext()): Promise<number> {
  const stopWatching = keepHeapSmall();
  for (const stream of [context.stdout, context.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      // A reader such as `head` may close the pipe before everything is printed: that is no failure.
      if (error.code === "EPIPE") process.exit(EXIT.done);
      if (stream === context.stdout) report(unwritable(error), context);
      process.exit(EXIT.input);
    });
  }
  try {
    const topic = helpTopicIn(argv, context);
    if (topic !== undefined) {
      context.stdout.write(topic);
      return EXIT.done;
    }
    const program = await createProgram(argv, context);
    await program.parseAsync(argv, { from: "user" });
    return EXIT.done;
  } catch (error) {
    return report(error, context);
  } finally {
    stopWatching();
  }
}

function processContext(): CliContext {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    now: Date.now,
    random: randomBytes,
    newId: randomUUID,
    account: () => userInfo().username,
  };
}

function unwritable(cause: unknown): StageledgerError {
  return new StageledgerError("OUTPUT_UNWRITABLE", "The answer cannot be written.", {
    next: "Check that the disk has room, or name another place with --output.",
    cause,
  });
}

function report(error: unknown, { stderr, env }: CliContext): number {
  if (error instanceof Ended) return error.exitCode;
  // Commander has printed its own message already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof StageledgerError) {
    const next = error.next === undefined ? "" : `  ${error.next}\n`;
    stderr.write(harmless(`stageledger: ${error.message} [${error.code}]\n${next}`));
    return /^(SITE|ASANA)_/u.test(error.code) ? EXIT.site : EXIT.input;
  }
  stderr.write("stageledger: something went wrong that should not have. Nothing was changed. [UNEXPECTED]\n");
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(
    env.STAGELEDGER_DEBUG === undefined
      ? "  Run it again with STAGELEDGER_DEBUG=1 to see where, and report it.\n"
      : `${trace}\n`,
  );
  return EXIT.unexpected;
}
