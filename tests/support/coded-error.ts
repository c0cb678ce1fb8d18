import { expect } from "vitest";
import { StageledgerError } from "../../packages/core/src/errors.ts";

/** The coded error that a call ends with; fails when it ends otherwise. */
export function codedErrorOf(call: () => unknown): StageledgerError {
  try {
    call();
  } catch (error) {
    if (error instanceof StageledgerError) return error;
    throw error;
  }
  return expect.fail("nothing was refused");
}
