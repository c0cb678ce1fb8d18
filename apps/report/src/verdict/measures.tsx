/** The numbers that the verdict was reached by (B1), stage by stage. */
import { decimal, percent } from "@stageledger/core/contract/figure-text";
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { ReactNode } from "react";
import { DataTable, number, text } from "../figures/data-table.tsx";
import { Figure, Never } from "../figures/figure.tsx";
import { words } from "../words/words.ts";

export function Measures({ report }: { readonly report: PageReport }): ReactNode {
  const { verdict } = report.flow;
  const said = words.tables.measures;
  const hasQueue = verdict.stages.some((stage) => stage.queue !== null);
  return (
    <details>
      <summary>{words.verdict.measures}</summary>
      <DataTable
        table={{
          label: words.verdict.measures,
          caption: said.caption(verdict.rule, verdict.mapVersion, verdict.second),
          columns: [
            text(said.head.stage),
            number(said.head.share),
            number(said.head.mean),
            number(said.head.variance),
            number(said.head.full),
            ...(hasQueue ? [number(said.head.queue)] : []),
            number(said.head.limitHint),
          ],
          rows: verdict.stages.map((stage) => ({
            id: stage.stage,
            isMarked: stage.stage === verdict.stage,
            cells: [
              stage.waitingStages.length > 0 ? said.withQueues(stage.stage, stage.waitingStages) : stage.stage,
              percent(stage.share),
              decimal(stage.meanItems),
              decimal(stage.variance),
              percent(stage.full),
              ...(hasQueue ? [stage.queue === null ? <Never key="queue" /> : percent(stage.queue)] : []),
              <Figure key="hint" of={stage.limitHint} />,
            ],
          })),
        }}
      />
    </details>
  );
}
