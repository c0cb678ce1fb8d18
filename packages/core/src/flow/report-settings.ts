import type { ReportWindow } from "../time/report-window.ts";
import type { WorkCalendar } from "../time/work-calendar.ts";
import { DEFAULT_VERDICT_GATES, type VerdictGates } from "./bottleneck/decide.ts";
import { DEFAULT_PARKED_GATES, type ParkedGates } from "./bottleneck/stage-samples.ts";
import { DEFAULT_THIN_GATES, type ThinGates } from "./figure.ts";
import type { FlowSettings } from "./item-flow.ts";
import { DEFAULT_LITTLES_LAW_GATES, type LittlesLawGates } from "./littles-law.ts";

/** Everything besides the facts and the map that a report depends on. */
export interface ReportSettings {
  readonly window: ReportWindow;
  /** Seed of every resampling, printed with its result. */
  readonly seed: number;
  /** Hours at which B1 samples. */
  readonly samplingHours: WorkCalendar;
  /** F6: the business-time view; undefined = none was asked for. */
  readonly businessCalendar: WorkCalendar | undefined;
  readonly flow: FlowSettings;
  /** F25. */
  readonly stalledDays: number;
  /** F18. */
  readonly servicePercent: number;
  /** F21. */
  readonly monteCarlo: { readonly windowDays: number; readonly trials: number; readonly horizonDays: number };
  /** E11: under this share of finished items with a start, warn of survivor bias. */
  readonly startedShare: number;
  readonly thin: ThinGates;
  readonly parked: ParkedGates;
  readonly verdict: VerdictGates;
  readonly littlesLaw: LittlesLawGates;
}

/** The settings of a tenant that has set nothing. */
export const DEFAULT_REPORT_SETTINGS: Omit<ReportSettings, "window" | "seed" | "samplingHours" | "businessCalendar"> = {
  flow: { backToBacklog: "keep", withdrawnResolutions: new Set() },
  stalledDays: 5,
  servicePercent: 85,
  monteCarlo: { windowDays: 60, trials: 10_000, horizonDays: 28 },
  startedShare: 0.85,
  thin: DEFAULT_THIN_GATES,
  parked: DEFAULT_PARKED_GATES,
  verdict: DEFAULT_VERDICT_GATES,
  littlesLaw: DEFAULT_LITTLES_LAW_GATES,
};
