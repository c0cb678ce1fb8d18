/**
 * The lock on an embedded data folder. PGlite has none: a second process would overwrite what the first one keeps.
 *
 * It is the file lock that the operating system gives SQLite, which Node brings along. It ends with its process, however
 * that ends, so there is nothing stale to clear away and nothing to guess about a process that may still be alive.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StageledgerError } from "@stageledger/core";

const ONLY_FOR_OWNER = 0o700;

/** Makes the folder if needed. @throws StageledgerError DATABASE_IN_USE, DATABASE_FOLDER_UNUSABLE */
export async function lockDataFolder(folder: string): Promise<{ release(): void }> {
  let lock: DatabaseSync;
  try {
    await mkdir(folder, { recursive: true, mode: ONLY_FOR_OWNER });
    lock = new DatabaseSync(join(folder, "one-process.lock"), { timeout: 0 });
  } catch (error) {
    throw unusable(error);
  }
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    throw inUse(error);
  }
  return { release: () => lock.close() };
}

function unusable(cause: unknown): StageledgerError {
  return new StageledgerError("DATABASE_FOLDER_UNUSABLE", "The data folder cannot be made or written to.", {
    next: "Name another one with --data, or check who may write there.",
    cause,
  });
}

function inUse(cause: unknown): StageledgerError {
  return new StageledgerError("DATABASE_IN_USE", "Another process works with this data folder.", {
    next: "Stop it first; or set DATABASE_URL to a PostgreSQL server, which many processes can share.",
    cause,
  });
}
