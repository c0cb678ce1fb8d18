/** Which stage the minutes of a day are of, by where the item was when (E19). It shares no code with the product. Pure. */
import type { StageMapInput } from "@stageledger/core";
import { GONE, type Stay } from "./true-ledger.ts";

const DAY = 86_400_000;
/** Berlin in September. */
export const ZONE_OFFSET = 2 * 3_600_000;

interface Visit {
  readonly stage: string;
  readonly isWork: boolean;
  readonly from: number;
  to: number;
}

/** E19, rules 3 to 5. @param date of the entry, `2026-09-07` */
export function trueStage(date: string, stays: readonly Stay[], stages: StageMapInput): string {
  const midnight = Date.parse(date) - ZONE_OFFSET;
  const visits: Visit[] = [];
  for (const [status, from] of stays) {
    // As if it had never been gone.
    if (status === GONE) continue;
    const place = stages.stages.findIndex(({ statuses }) => statuses.includes(status));
    const stage = stages.stages[place];
    const last = visits.at(-1);
    if (last !== undefined) last.to = from;
    if (last !== undefined && last.stage === (stage?.name ?? "Unmapped")) {
      last.to = Number.POSITIVE_INFINITY;
      continue;
    }
    const commitment = stages.stages.findIndex(({ name }) => name === stages.commitment);
    const isWork = place >= commitment && stage?.kind !== "done";
    visits.push({ stage: stage?.name ?? "Unmapped", isWork, from, to: Number.POSITIVE_INFINITY });
  }
  const tomorrow = midnight + DAY;
  const work = visits.filter(({ isWork }) => isWork);
  const shared = work.map(({ from, to }) => Math.min(to, tomorrow) - Math.max(from, midnight));
  const most = Math.max(...shared);
  if (most > 0) return work[shared.lastIndexOf(most)]?.stage ?? "";
  const candidates = work.length > 0 ? work : visits;
  const away = candidates.map(({ from, to }) => (from >= tomorrow ? from - tomorrow : Math.max(0, midnight - to)));
  return candidates[away.indexOf(Math.min(...away))]?.stage ?? "Unmapped";
}
