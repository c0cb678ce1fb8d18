/** Roadblocks (F24) by the stage that the item was in and by kind: a circle's area is how many, and its number says it. */
import * as Plot from "@observablehq/plot";
import { count } from "@stageledger/core/contract/figure-text";
import type { PageReport } from "@stageledger/core/contract/page-report";
import { number, type Table, text } from "../figures/data-table.tsx";
import { roadblockKind } from "../words/roadblock-kind.ts";
import { shortened } from "../words/shortened.ts";
import { words } from "../words/words.ts";
import type { Chart } from "./chart.ts";

const LONGEST_STAGE = 12;
const LONGEST_KIND = 18;
const MOST_SIDE_BY_SIDE = 3;
const LARGEST = 15;

type Cell = PageReport["roadblocks"]["byStageAndKind"][number];

export function roadblocksChart({ roadblocks, chartWindow }: PageReport): Chart {
  const { byStageAndKind: cells, raised, open } = roadblocks;
  const said = words.charts.roadblocks;
  const [first, ...others] = cells;
  const most = first && others.reduce((top, cell) => (cell.raised > top.raised ? cell : top), first);
  return {
    id: "roadblocks",
    title: said.title,
    rule: said.rule,
    sentence:
      most === undefined
        ? said.none(words.span(chartWindow))
        : said.sentence(raised, open, most.stage, roadblockKind(most.kind)),
    drawing: cells.length === 0 ? null : () => drawingOf(cells),
    notes: cells.length === 0 ? [said.question] : [said.marks],
    table: tableOf(cells),
    file: "roadblocks",
  };
}

function drawingOf(cells: readonly Cell[]): Plot.PlotOptions {
  const stages = [...new Set(cells.map(({ stage }) => stage))];
  const kinds = [...new Set(cells.map(({ kind }) => kind))];
  const largest = Math.max(1, ...cells.map(({ raised, open }) => Math.max(raised, open)));
  const place = { x: "kind", y: "stage" } as const;
  const marginLeft = Math.max(40, Math.max(...stages.map((name) => shortened(name, LONGEST_STAGE).length)) * 6.6 + 14);
  return {
    marginTop: 10,
    marginBottom: 62,
    marginLeft,
    marginRight: 14,
    x: { type: "band", domain: kinds, axis: null },
    y: { type: "band", domain: stages, axis: null },
    r: { type: "identity" },
    marks: [
      Plot.ruleY(stages, { y: (stage: string) => stage, stroke: "var(--line)" }),
      Plot.dot(cells, {
        ...place,
        r: ({ raised, open }: Cell) => LARGEST * Math.sqrt(Math.max(raised, open) / largest),
        fill: "var(--ink)",
        fillOpacity: 0.16,
        stroke: "var(--mark)",
        strokeWidth: ({ open }: Cell) => (open > 0 ? 1.8 : 0),
        className: "roadblocks",
      }),
      Plot.text(cells, {
        ...place,
        text: ({ raised, open }: Cell) => count(Math.max(raised, open)),
        fill: "var(--ink)",
      }),
      Plot.text(stages, {
        y: (stage: string) => stage,
        frameAnchor: "left",
        textAnchor: "end",
        dx: -8,
        text: (stage: string) => shortened(stage, LONGEST_STAGE),
        fill: "var(--ink)",
      }),
      ...kindNames(kinds),
    ],
  };
}

/** Side by side where they have room, else slanted. */
function kindNames(kinds: readonly string[]): readonly Plot.Markish[] {
  const shared = { x: (kind: string) => kind, frameAnchor: "bottom", lineAnchor: "top", fill: "var(--ink)" } as const;
  return kinds.length <= MOST_SIDE_BY_SIDE
    ? [Plot.text(kinds, { ...shared, dy: 10, lineWidth: 7, text: roadblockKind })]
    : [
        Plot.text(kinds, {
          ...shared,
          textAnchor: "end",
          rotate: -32,
          dx: 6,
          dy: 10,
          text: (kind: string) => shortened(roadblockKind(kind), LONGEST_KIND),
        }),
      ];
}

function tableOf(cells: readonly Cell[]): Table {
  const { head, title, caption } = words.charts.roadblocks;
  return {
    label: words.charts.tableOf(title),
    caption,
    columns: [text(head.stage), text(head.kind), number(head.raised), number(head.open)],
    rows: cells.map(({ stage, kind, raised, open }) => ({
      id: `${stage} ${kind}`,
      cells: [stage, roadblockKind(kind), count(raised), count(open)],
    })),
  };
}
