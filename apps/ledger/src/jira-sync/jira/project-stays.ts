/** In which project of the site an issue was, by its histories (E14). Pure. */
import { arrayAt, instantAt, isObject, objectAt } from "../../jira/json-shape.ts";
import type { StrippedHistory } from "./gateway.ts";

export interface ProjectStays {
  /** Jira's id of the project at an instant; at that of a move it is the new one. */
  readonly projectAt: (at: number) => string;
  /** When it came to where it is now; undefined while it was never elsewhere. */
  readonly movedAt: number | undefined;
}

/**
 * @param now the project that the issue is in
 * @throws StageledgerError INPUT_WRONG_SHAPE, INPUT_IMPOSSIBLE_DATE
 */
export function projectStays(histories: readonly StrippedHistory[], now: string): ProjectStays {
  const moves = histories.flatMap(readMoves).sort((a, b) => a.at - b.at);
  return {
    projectAt: (at) => moves.find((move) => at < move.at)?.from ?? now,
    movedAt: moves.at(-1)?.at,
  };
}

function readMoves(history: StrippedHistory): { readonly at: number; readonly from: string }[] {
  const { created, items } = objectAt(history, "history");
  return arrayAt(items, "history.items").flatMap((item) => {
    if (!isObject(item) || item.field !== "project" || typeof item.from !== "string") return [];
    return [{ at: instantAt(created, "history.created"), from: item.from }];
  });
}
