import { inspect } from "node:util";
import { StageledgerError } from "@stageledger/core";

/** The coded error that a promise ends with; a promise that succeeds, or ends with another error, fails the test. */
export async function codedRejection(promise: Promise<unknown>): Promise<StageledgerError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof StageledgerError) return error;
    throw error;
  }
  throw new Error("It succeeded, and should have been refused.");
}

/** Everything that an error could show anywhere: its own members, hidden ones, stack and all causes. */
export function everythingIn(error: unknown): string {
  return inspect(error, { depth: null, showHidden: true, maxArrayLength: null, maxStringLength: null });
}
