/** What the charts draw: of each stage or week one bar. What has no number has no bar, and its name is told. Pure. */
import type { Report } from "./project-state.ts";
import type { StageLine } from "./stage-lines.ts";

export interface Bars {
  /** In the flow's order. */
  readonly bars: readonly Bar[];
  readonly without: readonly string[];
}

export interface Bar {
  readonly name: string;
  /** Whether the verdict names it. */
  readonly isNamed: boolean;
  readonly value: number;
}

const DAY_MILLISECONDS = 86_400_000;
const HOUR_MINUTES = 60;

export function wipBars(lines: readonly StageLine[]): Bars {
  return barsOf(lines, ({ figures }) => figures?.wip.value);
}

/** In days, to a tenth. */
export function timeBars(lines: readonly StageLine[]): Bars {
  return barsOf(lines, ({ figures }) => {
    const milliseconds = figures?.p85.value;
    return milliseconds == null ? milliseconds : Math.round((milliseconds / DAY_MILLISECONDS) * 10) / 10;
  });
}

export function hourBars(lines: readonly StageLine[]): Bars {
  return barsOf(lines, ({ hours }) => (hours === undefined ? null : hours.minutes / HOUR_MINUTES));
}

/** @param nameOf a week, by its Monday */
export function weekBars({ weeks }: Report, nameOf: (monday: string) => string): Bars {
  return {
    bars: weeks.map(({ week, departures }) => ({ name: nameOf(week), isNamed: false, value: departures })),
    without: [],
  };
}

/** Those that are as long as the longest; none where none is longer than nothing. */
export function longestBars({ bars }: Bars): readonly Bar[] {
  const longest = Math.max(0, ...bars.map(({ value }) => value));
  return longest === 0 ? [] : bars.filter(({ value }) => value === longest);
}

/** @param heightOf undefined where the line has no such number at all; null where it is kept back or refused */
function barsOf(lines: readonly StageLine[], heightOf: (line: StageLine) => number | null | undefined): Bars {
  const bars: Bar[] = [];
  const without: string[] = [];
  for (const line of lines) {
    const value = heightOf(line);
    const { name, isNamed } = line;
    if (value === null) without.push(name);
    else if (value !== undefined) bars.push({ name, isNamed, value });
  }
  return { bars, without };
}
