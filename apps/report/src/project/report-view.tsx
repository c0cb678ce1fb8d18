/** All that is shown of one report. */
import type { PageReport } from "@stageledger/core/contract/page-report";
import { type ReactNode, useMemo } from "react";
import { useAddress } from "../address/use-address.ts";
import { ChartCard } from "../charts/chart-card.tsx";
import { cycleTimeChart } from "../charts/cycle-time.tsx";
import { FlowStrip } from "../strip/flow-strip.tsx";
import { VerdictCard } from "../verdict/verdict-card.tsx";
import { words } from "../words/words.ts";

export function ReportView({ report }: { readonly report: PageReport }): ReactNode {
  const { decision } = useAddress().address;
  const charts = useMemo(() => [cycleTimeChart(report, decision)], [report, decision]);
  return (
    <>
      <VerdictCard report={report} />
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
    </>
  );
}
