import { activity } from "@stageledger/core/contract/values";
import { words } from "./words.ts";

/** One that nobody has a word for is said as it is. */
export function activityName(told: string): string {
  const known = activity.safeParse(told).data;
  return known === undefined ? told : words.charts.activities[known];
}
