/** The stage table: the terminal card's columns, with a second table of the less asked-for figures behind it. */
import type { FlowReport, ProjectFlow } from "@stageledger/core";
import { count, counted, decimal, spanText, tenths } from "@stageledger/core/contract/figure-text";
import { type Html, html } from "../html.ts";
import { movingStages, stillStages } from "../moving-stages.ts";
import { drawTable, number, text } from "../table.ts";
import { figure, stageFigure } from "../words.ts";

export function stageTables(flow: ProjectFlow, report: FlowReport): Html {
  const { window } = report;
  const head = (name: string): Html | string =>
    name === flow.verdict.stage ? html`${name} <span class="mark">▲<span class="vh"> constraint</span></span>` : name;
  const stages = movingStages(flow).filter((stage) => stage.kind !== "done");
  const still = stillStages(flow);
  const hasLimit = stages.some((stage) => stage.utilisation !== null);
  const main = drawTable({
    label: "Stages",
    caption: `Items finished ${spanText(window.firstDay, window.lastDay)}; WIP and age as they stand now. A stage’s time is the sum of all visits of an item (F11).${still > 0 ? ` ${counted(still, "stage")} without items left out.` : ""}`,
    columns: [
      text("Stage"),
      number("WIP"),
      ...(hasLimit ? [number("of limit")] : []),
      number(html`<abbr title="85th percentile of the age of the items now in the stage">age85</abbr>`),
      number("in / out a week"),
      number("median"),
      number("85 %"),
      number("visits"),
      number("n"),
    ],
    rows: stages.map((stage) => ({
      head: head(stage.name),
      isMarked: stage.name === flow.verdict.stage,
      cells: [
        figure(stage.wip, decimal),
        ...(hasLimit ? [stage.utilisation === null ? "" : figure(stage.utilisation)] : []),
        figure(stage.age85),
        html`${figure(stage.arrivalsPerWeek, tenths)} / ${figure(stage.departuresPerWeek, tenths)}`,
        stageFigure(stage.median),
        stageFigure(stage.p85),
        stageFigure(stage.visits),
        count(stage.median.n),
      ],
    })),
  });
  const more = drawTable({
    label: "More about the stages",
    caption: "Medians. “Erased” counts the time after a move back as time of the earlier stage (E1).",
    columns: [
      text("Stage"),
      number("first visit"),
      number("last visit"),
      number("average visit"),
      number("erased view"),
      number("blocked"),
      number("WIP that covers 85 % of hours"),
    ],
    rows: stages.map((stage) => ({
      head: head(stage.name),
      isMarked: stage.name === flow.verdict.stage,
      cells: [
        stageFigure(stage.firstVisit),
        stageFigure(stage.lastVisit),
        stageFigure(stage.averageVisit),
        stageFigure(stage.erased),
        figure(stage.blockedTime),
        figure(stage.limitHint),
      ],
    })),
  });
  return html`${main}<details><summary>More about the stages</summary>${more}</details>`;
}
