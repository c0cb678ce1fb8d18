/** Work that Ctrl-C ends in order: what is durable stays, and the process ends with the code that shells know. */
import { type CliContext, Ended } from "./cli-context.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** 128 + SIGINT. */
const INTERRUPTED = 130;

/** @param words said to whoever stopped it: what stays, and how to go on */
export async function stoppable<T>(
  { stderr }: CliContext,
  words: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  // Once: who asks a second time does not want to wait for order.
  for (const signal of SIGNALS) process.once(signal, abort);
  try {
    return await work(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, abort);
  }
  stderr.write(`\n${words}\n`);
  throw new Ended(INTERRUPTED);
}
