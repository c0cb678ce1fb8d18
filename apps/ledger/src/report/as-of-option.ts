import { parseInstant, type ReportZone } from "@stageledger/core";
import { InvalidArgumentError } from "commander";

/** The instant that was meant, once the tenant's zone is known. Epoch milliseconds. */
export type AsOf = (zone: ReportZone) => number;

const DAY_MILLISECONDS = 86_400_000;
const DAY_LENGTH = "2026-09-07".length;

/** A bare day means its last millisecond in the tenant's zone, as it does for `analyse`. */
export function asOfOption(text: string): AsOf {
  const asOf = findAsOf(text);
  if (asOf !== undefined) return asOf;
  throw new InvalidArgumentError("Write it like 2026-09-07 or 2026-09-07T09:00:00Z.");
}

/** Undefined for what is no day and no instant. */
export function findAsOf(text: string): AsOf | undefined {
  const instant = parseInstant(text);
  if (instant === undefined) return undefined;
  if (text.length > DAY_LENGTH) return () => instant;
  return (zone) => zone.startOfDay(instant / DAY_MILLISECONDS + 1) - 1;
}
