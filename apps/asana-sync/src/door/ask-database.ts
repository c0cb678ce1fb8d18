import { StageledgerError } from "@stageledger/core";

/**
 * A question to the database whose failure means: not now, bring it again.
 *
 * @throws StageledgerError its own codes, such as MASTER_KEY_WRONG; DATABASE_UNREACHABLE for whatever else goes wrong
 */
export async function askDatabase<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof StageledgerError) throw error;
    throw notNow(error);
  }
}

function notNow(cause: unknown): StageledgerError {
  return new StageledgerError("DATABASE_UNREACHABLE", "The database cannot answer now.", { cause });
}
