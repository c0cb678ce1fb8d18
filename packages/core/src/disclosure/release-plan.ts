/** What a release run has to do at an instant: which weeks to close, and which spans are whole. Pure. */
import { closesAt } from "../ledger/close.ts";
import { WEEK_DAYS, weeksOf } from "../time/iso-week.ts";
import type { EpochDay, ReportZone } from "../time/report-zone.ts";
import { type Period, periodOf, type Quarter, quarterOf } from "./period.ts";

export interface ReleaseState {
  /** The tenant's: it says when weeks close. */
  readonly zone: ReportZone;
  readonly settlingDays: number;
  readonly now: number;
  /** Mondays of the weeks that have cells, in any order. */
  readonly weeksWithCells: readonly EpochDay[];
  readonly closedWeeks: ReadonlySet<EpochDay>;
  /** Periods and quarters that were released, whatever could be shown of them. */
  readonly releasedSpans: ReadonlySet<string>;
}

export interface ReleasePlan {
  /** Ascending. Cut A is published for these and for no others: what was withheld once stays so. */
  readonly weeksToClose: readonly EpochDay[];
  /** Cuts B, C and E. Ascending. */
  readonly periods: readonly Period[];
  /** Cut L. Ascending. */
  readonly quarters: readonly Quarter[];
}

/**
 * Weeks close from the beginning of the first period that has cells, those without entries too: what is posted into them
 * afterwards is late, and no period is published with a hole that fills up later.
 *
 * A period is due when all its weeks are closed. A quarter is due with the first period after it, so that late corrections
 * of its last weeks are in; what comes later is never published. Each span is released once.
 */
export function planRelease(state: ReleaseState): ReleasePlan {
  const { zone, settlingDays, now, weeksWithCells, closedWeeks, releasedSpans } = state;
  const weeksToClose: EpochDay[] = [];
  const closed = new Set(closedWeeks);
  const spans = { periods: new Set<Period>(), quarters: new Set<Quarter>() };
  const first = weeksWithCells.length === 0 ? undefined : Math.min(...weeksWithCells);
  const begin = first === undefined ? undefined : weeksOf(periodOf(first))[0];
  if (begin === undefined) return { weeksToClose: [], periods: [], quarters: [] };
  for (let week = begin; closesAt(week, zone, settlingDays) <= now; week += WEEK_DAYS) {
    if (!closed.has(week)) weeksToClose.push(week);
    closed.add(week);
    spans.periods.add(periodOf(week));
    spans.quarters.add(quarterOf(week));
  }
  // A quarter may have begun before the ledger did.
  const isWhole = (span: string): boolean => weeksOf(span).every((week) => week < begin || closed.has(week));
  const isDue = (quarter: Quarter): boolean => isWhole(quarter) && isWhole(periodAfter(quarter));
  return {
    weeksToClose,
    periods: [...spans.periods].filter((period) => !releasedSpans.has(period) && isWhole(period)),
    quarters: [...spans.quarters].filter((quarter) => !releasedSpans.has(quarter) && isDue(quarter)),
  };
}

function periodAfter(quarter: Quarter): Period {
  const last = weeksOf(quarter).at(-1) ?? 0;
  return periodOf(last + WEEK_DAYS);
}
