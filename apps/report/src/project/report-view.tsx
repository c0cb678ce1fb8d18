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

/** @param at the day of what is told as of an instant; null: now */
export function ReportView({ report, at }: { readonly report: PageReport; readonly at: string | null }): ReactNode {
  const { decision, against } = useAddress().address;
  const charts = useMemo(() => allCharts(report, decision, at), [report, decision, at]);
  return (
    <>
      <Patterns />
      <WindowBar report={report} />
      <VerdictCard report={report} at={at} />
      {against !== null && <SideBySide report={report} against={against} />}
      <FlowStrip report={report} at={at} />
      <section>
        <h2>{words.charts.title}</h2>
        <p className="sub">{words.charts.about(words.span(report.chartWindow))}</p>
        <div className="cards">
          {charts.map((chart) => (
            <ChartCard key={chart.id} chart={chart} />
          ))}
        </div>
      </section>
      <StageTables report={report} at={at} />
      <Times report={report} />
      <DataQuality report={report} />
      <TakeAlong report={report} />
      <PageFooter report={report} />
    </>
  );
}
