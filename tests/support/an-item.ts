/** Builders for the facts of a work item. Status ids are plain words: the board of {@link aStageMap} maps them. */
import type { BlockChange, ItemFacts, StageChange } from "@stageledger/core";
import { utc } from "./moments.ts";

/** A move into a status: `["2026-09-08T09:00", "Build"]`, UTC. */
export type Step = readonly [at: string, status: string];

export function anItem(overrides: Partial<ItemFacts> = {}): ItemFacts {
  const changes = overrides.changes ?? [];
  return {
    id: "10088",
    key: "PAY-88",
    project: "PAY",
    createdAt: utc("2026-09-07T09:00"),
    currentStatus: [...changes].sort((a, b) => a.at - b.at || a.sequence - b.sequence).at(-1)?.to ?? "Backlog",
    resolution: undefined,
    isSubtask: false,
    parentId: undefined,
    changes,
    blocks: [],
    otherActivity: [],
    isTruncated: false,
    hasHistory: true,
    ...overrides,
  };
}

/** An item that was created in the first step's status and then took the others. */
export function anItemThatWent(steps: readonly [Step, ...Step[]], overrides: Partial<ItemFacts> = {}): ItemFacts {
  const [[createdAt, first], ...moves] = steps;
  const changes = movesFrom(first, ...moves);
  return anItem({ createdAt: utc(createdAt), currentStatus: changes.at(-1)?.to ?? first, changes, ...overrides });
}

/** Like {@link anItemThatWent}, created in Backlog at the first step's instant. */
export function anItemStarted(...moves: readonly [Step, ...Step[]]): ItemFacts {
  return anItemThatWent([[moves[0][0], "Backlog"], ...moves]);
}

/** A whole chain of changes, numbered from 1 in the source's order. */
export function movesFrom(first: string, ...steps: readonly Step[]): StageChange[] {
  let from = first;
  return steps.map(([at, to], i) => {
    const change = { at: utc(at), sequence: i + 1, index: 0, from, to };
    from = to;
    return change;
  });
}

export function aChange(at: string, from: string | undefined, to: string, sequence: number, index = 0): StageChange {
  return { at: utc(at), sequence, index, from, to };
}

/** Numbered by their instants, so that any two of them stand in order. */
export function aBlock(at: string, begins: boolean, overrides: Partial<BlockChange> = {}): BlockChange {
  return { at: utc(at), sequence: utc(at), index: 0, reason: "flag", source: "", begins, ...overrides };
}

/** The same life under other keys: PAY-1, PAY-2 … */
export function copies(count: number, facts: ItemFacts): ItemFacts[] {
  return Array.from({ length: count }, (_, i) => ({ ...facts, id: String(20_001 + i), key: `PAY-${i + 1}` }));
}
