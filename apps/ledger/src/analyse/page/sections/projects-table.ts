/** All projects in one table: the way into their sections. */
import type { FlowReport, ProjectFlow } from "@stageledger/core";
import { count, percent, tenths } from "@stageledger/core/contract/figure-text";
import { type Content, type Html, html } from "../html.ts";
import { drawTable, number, text } from "../table.ts";
import { figure, projectName } from "../words.ts";

export function projectAnchor(index: number): string {
  return `project-${index + 1}`;
}

export function projectsTable(report: FlowReport): Html {
  return drawTable({
    label: "Projects",
    caption: "Verdict of each project over the same weeks.",
    columns: [
      text("Project"),
      text("Held up by"),
      number("share of open time"),
      number("resamples"),
      number("WIP"),
      number("finished a week"),
      number("cycle time 85 %"),
      number("n"),
    ],
    rows: report.projects.map((flow, index) => ({
      head: html`<a href="#${projectAnchor(index)}">${projectName(flow)}</a>`,
      cells: [
        heldUpBy(flow),
        share(flow),
        flow.verdict.outcome === "none" ? "" : `${flow.verdict.resamples.same} of ${flow.verdict.resamples.of}`,
        count(flow.counts.wip),
        tenths(flow.verdict.finishes / report.window.weeks),
        figure(flow.cycleTime.p85),
        count(flow.cycleTime.p85.n),
      ],
    })),
  });
}

const NONE: Readonly<Record<ProjectFlow["verdict"]["because"], string>> = {
  ceiling: "no stage named",
  queue: "no stage named",
  "policy-queue": "no stage named",
  "too-few-finishes": "too few finished items",
  batch: "leaves in batches",
  "no-clear-constraint": "no clear constraint",
  unstable: "differs from week to week",
};

function heldUpBy({ verdict }: ProjectFlow): Content {
  if (verdict.outcome === "none" || verdict.stage === null)
    return html`<span class="none">${NONE[verdict.because]}</span>`;
  return html`<strong>${verdict.stage}</strong>${verdict.outcome === "candidate" && html` <span class="note">candidate</span>`}${
    verdict.thin && html` <span class="note">thin data</span>`
  }`;
}

function share({ verdict }: ProjectFlow): string {
  const named = verdict.stages.find((stage) => stage.stage === verdict.stage);
  return named === undefined ? "" : percent(named.share);
}
