import type { CallProof, CallStanding } from "@stageledger/db";
import { signInNeeded } from "../http/sign-in-needed.ts";
import { installationUnknown } from "./caller.ts";
import { tokenUsed } from "./token-used.ts";

/**
 * What proved a call may have been taken back since the door asked: whoever was erased with it shall not come back.
 *
 * @throws StageledgerError INSTALLATION_UNKNOWN, TOKEN_USED; SIGN_IN_NEEDED for somebody who is no member any more
 */
export function refuseUnheld({ kind }: CallProof, standing: CallStanding): void {
  if (standing === "used") throw tokenUsed();
  if (standing === "gone") throw kind === "member" ? signInNeeded() : installationUnknown();
}
