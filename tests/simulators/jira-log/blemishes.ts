/** What real logs have and the simulated line does not: added to the facts item by item, by seed. */
import type { ItemFacts } from "@stageledger/core";
import type { Board } from "../pipelines/board.ts";
import { uniform } from "../pipelines/draw.ts";
import { type Move, withMoves } from "../pipelines/write-log.ts";

export interface BlemishOptions {
  readonly seed: number;
  readonly asOf: number;
  readonly board: Board;
  /** A status that exists but that no stage names. */
  readonly customerStatus: string;
  /** A status that only old histories still name. */
  readonly deletedStatus: string;
  /** Ids become consecutive from here, so that several teams' ids never meet. */
  readonly firstId: number;
}

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
const PARKED_ITEMS = 2;

const shares = { reopened: 0.06, skipped: 0.05, customer: 0.04, withdrawn: 0.03 } as const;

export function addBlemishes(items: readonly ItemFacts[], options: BlemishOptions): ItemFacts[] {
  const parked = parkedIds(items, options);
  return items.map((item, position) => {
    const blemished = blemish(
      { ...item, id: String(options.firstId + position) },
      position / items.length,
      parked.has(item.id),
      options,
    );
    return blemished;
  });
}

function blemish(item: ItemFacts, age: number, isParked: boolean, options: BlemishOptions): ItemFacts {
  const { board, asOf, seed } = options;
  const moves: readonly Move[] = item.changes.map(({ at, to }) => ({ at, to }));
  const luck = (purpose: number) => uniform(seed, Number(item.id), purpose);
  const rebuild = (next: readonly Move[], firstStatus = board.backlogStatus) =>
    withMoves(
      item,
      [...next].sort((a, b) => a.at - b.at),
      firstStatus,
      asOf,
    );
  const isDone = item.currentStatus === board.doneStatus;

  if (isParked) return rebuild(moves.slice(0, Math.max(1, Math.ceil(moves.length / 2))));
  // The first tenth was created before the workflow changed.
  if (age < 0.1) return rebuild(moves, options.deletedStatus);
  if (isDone && luck(1) < shares.reopened) return rebuild(reopened(moves, board, luck(2)));
  if (isDone && moves.length > 3 && luck(3) < shares.skipped) return rebuild(moves.toSpliced(-2, 1));
  if (moves.length > 2 && luck(4) < shares.customer)
    return rebuild(askedCustomer(moves, options.customerStatus, luck(5)));
  if (moves.length > 1 && luck(6) < shares.withdrawn)
    return { ...rebuild(givenUp(moves, board)), resolution: "Won't Do" };
  return item;
}

/** Two items that were started, pushed aside half-way and forgotten, from the third quarter of the log. */
function parkedIds(items: readonly ItemFacts[], options: BlemishOptions): Set<string> {
  const candidates = items
    .slice(Math.floor(items.length * 0.5), Math.floor(items.length * 0.7))
    .filter((item) => item.changes.length >= 4);
  const step = Math.max(1, Math.floor(candidates.length / PARKED_ITEMS));
  const offset = Math.floor(uniform(options.seed, 99) * step);
  return new Set(
    Array.from({ length: PARKED_ITEMS }, (_, n) => candidates[offset + n * step]?.id ?? "").filter((id) => id !== ""),
  );
}

/** Back to the last stage before Done a day or a few later, and done again. */
function reopened(moves: readonly Move[], board: Board, luck: number): Move[] {
  const done = moves.at(-1);
  const before = moves.findLast((move) => board.workStatuses.has(move.to));
  if (done === undefined || before === undefined) return [...moves];
  const backAt = done.at + DAY_MS * (1 + 3 * luck);
  return [...moves, { at: backAt, to: before.to }, { at: backAt + 30 * HOUR_MS, to: board.doneStatus }];
}

function askedCustomer(moves: readonly Move[], customerStatus: string, luck: number): Move[] {
  const middle = Math.floor(moves.length / 2);
  const [before, after] = [moves[middle - 1], moves[middle]];
  if (before === undefined || after === undefined) return [...moves];
  const away = { at: Math.round(before.at + (after.at - before.at) * 0.4 * luck), to: customerStatus };
  const back = { at: Math.round(before.at + (after.at - before.at) * 0.9), to: before.to };
  return [...moves.slice(0, middle), away, back, ...moves.slice(middle)];
}

function givenUp(moves: readonly Move[], board: Board): Move[] {
  const kept = moves.slice(0, Math.ceil(moves.length / 2));
  const last = kept.at(-1);
  return last === undefined ? [...moves] : [...kept, { at: last.at + DAY_MS, to: board.doneStatus }];
}
