/** One project (or the total) from its verdict to its data quality. */
import type { FlowReport, ProjectFlow } from "@stageledger/core";
import { below, heading } from "../heading.ts";
import { type Content, type Html, html } from "../html.ts";
import { projectName } from "../words.ts";
import { chartCards } from "./charts.ts";
import { dataQuality } from "./data-quality.ts";
import { flowStrip } from "./flow-strip.ts";
import { stageTables } from "./stage-table.ts";
import { consequences, timesTable } from "./times.ts";
import { verdictSection } from "./verdict.ts";

/** The first section of the page: everything open. `afterStrip` comes before the charts. */
export function openSection(flow: ProjectFlow, report: FlowReport, afterStrip: Content): Html {
  return html`${verdictSection(flow, report, 1)}
${flowStrip(flow, report)}
${afterStrip}
<section><h2>Charts</h2>${chartCards(flow, report, 3)}</section>
<section><h2>Stages</h2>${stageTables(flow, report)}</section>
<section><h2>Times and forecast</h2>${timesTable(flow, report)}${consequences(flow, report)}</section>
<section><h2>Data quality</h2>${dataQuality([...report.findings, ...flow.findings])}</section>`;
}

/** A further project: verdict, strip and stage table open, the rest on request. Too little data: all on request. */
export function foldedSection(flow: ProjectFlow, report: FlowReport, hasCharts: boolean): Html {
  const strip = html`${flowStrip(flow, report)}
${stageTables(flow, report)}`;
  const isTooLittle = flow.verdict.because === "too-few-finishes";
  const parts = [isTooLittle && "stages", hasCharts && "charts", "times", "forecast"].filter((part) => part !== false);
  return html`${verdictSection(flow, report, below(1))}
${!isTooLittle && strip}
<details class="more"><summary>${sentenceCase(parts.join(", "))} and data quality of ${projectName(flow)}</summary>
${isTooLittle && html`${heading(3, "Stages")}${strip}`}
${
  hasCharts
    ? html`${heading(3, "Charts")}${chartCards(flow, report, 4)}`
    : html`<p class="quiet">Charts are drawn for the projects with the most items; choose this one with --project ${flow.project}.</p>`
}
${heading(3, "Times and forecast")}${timesTable(flow, report)}${consequences(flow, report)}
${heading(3, "Data quality")}${dataQuality(flow.findings)}
</details>`;
}

function sentenceCase(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
