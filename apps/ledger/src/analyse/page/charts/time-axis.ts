/** What every chart over days shares: the axis, the faint weekends and the text of a day. */
import * as Plot from "@observablehq/plot";

const DAY = 86_400_000;
/** Beyond this a weekend is narrower than a pixel. */
const MOST_DAYS_WITH_WEEKENDS = 400;

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

export function timeAxis(): Plot.Markish {
  return Plot.axisX({ ticks: 5, tickSize: 4, label: null });
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
  return Plot.rectX(spans, { x1: "from", x2: "to", fill: "var(--ink)", fillOpacity: 0.045 });
}
