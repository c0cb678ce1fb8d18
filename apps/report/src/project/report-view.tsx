/** All that is shown of one report, from the verdict to what it was made with. */
import type { PageReport } from "@stageledger/core/contract/page-report";
import { type ReactNode, useMemo } from "react";
import { useAddress } from "../address/use-address.ts";
import { allCharts } from "../charts/all-charts.ts";
import { ChartCard } from "../charts/chart-card.tsx";
import { Patterns } from "../charts/patterns.tsx";
import { SideBySide } from "../compare/side-by-side.tsx";
import { TakeAlong } from "../files/take-along.tsx";
import { FlowStrip } from "../strip/flow-strip.tsx";
import { DataQuality } from "../tables/data-quality.tsx";
import { StageTables } from "../tables/stage-tables.tsx";
import { Times } from "../tables/times.tsx";
import { VerdictCard } from "../verdict/verdict-card.tsx";
import { WindowBar } from "../window/window-bar.tsx";
import { words } from "../words/words.ts";
import { PageFooter } from "./page-footer.tsx";

export function ReportView({ report }: { readonly report: PageReport }): ReactNode {
  const { decision, against } = useAddress().address;
  const charts = useMemo(() => allCharts(report, decision), [report, decision]);
  return (
    <>
      <Patterns />
      <WindowBar report={report} />
      <VerdictCard report={report} />
      {against !== null && <SideBySide report={report} against={against} />}
      <FlowStrip report={report} />
      <section>
        <h2>{words.charts.title}</h2>
        <p className="sub">{words.charts.about(words.span(report.chartWindow))}</p>
        <div className="cards">
          {charts.map((chart) => (
            <ChartCard key={chart.id} chart={chart} />
          ))}
        </div>
      </section>
      <StageTables report={report} />
      <Times report={report} />
      <DataQuality report={report} />
      <TakeAlong report={report} />
      <PageFooter report={report} />
    </>
  );
}
