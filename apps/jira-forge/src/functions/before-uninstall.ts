/** Tells the ledger to forget the site and its people. Forge calls this once and does not look at what comes of it. */
import { ROUTES } from "@stageledger/core/contract/routes";
import { callLedger } from "./call-ledger.ts";
import { tellOperator } from "./tell-operator.ts";

/** Before each try. Forge gives this function 55 s. */
const WAITS_MILLISECONDS = [0, 2000, 6000] as const;

export async function beforeUninstall(): Promise<void> {
  for (const wait of WAITS_MILLISECONDS) {
    await new Promise((waited) => setTimeout(waited, wait));
    const answer = await callLedger(ROUTES.tellInstallation, { action: "uninstalled" });
    if (answer.kind === "taken") return;
    tellOperator("uninstallation not taken", {
      status: answer.status,
      code: answer.kind === "refused" ? answer.code : undefined,
    });
    if (answer.kind === "refused") return;
  }
}
