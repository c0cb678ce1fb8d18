/** The stages from left to right: what is in each now as a pile of dots, and what went in and out a week. */
import type { FlowReport, ProjectFlow, StageRow } from "@stageledger/core";
import { counted, decimal, spanText, tenths } from "@stageledger/core/contract/figure-text";
import { chosenStages } from "../chosen-stages.ts";
import { Html, html } from "../html.ts";
import { movingStages } from "../moving-stages.ts";
import { figure } from "../words.ts";

const PILE_HEIGHT = 5;
const MOST_DOTS = 60;
const STEP = 8;
/** Two rows on a wide screen. */
const MOST_STAGES = 12;

export function flowStrip(flow: ProjectFlow, report: FlowReport): Html {
  const moving = movingStages(flow);
  const kept = new Set([flow.verdict.stage ?? "", ...queuesFor(flow)]);
  const names = chosenStages(
    moving.map((stage) => ({ name: stage.name, weight: weightOf(stage) })),
    MOST_STAGES,
    kept,
  );
  const stages = moving.filter((stage) => names.includes(stage.name));
  const { window } = report;
  const isCapped = stages.some((stage) => stage.kind !== "done" && (stage.wip.value ?? 0) > MOST_DOTS);
  return html`<ol class="flow" aria-label="Stages from left to right: items now, in and out a week">${stages.map(
    (stage) => stageOf(stage, flow),
  )}</ol>
<p class="sub">Items now, a dot each${isCapped && ` up to ${MOST_DOTS}`}; in and out a week, ${spanText(window.firstDay, window.lastDay)} (${counted(window.weeks, "week")}).${
    moving.length > stages.length && ` ${counted(moving.length - stages.length, "quieter stage")} in the stage table.`
  }</p>`;
}

/** Items there and a week's arrivals; a done stage only by its arrivals. */
function weightOf({ kind, wip, arrivalsPerWeek }: StageRow): number {
  return (kind === "done" ? 0 : (wip.value ?? 0)) + (arrivalsPerWeek.value ?? 0);
}

function stageOf(stage: StageRow, flow: ProjectFlow): Html {
  const isConstraint = stage.name === flow.verdict.stage;
  const isQueue = !isConstraint && queuesFor(flow).includes(stage.name);
  const role = isConstraint ? html`<span class="mark"> ▲<span class="vh"> constraint</span></span>` : false;
  return html`<li${isConstraint ? html` class="is-constraint"` : isQueue && html` class="is-queue"`}><span class="name">${stage.name}${role}</span>${
    isQueue && html`<span class="kind">queue of ${flow.verdict.stage}</span>`
  }${stage.kind === "done" ? doneRates(stage) : openRates(stage)}</li>`;
}

function openRates(stage: StageRow): Html {
  return html`<span class="wip">${figure(stage.wip, decimal)}</span>${pile(stage.wip.value ?? 0)}<span class="rates">in ${figure(stage.arrivalsPerWeek, tenths)} · out ${figure(stage.departuresPerWeek, tenths)}</span>`;
}

/** What lies in a done stage is no work in progress: only its arrivals say something. */
function doneRates(stage: StageRow): Html {
  return html`<span class="rates">in ${figure(stage.arrivalsPerWeek, tenths)}</span>`;
}

/** Names of the stages that wait for the constraint. */
export function queuesFor({ verdict }: ProjectFlow): readonly string[] {
  return verdict.stages.find((stage) => stage.stage === verdict.stage)?.waitingStages ?? [];
}

/** One dot an item, filled from the bottom in columns of five. */
function pile(items: number): Html {
  const dots = Math.min(MOST_DOTS, Math.round(items));
  const columns = Math.max(1, Math.ceil(dots / PILE_HEIGHT));
  const places = Array.from({ length: dots }, (_, index) => {
    const x = Math.floor(index / PILE_HEIGHT) * STEP + STEP / 2;
    const y = (PILE_HEIGHT - 1 - (index % PILE_HEIGHT)) * STEP + STEP / 2;
    return `M${x} ${y}h0`;
  });
  const width = columns * STEP;
  const height = PILE_HEIGHT * STEP;
  // Only numbers go into this markup.
  return html`${new Html(
    `<svg class="pile" aria-hidden="true" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><path d="${places.join("")}"/></svg>`,
  )}`;
}
