/** What people do to a log: the work stays as it was, the record of it gets worse. Applied after truth is known. */
import type { ItemFacts } from "@stageledger/core";
import type { Board } from "./board.ts";
import { purposes, uniform } from "./draw.ts";
import { nextFridayAfternoon, nextMorning } from "./working-time.ts";
import { type Log, type Move, withMoves } from "./write-log.ts";

export const distortions = ["day-late", "fridays-only", "forgotten-moves"] as const;
/**
 * "day-late": each move is logged the next working morning. "fridays-only": 30 % of the items are brought up to
 * date on Fridays at 16:00 only. "forgotten-moves": 40 % of the moves into a stage's work are never logged.
 */
export type Distortion = (typeof distortions)[number];

const FRIDAY_SHARE = 0.3;
const FORGOTTEN_SHARE = 0.4;
/** Time between two moves of one card when several are made up for at once. */
const CATCHING_UP_MS = 30_000;

export function distortLog(log: Log, board: Board, kind: Distortion, seed: number): Log {
  return {
    asOf: log.asOf,
    items: log.items.map((item) =>
      withMoves(item, movesLogged(item, board, kind, seed), board.backlogStatus, log.asOf),
    ),
  };
}

function movesLogged(item: ItemFacts, board: Board, kind: Distortion, seed: number): Move[] {
  const moves: Move[] = item.changes.map(({ at, to }) => ({ at, to }));
  const itemNumber = Number(item.id);
  switch (kind) {
    case "day-late":
      return inOrder(moves.map(({ at, to }) => ({ at: nextMorning(at), to })));
    case "fridays-only":
      if (uniform(seed, itemNumber, purposes.lateFriday) >= FRIDAY_SHARE) return moves;
      return inOrder(moves.map(({ at, to }) => ({ at: nextFridayAfternoon(at), to })));
    case "forgotten-moves":
      return moves.filter(
        ({ to }, position) =>
          !board.workStatuses.has(to) || uniform(seed, itemNumber, position, purposes.forgotten) >= FORGOTTEN_SHARE,
      );
  }
}

function inOrder(moves: readonly Move[]): Move[] {
  const spaced: Move[] = [];
  for (const { at, to } of moves) {
    const before = spaced.at(-1);
    spaced.push({ at: before === undefined ? at : Math.max(at, before.at + CATCHING_UP_MS), to });
  }
  return spaced;
}
