/**
 * Changes of an issue's status that no history tells of, among those that histories tell. Pure.
 *
 * They stand behind the last history of their time, so that the order of the source is that of time: Jira's histories count up.
 */
import type { StageChange } from "@stageledger/core";

/** Places behind all that a history can have. */
export const SETTLING = 1000;
export const LEAVING = 1001;
export const RETURNING = 1002;

export function isUntold({ index }: StageChange): boolean {
  return index >= SETTLING;
}

/** In order of time, and of Jira's own count where that is the same (E16). */
export function inOrder(changes: readonly StageChange[]): readonly StageChange[] {
  return [...changes].sort((a, b) => a.at - b.at || a.sequence - b.sequence || a.index - b.index);
}
