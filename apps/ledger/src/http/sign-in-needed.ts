import { StageledgerError } from "@stageledger/core";

export function signInNeeded(): StageledgerError {
  return new StageledgerError("SIGN_IN_NEEDED", "Only members see this, once they have signed in.", {
    next: "Sign in, and open the page again.",
  });
}
