/** The report as one HTML file that needs nothing else: no network, no script, no font. */
import type { FlowReport, ProjectFlow } from "@stageledger/core";
import { count, counted, spanText } from "@stageledger/core/contract/figure-text";
import { type Content, Html, html } from "./html.ts";
import { foldedSection, openSection } from "./sections/project-section.ts";
import { projectAnchor, projectsTable } from "./sections/projects-table.ts";
import { trust } from "./sections/trust.ts";
import { STYLES } from "./styles.ts";
import { projectName } from "./words.ts";
import { instantText } from "./zone-time.ts";

/** Charts are what weighs; the tables of the other projects stay. */
const MOST_PROJECTS_WITH_CHARTS = 12;

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The page of a report: the only project, or the total followed by every project. The same report gives
 * the same text. Pulls in the drawing library: import this module only when a page is wanted.
 */
export function renderPage(report: FlowReport): string {
  const [only, ...others] = report.projects;
  const first = only !== undefined && others.length === 0 ? only : report.total;
  const further = first === report.total ? report.projects : [];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="stageledger">
<title>${projectName(first)}: ${first.verdict.sentence}</title>
<style>${new Html(STYLES)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the verdict</a>
${hatch()}
<header><p>Stageledger · flow report as of ${instantText(report.zone, report.asOf)}</p></header>
${further.length > 0 && navigation(report)}
<main id="main" tabindex="-1">
<section id="all">${openSection(first, report, further.length > 0 && html`<section><h2>Projects</h2>${projectsTable(report)}</section>`)}</section>
<section><h2>How far to trust this</h2>${trust(first)}</section>
${furtherSections(further, report)}
</main>
<footer>${footer(report)}</footer>
</body>
</html>
`.markup;
}

function navigation(report: FlowReport): Html {
  return html`<nav aria-label="Projects"><ul><li><a href="#all">All projects</a></li>${report.projects.map(
    (flow, index) => html`<li><a href="#${projectAnchor(index)}">${projectName(flow)}</a></li>`,
  )}</ul></nav>`;
}

function furtherSections(projects: readonly ProjectFlow[], report: FlowReport): Content {
  const withCharts = new Set(
    projects.toSorted((a, b) => b.counts.items - a.counts.items).slice(0, MOST_PROJECTS_WITH_CHARTS),
  );
  return projects.map(
    (flow, index) =>
      html`<section class="project" id="${projectAnchor(index)}">${foldedSection(flow, report, withCharts.has(flow))}</section>
`,
  );
}

function footer({ map, chartWindow, seed, total }: FlowReport): Html {
  const origin = map.origin === "given" ? "from a stages file" : "from the status categories";
  return html`<p>${counted(total.counts.items, "item")}, ${count(total.counts.finished)} finished. Stage map v${map.version} ${origin}, commitment at ${map.commitment}: ${map.stages.map((stage) => stage.name).join(" › ")}.</p>
<p>Charts ${spanText(chartWindow.firstDay, chartWindow.lastDay)}. Seed ${seed}. Times are calendar time, weekends included. No number on this page is about a person.</p>`;
}

/** The pattern of the correction windows, shared by all charts. */
function hatch(): Html {
  return html`<svg class="defs" width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" stroke="var(--bg)" stroke-width="3"/></pattern></defs></svg>`;
}
