/** Where the master key comes from: a variable, or a file beside the embedded data that is made at the first start. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StageledgerError } from "@stageledger/core";
import { MasterKey, type RandomBytes } from "@stageledger/db";

const MASTER_KEY_VARIABLE = "STAGELEDGER_MASTER_KEY";

const ONLY_FOR_OWNER = 0o600;

/** @throws StageledgerError MASTER_KEY_MISSING, MASTER_KEY_UNREADABLE */
export function masterKeyFromVariable(env: Readonly<Record<string, string | undefined>>): MasterKey {
  const text = env[MASTER_KEY_VARIABLE];
  if (text === undefined || text.trim() === "") {
    throw missing(
      `Set ${MASTER_KEY_VARIABLE}; make one with: openssl rand -base64 32. Keep it as safe as the database.`,
    );
  }
  return MasterKey.parse(text);
}

/**
 * The key of an embedded data folder. It is made only where there are no data yet: to others a new key would be useless.
 *
 * @throws StageledgerError MASTER_KEY_MISSING, MASTER_KEY_UNREADABLE
 */
export function masterKeyInFolder(folder: string, hasTenants: boolean, random: RandomBytes): MasterKey {
  const path = join(folder, "master.key");
  if (existsSync(path)) return MasterKey.parse(readFileSync(path, "utf8"));
  if (hasTenants)
    throw missing("Put the file master.key back into the data folder: without it no one can be told apart.");
  const text = MasterKey.generate(random);
  writeFileSync(path, `${text}\n`, { mode: ONLY_FOR_OWNER, flag: "wx" });
  return MasterKey.parse(text);
}

function missing(next: string): StageledgerError {
  return new StageledgerError("MASTER_KEY_MISSING", "There is no master key for this database.", { next });
}
