import { StageledgerError } from "@stageledger/core";

/** @param what names the kind of fact, never its content */
export function factConflict(what: string): StageledgerError {
  return new StageledgerError("FACT_CONFLICT", `Two different facts claim to be the same ${what}.`, {
    next: "Nothing was recorded. If the source was restored from a backup or reset, connect it anew under another name.",
  });
}
