/** The marks of the ageing chart: the pace of finished items as shading, the open items on it, the stages' names. */
import * as Plot from "@observablehq/plot";
import { counted, decimal } from "@stageledger/core/contract/figure-text";
import type { PageFlow } from "@stageledger/core/contract/page-flow";
import { shortened } from "../words/shortened.ts";
import { words } from "../words/words.ts";
import { beeswarm } from "./beeswarm.ts";
import { CHART_HEIGHT } from "./draw.ts";

export const AGEING_MARGIN = { marginTop: 22, marginBottom: 56, marginLeft: 30, marginRight: 6 };
const PLOT_HEIGHT = CHART_HEIGHT - AGEING_MARGIN.marginTop - AGEING_MARGIN.marginBottom;
const DOT = 7;
/** From this many items on the dots are drawn smaller. */
const CROWDED = 60;
/** Above this many stages a column has no room for its percentiles' numbers. */
const MOST_LABELLED = 5;

export type Pace = PageFlow["charts"]["pace"][number];
export type AgeingItem = PageFlow["charts"]["ageing"][number];

export interface PlacedItem {
  readonly item: AgeingItem;
  readonly place: number;
  readonly age: number;
}

export function placeItems(
  ageing: readonly AgeingItem[],
  stages: readonly string[],
  cap: number,
  width: number,
): readonly PlacedItem[] {
  const columnWidth = plotWidth(width) / stages.length;
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

function plotWidth(width: number): number {
  return width - AGEING_MARGIN.marginLeft - AGEING_MARGIN.marginRight;
}

export function itemMarks(placed: readonly PlacedItem[]): readonly Plot.Markish[] {
  const shared = {
    x: "place",
    y: "age",
    className: "items",
    title: ({ item }: PlacedItem) =>
      `${item.key ?? words.items(1)} · ${decimal(item.ageDays)} d · ${stateOf(item) || item.stage}`,
  };
  const isAbove = ({ item, age }: PlacedItem): boolean => item.ageDays > age;
  const within = placed.filter((entry) => !isAbove(entry));
  const scale = placed.length >= CROWDED ? 0.75 : 1;
  return [
    Plot.dot(
      within.filter(({ item }) => !item.blocked && !item.stalled),
      { ...shared, r: 2.8 * scale, fill: "var(--mark)", stroke: "var(--bg)", strokeWidth: 0.6 },
    ),
    Plot.dot(
      within.filter(({ item }) => item.blocked),
      { ...shared, r: 3.4 * scale, symbol: "square", fill: "var(--ink)", stroke: "var(--bg)", strokeWidth: 0.6 },
    ),
    Plot.dot(
      within.filter(({ item }) => item.stalled && !item.blocked),
      { ...shared, r: 3.2 * scale, symbol: "diamond", fill: "var(--bg)", stroke: "var(--ink)", strokeWidth: 1.2 },
    ),
    Plot.dot(placed.filter(isAbove), { ...shared, r: 3.2, symbol: "triangle", fill: "var(--mark)" }),
  ];
}

export function paceMarks(paces: readonly (Pace | undefined)[]): readonly Plot.Markish[] {
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
  const lastPaced = steps.at(-1)?.column;
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
        className: "pace",
      });
    }),
    Plot.ruleY(
      steps.filter((step) => step.percent === 85),
      { ...sides, y: "days", stroke: "var(--ink)", strokeOpacity: 0.6 },
    ),
    Plot.text(
      steps.filter((step) => step.percent !== 85 && step.column === lastPaced && paces.length <= MOST_LABELLED),
      {
        x: ({ column }: Step) => column + 0.44,
        y: "days",
        text: ({ percent }: Step) => `${percent} %`,
        textAnchor: "end",
        lineAnchor: "top",
        dy: 2,
        fontSize: 10,
        fill: "var(--ink)",
      },
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

export function stageNames(
  stages: readonly string[],
  ageing: readonly AgeingItem[],
  marked: ReadonlySet<string>,
  width: number,
): readonly Plot.Markish[] {
  const most = Math.max(4, Math.floor(plotWidth(width) / stages.length / 6.4));
  const isCrowded = most < 8;
  return stages.map((stage, column) => {
    const held = ageing.filter((item) => item.stage === stage).length;
    return Plot.text([stage], {
      x: [column],
      frameAnchor: "bottom",
      lineAnchor: "top",
      dy: isCrowded ? 9 : 7,
      text: [isCrowded ? shortened(stage, 10) : `${shortened(stage, most)}\n${counted(held, "item")}`],
      rotate: isCrowded ? -32 : 0,
      textAnchor: isCrowded ? "end" : "middle",
      fill: marked.has(stage) ? "var(--accent)" : "var(--ink)",
      fontWeight: marked.has(stage) ? 650 : 400,
    });
  });
}

export function stateOf(item: AgeingItem): string {
  const { blocked, stalled } = words.charts.ageing.state;
  return item.blocked ? blocked : item.stalled ? stalled : "";
}
