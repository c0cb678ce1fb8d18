import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { StageledgerError } from "@stageledger/core";

/** Paths by the option that names them; undefined where the option is not given. */
export type NamedPaths = readonly (readonly [option: string, path: string | undefined])[];

/**
 * An output may take the place of an earlier one, never of what the run reads nor of its other outputs.
 *
 * @throws StageledgerError SETTING_INVALID
 */
export function refuseClashingPaths(inputs: NamedPaths, outputs: NamedPaths): void {
  const takenBy = new Map<string, string>();
  for (const [option, path] of inputs) if (path !== undefined) takenBy.set(real(path), option);
  for (const [option, path] of outputs) {
    if (path === undefined || isSpecial(path)) continue;
    const other = takenBy.get(real(path));
    if (other !== undefined) {
      throw new StageledgerError("SETTING_INVALID", `${other} and ${option} both name ${path}.`, {
        next: "Give each a file of its own.",
      });
    }
    takenBy.set(real(path), option);
  }
}

/** Devices and pipes can be written to by several. */
function isSpecial(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile();
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // What is not there yet has no other name.
    return resolve(path);
  }
}
