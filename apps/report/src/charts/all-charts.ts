/** The charts in the order in which they are read. */
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { Decision } from "../address/address.ts";
import { ageingChart } from "./ageing.tsx";
import { blockedTimeChart } from "./blocked-time.tsx";
import type { Chart } from "./chart.ts";
import { cumulativeFlowChart } from "./cumulative-flow.ts";
import { cycleTimeChart } from "./cycle-time.tsx";
import { hoursByActivityChart, hoursByStageChart } from "./hours.tsx";
import { hoursByWeekChart } from "./hours-by-week.tsx";
import { netFlowChart } from "./net-flow.ts";
import { roadblocksChart } from "./roadblocks.ts";
import { throughputChart } from "./throughput.ts";
import { timeInStageChart } from "./time-in-stage.tsx";
import { workInProgressChart } from "./work-in-progress.ts";

/** @param at the day of what is told as of an instant; null: now */
export function allCharts(report: PageReport, decision: Decision | null, at: string | null): readonly Chart[] {
  return [
    cycleTimeChart(report, decision),
    cumulativeFlowChart(report, decision, at),
    ageingChart(report),
    timeInStageChart(report),
    netFlowChart(report, decision),
    throughputChart(report, decision),
    workInProgressChart(report, decision, at),
    blockedTimeChart(report),
    roadblocksChart(report),
    hoursByWeekChart(report),
    hoursByStageChart(report),
    hoursByActivityChart(report),
  ];
}
