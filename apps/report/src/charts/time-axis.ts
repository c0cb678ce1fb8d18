/** What every chart over days shares: the axis, the faint weekends, and the day on which something was decided. */
import * as Plot from "@observablehq/plot";
import { shortDay } from "@stageledger/core/contract/figure-text";
import type { Decision } from "../address/address.ts";
import { shortened } from "../words/shortened.ts";

const DAY = 86_400_000;
/** Beyond this a weekend is narrower than a pixel. */
const MOST_DAYS_WITH_WEEKENDS = 400;
/** "24 Aug" and a gap. */
const TICK_PIXELS = 46;
const LONGEST_DECISION = 26;

/** Midnight UTC of a calendar day: charts place days, not instants. */
export function dateOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** `count` days later; negative for earlier. */
export function daysAfter(day: string, count: number): string {
  return dayOf(new Date(dateOf(day).getTime() + count * DAY));
}

/** From the start of the first day to the end of the last. */
export function timeScale(firstDay: string, lastDay: string): Plot.ScaleOptions {
  return { type: "utc", domain: [dateOf(firstDay), dateOf(daysAfter(lastDay, 1))], label: null };
}

export function timeAxis(width: number): Plot.Markish {
  return Plot.axisX({ ticks: width < 320 ? 3 : 5, tickSize: 4, label: null });
}

/**
 * For bars of whole weeks: ticks at their Mondays, as many as there is room for, counted from the last.
 *
 * @param room pixels between the margins
 */
export function mondayAxis(mondays: readonly string[], room: number): Plot.Markish {
  const everyNth = Math.max(1, Math.ceil((mondays.length * TICK_PIXELS) / room));
  const shown = mondays.filter((_, place) => (mondays.length - 1 - place) % everyNth === 0);
  return Plot.axisX(shown.map(dateOf), { tickSize: 4, label: null, tickFormat: (date: Date) => shortDay(dayOf(date)) });
}

/** Saturdays and Sundays, faintly (E18). */
export function weekends(firstDay: string, lastDay: string): Plot.Markish {
  const spans: { readonly from: Date; readonly to: Date }[] = [];
  const first = dateOf(firstDay).getTime();
  const end = dateOf(lastDay).getTime() + DAY;
  if ((end - first) / DAY <= MOST_DAYS_WITH_WEEKENDS) {
    for (let at = first; at < end; at += DAY) {
      const weekday = new Date(at).getUTCDay();
      if (weekday === 6 || (weekday === 0 && at === first)) {
        spans.push({ from: new Date(at), to: new Date(Math.min(end, at + (weekday === 6 ? 2 : 1) * DAY)) });
      }
    }
  }
  return Plot.rectX(spans, { x1: "from", x2: "to", fill: "var(--ink)", fillOpacity: 0.045, className: "weekends" });
}

/** Nothing where it lies outside the drawing. */
export function decisionMark(decision: Decision | null, firstDay: string, lastDay: string): readonly Plot.Markish[] {
  if (decision === null || decision.day < firstDay || decision.day > lastDay) return [];
  const at = [dateOf(decision.day)];
  const isLate = decision.day > daysAfter(firstDay, (dateOf(lastDay).getTime() - dateOf(firstDay).getTime()) / DAY / 2);
  return [
    Plot.ruleX(at, { stroke: "var(--ink)", strokeWidth: 1.2, className: "decision" }),
    Plot.text(at, {
      x: at,
      text: [shortened(decision.text, LONGEST_DECISION)],
      frameAnchor: "top",
      textAnchor: isLate ? "end" : "start",
      lineAnchor: "top",
      dx: isLate ? -4 : 4,
      fill: "var(--ink)",
      stroke: "var(--bg)",
      strokeWidth: 3,
      className: "decision",
    }),
  ];
}
