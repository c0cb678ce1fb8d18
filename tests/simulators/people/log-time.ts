/** What people log while their items are in work: a few items a day, in quarters of an hour, sometimes nothing. */
import type { ItemFacts } from "@stageledger/core";
import { uniform } from "../pipelines/draw.ts";
import type { Worker } from "./teams.ts";

export interface LoggedTime {
  readonly worker: Worker;
  readonly item: ItemFacts;
  /** Midnight UTC of the day, epoch milliseconds. */
  readonly dayAt: number;
  readonly minutes: number;
  readonly activity: string;
}

export interface LoggingOptions {
  readonly seed: number;
  /** Midnight UTC of the Monday on which the quarter begins. */
  readonly mondayAt: number;
  readonly weeks: number;
  /** Name of the stage that a status shows, queues apart; undefined where nobody works. */
  readonly stageOf: (status: string) => string | undefined;
}

const DAY_MS = 86_400_000;
const WORKDAYS = 5;
const FULL_DAY_MINUTES = 450;
const QUARTER_HOUR = 15;
const FORGOTTEN_DAYS = 0.06;
const MEETING_DAYS = 0.2;
const MEETING_MINUTES = 30;
/** Purposes of draws, so that one never moves another. */
const DRAW = { forgets: 201, unlogged: 202, picks: 203, meets: 204 } as const;
const ACTIVITY_BY_STAGE: Readonly<Record<string, string>> = { Build: "build", Review: "review", Test: "test" };

/** In the order of days and workers. The same arguments, the same entries. */
export function logTime(
  workers: readonly Worker[],
  items: readonly ItemFacts[],
  { seed, mondayAt, weeks, stageOf }: LoggingOptions,
): readonly LoggedTime[] {
  const logged: LoggedTime[] = [];
  for (let week = 0; week < weeks; week += 1) {
    for (let weekday = 0; weekday < WORKDAYS; weekday += 1) {
      const dayAt = mondayAt + (week * 7 + weekday) * DAY_MS;
      const inWork = items.flatMap((item) => {
        const stage = stageOf(statusAt(item, dayAt + DAY_MS / 2) ?? "");
        return stage === undefined ? [] : [{ item, stage }];
      });
      for (const worker of workers) {
        if (worker.leave.includes(week)) continue;
        logged.push(...dayOf(worker, inWork, dayAt, seed));
      }
    }
  }
  return logged;
}

interface ItemInWork {
  readonly item: ItemFacts;
  readonly stage: string;
}

function dayOf(worker: Worker, inWork: readonly ItemInWork[], dayAt: number, seed: number): LoggedTime[] {
  const address = [worker.number, dayAt / DAY_MS] as const;
  if (uniform(seed, ...address, DRAW.forgets) < FORGOTTEN_DAYS) return [];
  const own = inWork.filter(({ stage }) => worker.stages.includes(stage));
  // Whoever took an item up keeps at it: the draw does not know the day.
  const liking = ({ item }: ItemInWork): number => uniform(seed, worker.number, Number(item.id), DRAW.picks);
  const [first, second] = own.toSorted((a, b) => liking(a) - liking(b));
  if (first === undefined) return [];
  const minutes = inQuarters(FULL_DAY_MINUTES * worker.share * (0.7 + 0.3 * uniform(seed, ...address, DRAW.unlogged)));
  const onFirst = second === undefined ? minutes : inQuarters(minutes * 0.6);
  const entry = ({ item, stage }: ItemInWork, spent: number): LoggedTime => ({
    worker,
    item,
    dayAt,
    minutes: spent,
    activity: ACTIVITY_BY_STAGE[stage] ?? "other",
  });
  return [
    entry(first, onFirst),
    ...(second === undefined ? [] : [entry(second, minutes - onFirst)]),
    ...(uniform(seed, ...address, DRAW.meets) < MEETING_DAYS
      ? [{ ...entry(first, MEETING_MINUTES), activity: "meeting" }]
      : []),
  ];
}

function inQuarters(minutes: number): number {
  return Math.max(1, Math.round(minutes / QUARTER_HOUR)) * QUARTER_HOUR;
}

function statusAt(item: ItemFacts, at: number): string | undefined {
  if (item.createdAt > at) return undefined;
  return item.changes.findLast((change) => change.at <= at)?.to;
}
