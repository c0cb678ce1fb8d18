/** One chart as a card: what it shows, the drawing, how to read it, and the figures behind it. */
import { type Content, type Html, html } from "../html.ts";
import { drawTable, type Table } from "../table.ts";

export interface Chart {
  readonly title: string;
  /** What is on the axes, over which days, made of how many. */
  readonly subtitle: string;
  /** null when there is nothing to draw; `notes` says why. */
  readonly drawing: Html | null;
  /** How to read the marks and what was left off. */
  readonly notes: readonly Content[];
  /** The figures behind the drawing; null without any. */
  readonly table: Table | null;
}

export function chartCard(chart: Chart, headingLevel: 3 | 4): Html {
  const heading = headingLevel === 3 ? html`<h3>${chart.title}</h3>` : html`<h4>${chart.title}</h4>`;
  return html`<figure class="card">${heading}<p class="sub">${chart.subtitle}</p>${
    chart.drawing ?? html`<p class="none empty">Nothing to draw.</p>`
  }<figcaption>${chart.notes.map((note) => html`<p>${note}</p>`)}</figcaption>${
    chart.table !== null &&
    html`<details class="figures"><summary>Figures<span class="vh"> behind the chart “${chart.title}”</span></summary>${drawTable(chart.table)}</details>`
  }</figure>
`;
}
