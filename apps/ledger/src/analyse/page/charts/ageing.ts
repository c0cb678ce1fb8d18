/** Ageing work in progress (F9): a dot an open item, its age against the pace of finished items (F19). */
import type { AgeingItem, MapSummary, ProjectFlow } from "@stageledger/core";
import { count, counted, decimal } from "@stageledger/core/contract/figure-text";
import { chosenStages } from "../chosen-stages.ts";
import { html } from "../html.ts";
import type { Table } from "../table.ts";
import { AGEING_MARGIN, itemMarks, type Pace, paceMarks, placeItems, stageNames, stateOf } from "./ageing-marks.ts";
import type { Chart } from "./chart-card.ts";
import { dayCap } from "./day-cap.ts";
import { draw } from "./draw.ts";

const ROWS_SHOWN = 100;
/** Columns that still have room for their names. */
const MOST_STAGES = 8;

export function ageingChart(flow: ProjectFlow, map: MapSummary, marked: ReadonlySet<string>): Chart {
  const { ageing, ageingOmitted, pace } = flow.charts;
  const title = "Age of work in progress";
  const total = ageing.length + ageingOmitted;
  const subtitle = `Days since the start, by stage held now · n ${count(total)}`;
  if (ageing.length === 0) {
    return { title, subtitle, drawing: null, notes: ["Nothing is in progress."], table: null };
  }
  const candidates = stagesInFlow(ageing, map);
  const stages = chosenStages(candidates, MOST_STAGES, marked);
  const drawn = ageing.filter((item) => stages.includes(item.stage));
  const paces = stages.map((stage) => pace.find((entry) => entry.stage === stage));
  const cap = dayCap(
    drawn.map((item) => item.ageDays),
    paces.reduce<number | null>((most, entry) => Math.max(most ?? 0, entry?.p95 ?? 0) || null, null),
  );
  const placed = placeItems(drawn, stages, cap);
  const above = drawn.filter((item) => item.ageDays > cap).length;
  const blocked = ageing.filter((item) => item.blocked).length;
  const stalled = ageing.filter((item) => item.stalled && !item.blocked).length;
  const isPaced = paces.some((entry) => entry?.p85 != null);
  return {
    title,
    subtitle,
    drawing: draw(
      {
        ...AGEING_MARGIN,
        x: { type: "linear", domain: [-0.5, stages.length - 0.5], axis: null },
        y: { domain: [0, cap], label: "days", ticks: 5 },
        marks: [...paceMarks(paces), ...itemMarks(placed), ...stageNames(stages, drawn, marked)],
      },
      reading(total, ageing, paces),
    ),
    notes: [
      isPaced && "Shaded: the age at which finished items had left the stage, to 50, 85 and 95 %.",
      (blocked > 0 || stalled > 0) &&
        [blocked > 0 && `■ blocked (${count(blocked)})`, stalled > 0 && `◇ stalled (${count(stalled)})`]
          .filter((part) => part !== false)
          .join(", ")
          .concat("."),
      above > 0 && `▲ ${counted(above, "item")} older than ${decimal(cap)} d, drawn at the edge.`,
      drawn.length < ageing.length &&
        `${counted(ageing.length - drawn.length, "item")} in ${counted(candidates.length - stages.length, "more stage")}: in the figures.`,
      ageingOmitted > 0 && `The oldest ${count(ageing.length)} are drawn, ${count(ageingOmitted)} are left off.`,
    ].filter((line) => line !== false),
    table: figuresTable(ageing, total),
  };
}

function figuresTable(ageing: readonly AgeingItem[], total: number): Table {
  return {
    label: "Figures behind the chart of ageing work",
    caption: `Oldest first, ${count(Math.min(ROWS_SHOWN, ageing.length))} of ${count(total)}. Days left at 85 % (F20).`,
    columns: [
      { head: "Item", isNumber: false },
      { head: "Stage", isNumber: false },
      { head: "Age, days", isNumber: true },
      { head: "Days left", isNumber: true },
      { head: "State", isNumber: false },
    ],
    rows: ageing.slice(0, ROWS_SHOWN).map((item) => ({
      head: item.key,
      cells: [
        item.stage,
        decimal(item.ageDays),
        item.daysLeft === null
          ? html`<span class="none">${item.refusal ?? "not known"}</span>`
          : decimal(item.daysLeft),
        stateOf(item),
      ],
    })),
  };
}

/** Stages from the commitment to before done, and any other that holds an open item; the weight is what they hold. */
function stagesInFlow(
  ageing: readonly AgeingItem[],
  map: MapSummary,
): readonly { readonly name: string; readonly weight: number }[] {
  const commitment = map.stages.findIndex((stage) => stage.name === map.commitment);
  const held = new Map<string, number>();
  map.stages.forEach(({ name, kind }, index) => {
    if (index >= commitment && kind !== "done" && kind !== "withdrawn") held.set(name, 0);
  });
  for (const { stage } of ageing) held.set(stage, (held.get(stage) ?? 0) + 1);
  const flowOrder = new Map(map.stages.map(({ name }, index) => [name, index]));
  const placeOf = (name: string): number => flowOrder.get(name) ?? map.stages.length;
  return [...held].map(([name, weight]) => ({ name, weight })).sort((a, b) => placeOf(a.name) - placeOf(b.name));
}

function reading(total: number, ageing: readonly AgeingItem[], paces: readonly (Pace | undefined)[]): string {
  const oldest = ageing.reduce((most, item) => (item.ageDays > most.ageDays ? item : most));
  const late = ageing.filter((item) => {
    const pace = paces.find((entry) => entry?.stage === item.stage)?.p85;
    return pace != null && item.ageDays > pace;
  }).length;
  return `Age of ${counted(total, "item")} in progress: the oldest, ${oldest.key} in ${oldest.stage}, has ${decimal(oldest.ageDays)} d; ${count(late)} of ${count(ageing.length)} older than 85 % of finished items when they left that stage.`;
}
