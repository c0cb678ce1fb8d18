/** Cycle, lead and business time, and what follows from them: service level, forecast, Little's law, flow debt. */
import type { FlowReport, Percentiles, ProjectFlow } from "@stageledger/core";
import {
  count,
  counted,
  decimal,
  type FigureFormat,
  percent,
  shortDay,
  spanText,
  tenths,
} from "@stageledger/core/contract/figure-text";
import { daysAfter } from "../charts/time-axis.ts";
import { type Content, type Html, html } from "../html.ts";
import { drawTable, number, type TableRow, text } from "../table.ts";
import { figure, figureWithCount, keyList, sentence } from "../words.ts";
import { dayIn } from "../zone-time.ts";

export function timesTable(flow: ProjectFlow, report: FlowReport): Html {
  const { cycleTime, leadTime, businessTime, cycleTimeRange } = flow;
  const row = (head: Content, times: Percentiles, mean: Content, format?: FigureFormat): TableRow => ({
    head,
    cells: [...[times.p50, times.p85, times.p95].map((time) => figure(time, format)), mean, count(times.p85.n)],
  });
  const table = drawTable({
    label: "Times",
    caption: `Items finished ${spanText(report.window.firstDay, report.window.lastDay)}, calendar days unless said.`,
    columns: [text("From – to"), number("50 %"), number("85 %"), number("95 %"), number("mean"), number("n")],
    rows: [
      row("Start – finish (cycle time, F5)", cycleTime, figure(cycleTime.mean)),
      row("Creation – finish (lead time, F7)", leadTime, ""),
      ...(businessTime === null
        ? []
        : [
            row(
              `Start – finish in business time, ${decimal(businessTime.hoursPerDay)} h a day (F6)`,
              businessTime,
              "",
              workingHours,
            ),
          ]),
    ],
  });
  return html`${table}<p class="quiet after">Jira’s control chart leaves out the time in which a re-opened item lay in done; its median here is ${figureWithCount(cycleTime.controlChart)}.</p>${
    cycleTimeRange !== null &&
    html`<p class="quiet">${counted(cycleTimeRange.items, "re-opened item")}: counted the other ways (${cycleTimeRange.policy}), 85 % finish within ${decimal(cycleTimeRange.low)} to ${decimal(cycleTimeRange.high)} d.</p>`
  }`;
}

/** Each an entry of a description list: what it is, and the sentence. */
export function consequences(flow: ProjectFlow, report: FlowReport): Html {
  const entries: readonly (readonly [string, Content])[] = [
    ["Forecast", forecast(flow, report)],
    ["Service level", serviceLevel(flow)],
    ["Little’s law", littlesLaw(flow)],
    ["Flow debt", flowDebt(flow)],
    ["Flow efficiency", figureWithCount(flow.efficiency)],
    ["Blocked", html`${figureWithCount(flow.blocked.items, items)}, ${figure(flow.blocked.time)} in all`],
    [
      "Stalled",
      html`${figureWithCount(flow.stalled.items, items)}${flow.stalled.keys.length > 0 && html`: ${keyList(flow.stalled.keys, flow.stalled.items.value ?? 0)}`}`,
    ],
  ];
  return html`<dl>${entries.map(([term, said]) => html`<div><dt>${term}</dt><dd>${said}</dd></div>`)}</dl>`;
}

/** A business day has fewer hours than 24, so business time is never printed in days. */
const workingHours: FigureFormat = (ms) => `${tenths(ms / 3_600_000)} h`;

function items(value: number): string {
  return counted(value, "item");
}

function forecast({ monteCarlo: forecast }: ProjectFlow, report: FlowReport): Content {
  if (forecast.refusal !== null) return html`<span class="none">${sentence(forecast.refusal)}</span>`;
  const today = dayIn(report.zone, report.asOf);
  const { when, howMany } = forecast;
  const by = when?.p85.value;
  const whenText =
    when !== null &&
    html`<p>The ${counted(forecast.remaining, "item")} in progress are finished within ${figure(when.p50)} in half of the trials, ${figure(when.p85)} in 85 %${
      by != null && ` (by ${shortDay(daysAfter(today, Math.round(by)))})`
    }, ${figure(when.p95)} in 95 %.</p>`;
  const howManyText =
    howMany !== null &&
    html`<p>In the next ${counted(forecast.horizonDays, "day")} at least ${figure(howMany.p50, decimal)} items are finished in half of the trials, ${figure(howMany.p85, decimal)} in 85 %, ${figure(howMany.p95, decimal)} in 95 %.</p>`;
  return html`${whenText}${howManyText}<p class="quiet">${count(forecast.trials)} trials, seed ${forecast.seed}, daily throughput of the last ${counted(forecast.windowDays, "day")}.${
    forecast.warning !== null && ` ${sentence(forecast.warning)}`
  }</p>`;
}

function serviceLevel({ serviceLevel: { days, percent: share, missRate } }: ProjectFlow): Content {
  if (days.value === null) return figure(days);
  return html`${share} % of items finish within ${figureWithCount(days)}${
    missRate.value !== null &&
    html`; in the verdict’s weeks ${percent(missRate.value)} took longer <span class="note">(n ${missRate.n})</span>`
  }.`;
}

function littlesLaw({ littlesLaw: law }: ProjectFlow): Content {
  if (!law.holds) return html`<span class="none">Conditions not met: ${law.unmet.join("; ")}.</span>`;
  return html`Mean WIP over mean throughput gives ${figureWithCount(law.cycleDays)}.`;
}

function flowDebt({ flowDebt: { approximate, exact, difference } }: ProjectFlow): Content {
  if (difference.value === null) return figure(difference);
  const meaning =
    difference.value > 0
      ? "younger items pass older ones, debt builds up"
      : difference.value < 0
        ? "older items are being finished, debt is paid off"
        : "no debt";
  const sign = difference.value > 0 ? "+" : "";
  return html`Read off the diagram ${figure(approximate)}, measured ${figureWithCount(exact)}: ${sign}${figure(difference)}, ${meaning}.`;
}
