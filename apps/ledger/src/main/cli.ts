/** Entry of the `stageledger` command line: runs a command and turns its outcome into an exit code. */
import { StageledgerError } from "@stageledger/core";
import { CommanderError } from "commander";
import { type CliContext, EXIT } from "./cli-context.ts";
import { createProgram, helpTopicIn } from "./program.ts";

/** Runs one command. `argv` holds the words after `stageledger`. Resolves to the exit code. */
export async function run(
  argv: readonly string[],
  context: CliContext = { stdout: process.stdout, stderr: process.stderr, env: process.env, now: Date.now },
): Promise<number> {
  // A reader such as `head` may close the pipe before everything is printed: that is no failure.
  context.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.done);
    throw error;
  });
  const topic = helpTopicIn(argv);
  if (topic !== undefined) {
    context.stdout.write(topic);
    return EXIT.done;
  }
  try {
    await createProgram(context).parseAsync(argv, { from: "user" });
    return EXIT.done;
  } catch (error) {
    return report(error, context);
  }
}

function report(error: unknown, { stderr, env }: CliContext): number {
  // Commander has printed its own message already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof StageledgerError) {
    stderr.write(`stageledger: ${error.message} [${error.code}]\n`);
    if (error.next !== undefined) stderr.write(`  ${error.next}\n`);
    return error.code.startsWith("SITE_") ? EXIT.site : EXIT.input;
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
