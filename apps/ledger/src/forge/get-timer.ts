import { StageledgerError } from "@stageledger/core";
import { findTimer } from "@stageledger/db";
import type { LedgerTransaction } from "../log-time/record-revision.ts";
import type { FoundTimer } from "./running-timer.ts";

/** @throws StageledgerError TIMER_UNKNOWN */
export async function getTimer(trx: LedgerTransaction, tenantId: string, contributorId: string): Promise<FoundTimer> {
  const timer = await findTimer(trx, tenantId, contributorId);
  if (timer !== undefined) return timer;
  throw new StageledgerError("TIMER_UNKNOWN", "You have no timer.", { next: "Start one on an item." });
}
