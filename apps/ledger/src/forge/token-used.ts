import { StageledgerError } from "@stageledger/core";

export function tokenUsed(): StageledgerError {
  return new StageledgerError("TOKEN_USED", "This call was made already.", { next: "Make it anew." });
}
