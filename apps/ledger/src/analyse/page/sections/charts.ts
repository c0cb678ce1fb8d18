/** The six charts of one project as equal cards. */
import type { FlowReport, ProjectFlow } from "@stageledger/core";
import { spanText } from "@stageledger/core/contract/figure-text";
import { ageingChart } from "../charts/ageing.ts";
import { chartCard } from "../charts/chart-card.ts";
import { cumulativeFlowChart } from "../charts/cumulative-flow.ts";
import { scatterChart } from "../charts/scatter.ts";
import { throughputChart } from "../charts/throughput.ts";
import { timeInStageChart } from "../charts/time-in-stage.ts";
import { wipChart } from "../charts/wip.ts";
import { type Html, html } from "../html.ts";
import { queuesFor } from "./flow-strip.ts";

export function chartCards(flow: ProjectFlow, report: FlowReport, headingLevel: 3 | 4): Html {
  const marked = new Set(flow.verdict.stage === null ? [] : [flow.verdict.stage, ...queuesFor(flow)]);
  const charts = [
    scatterChart(flow, report.chartWindow),
    cumulativeFlowChart(flow, report.map, marked),
    ageingChart(flow, report.map, marked),
    timeInStageChart(flow, marked),
    wipChart(flow),
    throughputChart(flow, report.window),
  ];
  return html`<p class="sub">${spanText(report.chartWindow.firstDay, report.chartWindow.lastDay)}, calendar days; weekends are shaded.</p><div class="cards">${charts.map((chart) => chartCard(chart, headingLevel))}</div>`;
}
