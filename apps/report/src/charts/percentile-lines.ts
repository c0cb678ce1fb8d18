/** Percentiles as lines, each labelled where it ends. */
import * as Plot from "@observablehq/plot";
import type { PageFlow } from "@stageledger/core/contract/page-flow";
import { words } from "../words/words.ts";
import { CHART_HEIGHT } from "./draw.ts";
import { spread } from "./spread.ts";

interface PercentileLine {
  readonly percent: number;
  readonly days: number;
}

export function percentileLinesOf({
  p50,
  p85,
  p95,
}: PageFlow["charts"]["scatterPercentiles"]): readonly PercentileLine[] {
  return [
    { percent: 50, days: p50.value },
    { percent: 85, days: p85.value },
    { percent: 95, days: p95.value },
  ].flatMap(({ percent, days }) => (days === null ? [] : [{ percent, days }]));
}

/** @param margin of the drawing, above and below together */
export function percentileMarks(
  lines: readonly PercentileLine[],
  cap: number,
  margin: number,
): readonly Plot.Markish[] {
  const gap = (12 / (CHART_HEIGHT - margin)) * cap;
  const places = spread(
    lines.map((line) => line.days),
    gap,
    0,
    cap,
  );
  const isMain = ({ percent }: PercentileLine): boolean => percent === 85;
  const className = "percentile";
  return [
    Plot.ruleY(
      lines.filter((line) => !isMain(line)),
      { y: "days", stroke: "var(--ink)", strokeOpacity: 0.45, strokeDasharray: "3 2", className },
    ),
    Plot.ruleY(lines.filter(isMain), { y: "days", stroke: "var(--ink)", className }),
    Plot.text(lines, {
      y: (_line: PercentileLine, index: number) => places[index],
      text: ({ percent, days }: PercentileLine) => words.charts.lineOf(percent, days),
      frameAnchor: "right",
      textAnchor: "start",
      dx: 5,
      fill: "var(--ink)",
      className,
    }),
  ];
}
