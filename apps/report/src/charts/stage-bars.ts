/** Bars by stage, each with its name before it and its value behind: no axis is needed to read them. */
import * as Plot from "@observablehq/plot";
import { shortened } from "../words/shortened.ts";
import { CHART_HEIGHT } from "./draw.ts";

const LONGEST_NAME = 16;
const ROW_HEIGHT = 34;

export interface StageBar {
  readonly stage: string;
  readonly value: number;
  /** Behind the bar. */
  readonly text: string;
  readonly isMarked: boolean;
}

export function stageBars(bars: readonly StageBar[]): Plot.PlotOptions {
  const longestName = Math.max(...bars.map(({ stage }) => shortened(stage, LONGEST_NAME).length));
  const accent = ({ isMarked }: StageBar): string => (isMarked ? "var(--accent)" : "var(--mark)");
  return {
    // A few bars are as thick as many.
    height: Math.min(CHART_HEIGHT, bars.length * ROW_HEIGHT + 16),
    marginTop: 8,
    marginBottom: 8,
    marginLeft: Math.max(52, longestName * 6.6 + 14),
    marginRight: 92,
    x: { axis: null, domain: [0, Math.max(1e-9, ...bars.map(({ value }) => value))] },
    y: { type: "band", domain: bars.map(({ stage }) => stage), axis: null, padding: 0.35 },
    marks: [
      Plot.barX(bars, { x: "value", y: "stage", fill: accent, fillOpacity: 0.75, className: "bars" }),
      Plot.ruleX([0], { stroke: "var(--ink)", strokeOpacity: 0.5 }),
      Plot.text(bars, {
        x: 0,
        y: "stage",
        text: ({ stage }: StageBar) => shortened(stage, LONGEST_NAME),
        textAnchor: "end",
        dx: -8,
        fill: ({ isMarked }: StageBar) => (isMarked ? "var(--accent)" : "var(--ink)"),
      }),
      Plot.text(bars, { x: "value", y: "stage", text: "text", textAnchor: "start", dx: 6, fill: "var(--ink)" }),
    ],
  };
}
