/**
 * The shape of a flow report: what `stageledger analyse --format json` prints and what every
 * page draws. Days are calendar text in the report zone, instants ISO 8601 in UTC.
 * No field can carry a person.
 */
import type { StageKind } from "../stages/stage.ts";
import type { Verdict } from "./bottleneck.ts";
import type { Finding } from "./data-quality.ts";
import type { Figure } from "./figure.ts";

export interface FlowReport extends FlowReportFrame {
  /** All items together; `project` is "*". */
  readonly total: ProjectFlow;
  /** By project key, in natural order. */
  readonly projects: readonly ProjectFlow[];
  readonly findings: readonly Finding[];
}

/** What its numbers are of. */
export interface FlowReportFrame {
  readonly schema: 1;
  readonly asOf: string;
  readonly zone: string;
  readonly map: MapSummary;
  /** The verdict's window: whole ISO weeks (B1). */
  readonly window: Span & { readonly weeks: number };
  /** The charts' window. */
  readonly chartWindow: Span;
  readonly seed: number;
}

/** Inclusive days, e.g. 2026-08-31 to 2026-10-25. */
export interface Span {
  readonly firstDay: string;
  readonly lastDay: string;
}

export interface MapSummary {
  readonly version: number;
  readonly effectiveFrom: string | null;
  /** "given" by a stages file, or "default" from status categories. */
  readonly origin: "given" | "default";
  readonly commitment: string;
  readonly stages: readonly MapStage[];
}

export interface MapStage {
  readonly name: string;
  readonly kind: StageKind;
  readonly limit: number | null;
  readonly statuses: readonly {
    readonly id: string;
    readonly name: string;
    readonly formerNames: readonly string[];
    readonly guessed: boolean;
  }[];
}

export interface Percentiles {
  readonly p50: Figure;
  readonly p85: Figure;
  readonly p95: Figure;
}

export interface ProjectFlow {
  readonly project: string;
  readonly counts: {
    readonly items: number;
    /** In progress at the as-of instant (F8). */
    readonly wip: number;
    /** Not yet started. */
    readonly waitingToStart: number;
    /** Sub-tasks, which are counted nowhere else (E10). */
    readonly subtasks: number;
    readonly finished: number;
    readonly withdrawn: number;
    readonly reopened: number;
    /** Days that clocks lost to resets (E3); 0 unless resetting was chosen. */
    readonly discardedDays: number;
  };
  readonly verdict: Verdict;
  /** Finished in the verdict's window (F5). */
  readonly cycleTime: Percentiles & {
    readonly mean: Figure;
    /** Median of what Jira's control chart adds up: without the gap of re-opened items (E2), milliseconds. */
    readonly controlChart: Figure;
  };
  /** F5 under the other re-entry policies (B5): lowest and highest p85; null when nothing would change. */
  readonly cycleTimeRange: {
    readonly low: number;
    readonly high: number;
    readonly items: number;
    readonly policy: string;
  } | null;
  /** F7. */
  readonly leadTime: Percentiles;
  /** F6; null without a calendar. */
  readonly businessTime: (Percentiles & { readonly hoursPerDay: number }) | null;
  /** F18, over the charts' window. */
  readonly serviceLevel: { readonly days: Figure; readonly percent: number; readonly missRate: Figure };
  readonly stages: readonly StageRow[];
  /** Weeks of the verdict's window (F10, F26). */
  readonly weeks: readonly WeekRow[];
  readonly charts: FlowCharts;
  readonly flowDebt: { readonly approximate: Figure; readonly exact: Figure; readonly difference: Figure };
  readonly efficiency: Figure;
  readonly blocked: { readonly items: Figure; readonly time: Figure };
  readonly stalled: { readonly items: Figure; readonly keys: readonly string[] };
  readonly littlesLaw: LittlesLaw;
  readonly monteCarlo: MonteCarlo;
  readonly findings: readonly Finding[];
}

/** One stage of the table. Time figures cover items finished in the verdict's window (F11, F12). */
export interface StageRow {
  readonly name: string;
  readonly kind: StageKind | "unmapped";
  /** Items in the stage at the as-of instant. */
  readonly wip: Figure;
  /** WIP / limit (B4); null without a declared limit. */
  readonly utilisation: Figure | null;
  /** 85th percentile of the age (F9) of the items now in the stage. */
  readonly age85: Figure;
  readonly arrivalsPerWeek: Figure;
  readonly departuresPerWeek: Figure;
  /** Sum of all visits of an item (F11), milliseconds. */
  readonly median: Figure;
  readonly p85: Figure;
  /** Mean visits of the items that were there. */
  readonly visits: Figure;
  /** Share of the finished items that passed over the stage (E4); null of stages that may be passed over, and where no item ever was. */
  readonly skipped: Figure;
  /** Share of the items that were there that went back from it to an earlier stage (E1). */
  readonly movedBack: Figure;
  /** First, last and average visit and the erased-into-the-earlier view (E1), median milliseconds. */
  readonly firstVisit: Figure;
  readonly lastVisit: Figure;
  readonly averageVisit: Figure;
  readonly erased: Figure;
  /** WIP level that covers 85 % of the sampled hours (F27). */
  readonly limitHint: Figure;
  /** Items withdrawn from this stage in the verdict's window: its waste (E12). */
  readonly withdrawn: Figure;
  /** F24, attributed to the stage held when the block began. */
  readonly blockedTime: Figure;
}

export interface WeekRow {
  /** Monday. */
  readonly week: string;
  readonly arrivals: number;
  readonly departures: number;
  readonly withdrawn: number;
  /** F26: arrivals − departures − withdrawn. */
  readonly net: number;
}

/** Series for drawing; arrays run over `days`. */
export interface FlowCharts {
  readonly days: readonly string[];
  /** F13: per stage in map order, items whose high-water mark is at or right of it. */
  readonly cumulative: readonly (readonly number[])[];
  /** Per stage: items with this mark that are behind it, in a correction window. */
  readonly corrected: readonly (readonly number[])[];
  /** F8. */
  readonly wip: readonly number[];
  /** F10. */
  readonly throughput: readonly number[];
  /** F14: items per day and value at the first day; null with fewer than three points. */
  readonly arrivalLine: Line | null;
  readonly departureLine: Line | null;
  /** Finished items, at most 2,000: the newest. `omitted` says how many more there were. */
  readonly scatter: readonly {
    readonly key: string;
    readonly day: string;
    readonly cycleDays: number;
    readonly reopened: boolean;
  }[];
  readonly omitted: number;
  /** Percentiles drawn on the scatter: over all finished items of the charts' window. */
  readonly scatterPercentiles: Percentiles;
  /** Items in progress, oldest first, at most 500. */
  readonly ageing: readonly AgeingItem[];
  readonly ageingOmitted: number;
  /** F19: p50, p85, p95 of the age at which finished items left each stage, days; null = no data. */
  readonly pace: readonly {
    readonly stage: string;
    readonly p50: number | null;
    readonly p85: number | null;
    readonly p95: number | null;
    readonly n: number;
  }[];
  /** Time in stage over the charts' window: days by stage at p25, p50, p75, p85, p95; null = too few. */
  readonly timeInStage: readonly {
    readonly stage: string;
    readonly n: number;
    readonly quantiles: readonly (number | null)[];
  }[];
}

export interface Line {
  readonly perDay: number;
  readonly atFirstDay: number;
}

export interface AgeingItem {
  readonly key: string;
  readonly stage: string;
  readonly ageDays: number;
  readonly blocked: boolean;
  readonly stalled: boolean;
  /** F20: days left at p85, or the reason for refusing. */
  readonly daysLeft: number | null;
  readonly refusal: string | null;
}

/** F28. */
export interface LittlesLaw {
  readonly holds: boolean;
  /** Conditions not met, in words; empty when it holds. */
  readonly unmet: readonly string[];
  /** Mean WIP / mean throughput, days; null when the conditions do not hold. */
  readonly cycleDays: Figure;
}

/** F21. */
export interface MonteCarlo {
  readonly trials: number;
  readonly seed: number;
  readonly windowDays: number;
  /** When `remaining` items (the present WIP) are finished: days from the as-of day. */
  readonly remaining: number;
  readonly when: Percentiles | null;
  /** How many items in `horizonDays`; read 1 − p, so p85 is "at least this many in 85 %". */
  readonly horizonDays: number;
  readonly howMany: Percentiles | null;
  readonly refusal: string | null;
  readonly warning: string | null;
}
