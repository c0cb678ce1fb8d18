/** What the board's history shows of a run: the facts a vendor's transformer would hand over. */
import type { BlockChange, ItemFacts, StageChange } from "@stageledger/core";
import type { Board } from "./board.ts";
import type { ItemPath, LineRun } from "./line.ts";
import { endOfWeeks, instantOf } from "./working-time.ts";

export interface Log {
  readonly items: readonly ItemFacts[];
  /** Midnight at the end of the last simulated week. */
  readonly asOf: number;
}

/** A move as it will stand in the history. */
export interface Move {
  readonly at: number;
  readonly to: string;
}

/** `mondayAt`: midnight UTC of the Monday on which the run began. */
export function writeLog(
  run: LineRun,
  board: Board,
  options: { readonly mondayAt: number; readonly project: string },
): Log {
  const asOf = endOfWeeks(options.mondayAt, run.weeks);
  const items = [...run.items]
    .sort((a, b) => a.createdHours - b.createdHours)
    .map((path, position) => {
      const facts = factsOf(path, position + 1, options);
      const blocks = facts.blocks.filter((block) => block.at < asOf);
      return withMoves({ ...facts, blocks }, movesOf(path, board, options.mondayAt), board.backlogStatus, asOf);
    });
  return { items, asOf };
}

/** The item with these moves as its only stage changes; moves after `asOf` are not known yet, moves to the status it is in don't exist. */
export function withMoves(item: ItemFacts, moves: readonly Move[], firstStatus: string, asOf: number): ItemFacts {
  const changes: StageChange[] = [];
  let status = firstStatus;
  for (const { at, to } of moves) {
    if (at >= asOf) break;
    if (to === status) continue;
    changes.push({ at, sequence: Number(item.id) * 1000 + changes.length, index: 0, from: status, to });
    status = to;
  }
  return { ...item, changes, currentStatus: status };
}

function factsOf(
  path: ItemPath,
  number: number,
  options: { readonly mondayAt: number; readonly project: string },
): ItemFacts {
  return {
    id: String(10_000 + number),
    key: `${options.project}-${number}`,
    project: options.project,
    createdAt: instantOf(options.mondayAt, path.createdHours),
    currentStatus: undefined,
    resolution: undefined,
    isSubtask: false,
    parentId: undefined,
    changes: [],
    blocks: blocksOf(path, 10_000 + number, options.mondayAt),
    otherActivity: [],
    isTruncated: false,
    hasHistory: true,
  };
}

function movesOf(path: ItemPath, board: Board, mondayAt: number): Move[] {
  const moves: Move[] = [];
  for (const [position, step] of path.steps.entries()) {
    const next = path.steps[position + 1];
    // Nobody drags a card to "Ready for X" and to "X" in one moment: it goes straight to "X".
    const wasTakenAtOnce = step.phase === "waiting" && next?.stage === step.stage && next.atHours === step.atHours;
    if (!wasTakenAtOnce)
      moves.push({ at: instantOf(mondayAt, step.atHours), to: board.statusOf(step.stage, step.phase) });
  }
  if (path.closedHours !== undefined) moves.push({ at: instantOf(mondayAt, path.closedHours), to: board.doneStatus });
  return moves;
}

function blocksOf(path: ItemPath, itemNumber: number, mondayAt: number): BlockChange[] {
  return path.blocks.flatMap(({ fromHours, toHours }, n) => [
    {
      at: instantOf(mondayAt, fromHours),
      sequence: itemNumber * 1000 + 500 + 2 * n,
      index: 0,
      reason: "flag",
      source: "",
      begins: true,
    },
    {
      at: instantOf(mondayAt, toHours),
      sequence: itemNumber * 1000 + 501 + 2 * n,
      index: 0,
      reason: "flag",
      source: "",
      begins: false,
    },
  ]);
}
