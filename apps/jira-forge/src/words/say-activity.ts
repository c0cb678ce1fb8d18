import { activity } from "@stageledger/core/contract/values";
import type { Words } from "./english.ts";

/** One that nobody has a word for is said as it is. */
export function sayActivity(told: string, { activities }: Words): string {
  const known = activity.safeParse(told).data;
  return known === undefined ? told : activities[known];
}
