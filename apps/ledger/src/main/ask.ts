/** Questions to whoever sits at the terminal. They go to standard error: the answer of a command may be piped on. */
import { createInterface } from "node:readline/promises";
import { harmless } from "../analyse/output/harmless.ts";
import type { CliContext } from "./cli-context.ts";

export function canAsk({ stdin, stderr }: CliContext): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** One line, without the spaces around it. Rejects with the signal's reason. */
export async function ask({ stdin, stderr }: CliContext, question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: stdin, output: stderr });
  const stopped = new AbortController();
  // While a line is read, the terminal gives Ctrl-C to the reader.
  lines.once("SIGINT", () => {
    stopped.abort();
    process.kill(process.pid, "SIGINT");
  });
  try {
    const answer = await lines.question(harmless(question), { signal: AbortSignal.any([signal, stopped.signal]) });
    return answer.trim();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    lines.close();
  }
}

/** @param byDefault what Enter alone means */
export async function agrees(
  context: CliContext,
  question: string,
  byDefault: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  for (;;) {
    const answer = (await ask(context, `${question} ${byDefault ? "[Y/n]" : "[y/N]"} `, signal)).toLowerCase();
    if (answer === "") return byDefault;
    if (["y", "yes"].includes(answer)) return true;
    if (["n", "no"].includes(answer)) return false;
  }
}

/** Places in a numbered list from 1, from words like `1,3`, `2-4` or `all`; undefined when they are none. Pure. */
export function placesIn(words: string, count: number): readonly number[] | undefined {
  if (words.trim().toLowerCase() === "all") return Array.from({ length: count }, (_, place) => place);
  const places = new Set<number>();
  for (const word of words.split(/[\s,]+/u).filter((one) => one !== "")) {
    const [, first = "", last = first] = /^(\d+)(?:-(\d+))?$/u.exec(word) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === "" || from < 1 || to > count || from > to) return undefined;
    for (let place = from; place <= to; place += 1) places.add(place - 1);
  }
  return places.size === 0 ? undefined : [...places].sort((a, b) => a - b);
}
