/** Where a command's answer goes: the terminal, or a file that appears under its name only when it is whole. */
import { OutputFile } from "../analyse/output/output-file.ts";
import type { CliContext } from "../main/cli-context.ts";

/** @param path undefined = the terminal. @throws StageledgerError OUTPUT_UNWRITABLE */
export function writeAnswer({ stdout }: CliContext, answer: string, path: string | undefined): void {
  if (path === undefined) {
    stdout.write(answer);
    return;
  }
  const file = new OutputFile(path);
  file.write(answer);
  file.keep();
}
