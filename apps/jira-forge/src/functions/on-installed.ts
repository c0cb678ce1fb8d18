/** Tells the ledger that the app is there, and brings it the first token. A site that nobody connected yet is none of its business. */
import type { InvocationError } from "@forge/events";
import { ROUTES } from "@stageledger/core/contract/routes";
import { callLedger } from "./call-ledger.ts";
import { tellOperator } from "./tell-operator.ts";
import { tryAgain } from "./try-again.ts";

export async function onInstalled(event: unknown): Promise<InvocationError | undefined> {
  const answer = await callLedger(ROUTES.tellInstallation, { action: "installed" });
  if (answer.kind === "taken") return undefined;
  if (answer.kind === "refused") {
    tellOperator("installation refused", { status: answer.status, code: answer.code });
    return undefined;
  }
  tellOperator("installation not told", { status: answer.status });
  return tryAgain(event, answer.retryAfterSeconds);
}
