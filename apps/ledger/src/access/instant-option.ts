import { parseInstant } from "@stageledger/core";
import { InvalidArgumentError } from "commander";

/** An option's day or instant, as epoch milliseconds. */
export function instantOption(text: string): number {
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  throw new InvalidArgumentError("Write it like 2026-09-07 or 2026-09-07T09:00:00Z.");
}
