/** In which project of the site an issue was, by its histories (E14). Pure. */
import { arrayAt, instantAt, isObject, objectAt } from "../../jira/json-shape.ts";
import type { StrippedHistory } from "./gateway.ts";

/** Jira's ids of both projects. */
export interface ProjectMove {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

export interface ProjectStays {
  /** Jira's id of the project at an instant; at that of a move it is the new one. */
  readonly projectAt: (at: number) => string;
  /** In their order. */
  readonly moves: readonly ProjectMove[];
}

/**
 * @param now the project that the issue was shown in; what its histories tell is newer where they end elsewhere
 * @throws StageledgerError INPUT_WRONG_SHAPE, INPUT_IMPOSSIBLE_DATE
 */
export function projectStays(histories: readonly StrippedHistory[], now: string): ProjectStays {
  const moves = histories
    .flatMap(readMoves)
    .sort((a, b) => a.at - b.at || a.history - b.history)
    .map(({ at, from, to }): ProjectMove => ({ at, from, to }));
  return {
    projectAt: (at) => moves.find((move) => at < move.at)?.from ?? moves.at(-1)?.to ?? now,
    moves,
  };
}

function readMoves(history: StrippedHistory): (ProjectMove & { readonly history: number })[] {
  const { id, created, items } = objectAt(history, "history");
  return arrayAt(items, "history.items").flatMap((item) => {
    if (!isObject(item) || item.field !== "project") return [];
    const { from, to } = item;
    if (typeof from !== "string" || typeof to !== "string") return [];
    return [{ at: instantAt(created, "history.created"), history: Number(id), from, to }];
  });
}
