/** Ageing work in progress (F9): a dot an open item, its age against the pace of finished items (F19). */
import * as Plot from "@observablehq/plot";
import type { AgeingItem, MapSummary, ProjectFlow } from "@stageledger/core";
import { count, counted, decimal } from "../../words.ts";
import { shortened } from "../words.ts";
import { beeswarm } from "./beeswarm.ts";
import type { Chart } from "./chart-card.ts";
import { dayCap } from "./day-cap.ts";
import { CHART_HEIGHT, CHART_WIDTH, draw } from "./draw.ts";

const MARGIN = { marginTop: 22, marginBottom: 42, marginLeft: 30, marginRight: 6 };
const PLOT_WIDTH = CHART_WIDTH - MARGIN.marginLeft - MARGIN.marginRight;
const PLOT_HEIGHT = CHART_HEIGHT - MARGIN.marginTop - MARGIN.marginBottom;
const DOT = 7;
const ROWS_SHOWN = 100;
/** Above this many stages a column has no room for its percentiles' numbers. */
const MOST_LABELLED = 5;

type Pace = ProjectFlow["charts"]["pace"][number];

interface PlacedItem {
  readonly item: AgeingItem;
  readonly place: number;
  readonly age: number;
}

export function ageingChart(flow: ProjectFlow, map: MapSummary, marked: ReadonlySet<string>): Chart {
  const { ageing, ageingOmitted, pace } = flow.charts;
  const stages = stagesDrawn(ageing, map);
  const title = "Age of work in progress";
  const total = ageing.length + ageingOmitted;
  const subtitle = `Days since the start, by stage held now · n ${count(total)}`;
  if (ageing.length === 0) {
    return { title, subtitle, drawing: null, notes: ["Nothing is in progress."], table: null };
  }
  const paces = stages.map((stage) => pace.find((entry) => entry.stage === stage));
  const cap = dayCap(
    ageing.map((item) => item.ageDays),
    paces.reduce<number | null>((most, entry) => Math.max(most ?? 0, entry?.p95 ?? 0) || null, null),
  );
  const placed = placeItems(ageing, stages, cap);
  const above = ageing.filter((item) => item.ageDays > cap).length;
  const blocked = ageing.filter((item) => item.blocked).length;
  const stalled = ageing.filter((item) => item.stalled && !item.blocked).length;
  const isPaced = paces.some((entry) => entry?.p85 != null);
  return {
    title,
    subtitle,
    drawing: draw(
      {
        ...MARGIN,
        x: { type: "linear", domain: [-0.5, stages.length - 0.5], axis: null },
        y: { domain: [0, cap], label: "days", ticks: 5 },
        marks: [...paceMarks(paces), ...itemMarks(placed), ...stageNames(stages, ageing, marked)],
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
      ageingOmitted > 0 && `The oldest ${count(ageing.length)} are drawn, ${count(ageingOmitted)} are left off.`,
    ].filter((line) => line !== false),
    table: {
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
          item.daysLeft === null ? (item.refusal ?? "not known") : decimal(item.daysLeft),
          stateOf(item),
        ],
      })),
    },
  };
}

/** Stages from the commitment to before done, and any other that holds an open item. */
function stagesDrawn(ageing: readonly AgeingItem[], map: MapSummary): readonly string[] {
  const commitment = map.stages.findIndex((stage) => stage.name === map.commitment);
  const holding = new Set(ageing.map((item) => item.stage));
  const mapped = map.stages
    .filter(
      ({ name, kind }, index) => holding.has(name) || (index >= commitment && kind !== "done" && kind !== "withdrawn"),
    )
    .map((stage) => stage.name);
  return [...mapped, ...holding].filter((stage, index, all) => all.indexOf(stage) === index);
}

function placeItems(ageing: readonly AgeingItem[], stages: readonly string[], cap: number): readonly PlacedItem[] {
  const columnWidth = PLOT_WIDTH / stages.length;
  return stages.flatMap((stage, column) => {
    const items = ageing.filter((item) => item.stage === stage);
    const ages = items.map((item) => Math.min(item.ageDays, cap));
    const offsets = beeswarm(ages, (DOT / PLOT_HEIGHT) * cap);
    const widest = Math.max(1, ...offsets.map(Math.abs));
    // A crowded row is drawn closer rather than spilling into the next column.
    const step = Math.min(DOT, (columnWidth * 0.44) / widest) / columnWidth;
    return items.map((item, index) => ({ item, place: column + (offsets[index] ?? 0) * step, age: ages[index] ?? 0 }));
  });
}

function itemMarks(placed: readonly PlacedItem[]): readonly Plot.Markish[] {
  const shared = {
    x: "place",
    y: "age",
    title: ({ item }: PlacedItem) => `${item.key} · ${decimal(item.ageDays)} d · ${stateOf(item) || item.stage}`,
  };
  const isAbove = ({ item, age }: PlacedItem): boolean => item.ageDays > age;
  const within = placed.filter((entry) => !isAbove(entry));
  return [
    Plot.dot(
      within.filter(({ item }) => !item.blocked && !item.stalled),
      { ...shared, r: 2.8, fill: "var(--mark)", stroke: "var(--bg)", strokeWidth: 0.6 },
    ),
    Plot.dot(
      within.filter(({ item }) => item.blocked),
      { ...shared, r: 3.4, symbol: "square", fill: "var(--ink)", stroke: "var(--bg)", strokeWidth: 0.6 },
    ),
    Plot.dot(
      within.filter(({ item }) => item.stalled && !item.blocked),
      { ...shared, r: 3.2, symbol: "diamond", fill: "var(--bg)", stroke: "var(--ink)", strokeWidth: 1.2 },
    ),
    Plot.dot(placed.filter(isAbove), { ...shared, r: 3.2, symbol: "triangle", fill: "var(--mark)" }),
  ];
}

function paceMarks(paces: readonly (Pace | undefined)[]): readonly Plot.Markish[] {
  const steps = paces.flatMap((pace, column) => {
    if (pace === undefined) return [];
    const { p50, p85, p95 } = pace;
    return [
      { column, percent: 50, from: 0, days: p50, shade: 0.04 },
      { column, percent: 85, from: p50 ?? 0, days: p85, shade: 0.09 },
      { column, percent: 95, from: p85 ?? p50 ?? 0, days: p95, shade: 0.15 },
    ].flatMap((step) => (step.days === null ? [] : [{ ...step, days: step.days }]));
  });
  type Step = (typeof steps)[number];
  const sides = { x1: ({ column }: Step) => column - 0.46, x2: ({ column }: Step) => column + 0.46 };
  return [
    ...[50, 85, 95].map((percent) => {
      const some = steps.filter((step) => step.percent === percent);
      return Plot.rect(some, {
        ...sides,
        y1: "from",
        y2: "days",
        fill: "var(--ink)",
        fillOpacity: some[0]?.shade ?? 0,
      });
    }),
    Plot.ruleY(
      steps.filter((step) => step.percent === 85),
      { ...sides, y: "days", stroke: "var(--ink)", strokeOpacity: 0.6 },
    ),
    paces.length <= MOST_LABELLED
      ? Plot.text(
          steps.filter((step) => step.percent === 85),
          {
            x: ({ column }: Step) => column - 0.44,
            y: "days",
            text: (step: Step) => `85 % ${decimal(step.days)} d`,
            textAnchor: "start",
            lineAnchor: "bottom",
            dy: -2,
            fontSize: 10,
            fill: "var(--ink)",
            stroke: "var(--bg)",
            strokeWidth: 2.5,
          },
        )
      : null,
  ];
}

function stageNames(
  stages: readonly string[],
  ageing: readonly AgeingItem[],
  marked: ReadonlySet<string>,
): readonly Plot.Markish[] {
  const most = Math.max(4, Math.floor(PLOT_WIDTH / stages.length / 6.4));
  const isCrowded = most < 8;
  return stages.map((stage, column) => {
    const held = ageing.filter((item) => item.stage === stage).length;
    return Plot.text([stage], {
      x: [column],
      frameAnchor: "bottom",
      lineAnchor: "top",
      dy: 7,
      text: [isCrowded ? shortened(stage, 9) : `${shortened(stage, most)}\n${counted(held, "item")}`],
      rotate: isCrowded ? -32 : 0,
      textAnchor: isCrowded ? "end" : "middle",
      fill: marked.has(stage) ? "var(--accent)" : "var(--ink)",
      fontWeight: marked.has(stage) ? 650 : 400,
    });
  });
}

function stateOf(item: AgeingItem): string {
  return item.blocked ? "blocked" : item.stalled ? "stalled" : "";
}

function reading(total: number, ageing: readonly AgeingItem[], paces: readonly (Pace | undefined)[]): string {
  const oldest = ageing.reduce((most, item) => (item.ageDays > most.ageDays ? item : most));
  const late = ageing.filter((item) => {
    const pace = paces.find((entry) => entry?.stage === item.stage)?.p85;
    return pace != null && item.ageDays > pace;
  }).length;
  return `Age of ${counted(total, "item")} in progress: the oldest, ${oldest.key} in ${oldest.stage}, has ${decimal(oldest.ageDays)} d; ${count(late)} of those drawn are past the age at which 85 % of finished items had left their stage.`;
}
