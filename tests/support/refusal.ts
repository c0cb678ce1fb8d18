import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { stageledger } from "./stageledger-process.ts";
import { aFolder, type FolderContent } from "./temporary-folder.ts";

export interface Refusal {
  readonly code: string;
  /** What the message must say; the place of the fault, mostly. */
  readonly says: string | RegExp;
  /** What the line after it must advise. */
  readonly next: string | RegExp;
  /** 3 unless said. */
  readonly exitCode?: number;
}

export interface RefusedRun {
  readonly words: readonly string[];
  readonly files?: FolderContent;
  readonly stdin?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Every file that a run can write: none of them may be there after a refusal. */
export const ALL_OUTPUTS = [
  ...["--items", "items.csv", "--statuses-out", "times.csv", "--cfd", "cfd.csv", "--output", "answer.txt"],
] as const;

/**
 * Runs the command, asking for every output, and expects two lines on standard error (what is wrong with its code, what
 * to do next), nothing on standard output, and a folder that is as it was before. Returns standard error.
 */
export async function expectRefusal(
  { words, files = {}, stdin, variables = {} }: RefusedRun,
  { code, says, next, exitCode = 3 }: Refusal,
): Promise<string> {
  const folder = aFolder(files);
  const before = contentOf(folder);
  const ended = await stageledger([...words, ...ALL_OUTPUTS], {
    folder,
    variables,
    ...(stdin === undefined ? {} : { stdin }),
  });
  const [first = "", second = "", ...rest] = ended.stderr.split("\n");
  expect(ended).toMatchObject({ exitCode, stdout: "" });
  expect(first).toMatch(/^stageledger: \S.* \[[A-Z_]+\]$/);
  expect(first).toContain(`[${code}]`);
  expect(first).toEqual(typeof says === "string" ? expect.stringContaining(says) : expect.stringMatching(says));
  expect(second).toMatch(/^ {2}\S.*\S$/);
  expect(second).toEqual(typeof next === "string" ? expect.stringContaining(next) : expect.stringMatching(next));
  expect(rest).toEqual([""]);
  expect(contentOf(folder)).toEqual(before);
  return ended.stderr;
}

/** Names and contents of what lies in a folder; folders by their name alone. */
export function contentOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(
    names.map((name) => {
      const path = join(folder, name);
      return [name, statSync(path).isFile() ? readFileSync(path, "base64") : "no file"];
    }),
  );
}
