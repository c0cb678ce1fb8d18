/** Little's law, printed only when Vacanti's conditions hold (F28). */
import { regressionThrough } from "./cumulative-flow.ts";

/** Gates, all settings. */
export interface LittlesLawGates {
  readonly arrivalsDepartures: number;
  readonly wipChange: number;
  readonly ageSlopePerWeek: number;
  readonly withdrawnShare: number;
}

export const DEFAULT_LITTLES_LAW_GATES: LittlesLawGates = {
  arrivalsDepartures: 0.1,
  wipChange: 0.2,
  ageSlopePerWeek: 0.05,
  withdrawnShare: 0.1,
};

export interface LittlesLawInput {
  /** Over the window. */
  readonly arrivals: number;
  readonly departures: number;
  readonly withdrawn: number;
  /** WIP at the end of each day. */
  readonly wip: readonly number[];
  /** Mean age of the WIP at the end of each day, days; 0 on days without WIP. */
  readonly meanAge: readonly number[];
  readonly finished: number;
}

export interface LittlesLawResult {
  /** Conditions not met, in words. */
  readonly unmet: readonly string[];
  /** Mean WIP / mean daily throughput, days; undefined when a condition fails. */
  readonly cycleDays: number | undefined;
}

/** Departures include withdrawn items: they leave the system as well. */
export function littlesLaw(
  input: LittlesLawInput,
  gates: LittlesLawGates = DEFAULT_LITTLES_LAW_GATES,
): LittlesLawResult {
  const { arrivals, departures, withdrawn, wip, meanAge, finished } = input;
  if (wip.length === 0 || finished === 0 || departures === 0)
    return { unmet: ["nothing finished in the window"], cycleDays: undefined };
  const unmet: string[] = [];
  const difference = Math.abs(arrivals - departures) / Math.max(arrivals, departures);
  if (difference > gates.arrivalsDepartures) unmet.push(`arrivals ${arrivals} against departures ${departures}`);
  const meanWip = average(wip);
  const start = wip[0] ?? 0;
  const end = wip.at(-1) ?? 0;
  if (meanWip > 0 && Math.abs(end - start) / meanWip > gates.wipChange) unmet.push(`WIP went from ${start} to ${end}`);
  const slope = relativeSlopePerWeek(meanAge.flatMap((age, day) => ((wip[day] ?? 0) > 0 ? [[day, age] as const] : [])));
  if (Math.abs(slope) > gates.ageSlopePerWeek)
    unmet.push(`mean age ${slope > 0 ? "grows" : "falls"} ${Math.abs(slope * 100).toFixed(0)} % a week`);
  if (withdrawn / departures > gates.withdrawnShare)
    unmet.push(`${withdrawn} of ${departures} departures were withdrawn`);
  return { unmet, cycleDays: unmet.length === 0 ? meanWip / (finished / wip.length) : undefined };
}

/** Change of the regression line over seven days, relative to the mean; 0 when there is no age. Days without WIP have no age. */
function relativeSlopePerWeek(ages: readonly (readonly [day: number, age: number])[]): number {
  const line = regressionThrough(ages);
  const mean = average(ages.map(([, age]) => age));
  return line === undefined || mean === 0 ? 0 : (line.perDay * 7) / mean;
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
