/** Figures of two windows, row by row. No difference is printed: two windows of work differ by chance alone, too. */
import { decimal, percent, tenths } from "@stageledger/core/contract/figure-text";
import type { PageFigure } from "@stageledger/core/contract/page-flow";
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { ReactNode } from "react";
import { number, type Row, type Table, text } from "../figures/data-table.tsx";
import { Figure, Never, StageFigure } from "../figures/figure.tsx";
import { words } from "../words/words.ts";

export function comparedTable(earlier: PageReport, later: PageReport): Table {
  const said = words.compare;
  const row = (name: string, cellOf: (report: PageReport) => ReactNode, isMarked = false): Row => ({
    id: name,
    isMarked,
    cells: [name, cellOf(earlier), cellOf(later)],
  });
  // Those that the verdict weighs, in either window.
  const weighed = new Set([earlier, later].flatMap(({ flow }) => flow.verdict.stages.map(({ stage }) => stage)));
  const stages = later.flow.stages.filter(({ name }) => weighed.has(name));
  return {
    label: said.title,
    caption: said.caption,
    columns: [
      text(said.figure),
      number(`${said.earlier}, ${words.span(earlier.window)}`),
      number(`${said.later}, ${words.span(later.window)}`),
    ],
    rows: [
      row(said.named, ({ flow: { verdict } }) =>
        verdict.outcome === "none" ? <Never /> : said.of(verdict.resamples.same, verdict.resamples.of),
      ),
      row(said.cycle, ({ flow }) => <WithCount of={flow.cycleTime.p85} />),
      row(said.finished, ({ flow, window }) => tenths(flow.verdict.finishes / window.weeks)),
      row(said.wip, ({ flow }) => decimal(flow.counts.wip)),
      ...stages.flatMap(({ name }) => [
        row(said.share(name), (report) => shareOf(report, name), name === later.flow.verdict.stage),
        row(said.time(name), ({ flow }) => stageTime(flow, name)),
      ]),
    ],
  };
}

function WithCount({ of }: { readonly of: PageFigure }): ReactNode {
  return (
    <>
      <Figure of={of} />
      {of.value !== null && <span className="note"> (n {of.n})</span>}
    </>
  );
}

function shareOf({ flow: { verdict } }: PageReport, stage: string): ReactNode {
  const measured = verdict.stages.find((one) => one.stage === stage);
  return measured === undefined ? <Never /> : percent(measured.share);
}

function stageTime({ stages }: PageReport["flow"], name: string): ReactNode {
  const stage = stages.find((one) => one.name === name);
  return stage === undefined ? <Never /> : <StageFigure of={stage.p85} />;
}
