/** Processes that are killed while they work, counted from what they say. */
import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { bareEnvironment, NODE } from "./stageledger-process.ts";

interface Work {
  /** The program and its arguments. */
  readonly words: readonly string[];
  readonly folder: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Said, on whatever stream, when the database is open and the work begins. */
  readonly begins: string;
  /** Said when the work is acknowledged. */
  readonly acknowledges: string;
}

/** How long a whole run takes from its beginning to its acknowledgement, in milliseconds. */
export async function workMilliseconds(work: Work): Promise<number> {
  const child = begin(work);
  const ended = endOf(child);
  await said(child, work.begins);
  const begunAt = performance.now();
  await said(child, work.acknowledges);
  const milliseconds = performance.now() - begunAt;
  await ended;
  return milliseconds;
}

/** Kills it that long after its work began. @returns whether it had acknowledged by then, which a kill comes too late for */
export async function killDuring(work: Work, afterMilliseconds: number): Promise<{ readonly acknowledged: boolean }> {
  const child = begin(work);
  const ended = endOf(child);
  let acknowledged = false;
  void said(child, work.acknowledges).then(
    () => {
      acknowledged = true;
    },
    () => undefined,
  );
  await said(child, work.begins);
  await pause(afterMilliseconds);
  child.kill("SIGKILL");
  await ended;
  return { acknowledged };
}

function begin({ words, folder, variables }: Work): ChildProcess {
  return spawn(NODE, words, { cwd: folder, env: { ...bareEnvironment(), ...variables } });
}

/** Until all that was said has been read, too. */
function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => child.once("close", () => resolve()).once("error", reject));
}

/** Rejects with what was said instead when the process ends without saying it. */
function said(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let all = "";
    const read = (text: unknown): void => {
      all += String(text);
      if (all.includes(words)) resolve();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("close", () => reject(new Error(`It ended without saying "${words}": ${all}`)));
  });
}
