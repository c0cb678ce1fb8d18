/** The charts of the made-up Payments project, counted naively from its items. */
import type { FlowCharts } from "@stageledger/core";
import { aFigure, aPercentiles } from "./a-figure.ts";
import { DAY_COUNT, type PaymentsItem, paymentsItems } from "./payments-items.ts";

const FIRST_DAY = "2026-04-27";
const OPEN_STAGES = ["Build", "Review", "Test"] as const;

const DAYS = Array.from({ length: DAY_COUNT }, (_, index) => index);

export function paymentsCharts(): FlowCharts {
  const items = paymentsItems();
  const finished = items.filter(({ entered: [, , , done] }) => done >= 0 && done < DAY_COUNT);
  const cycles = finished.map(cycleDays).sort((a, b) => a - b);
  const at = (percent: number): number => cycles[Math.ceil((percent * cycles.length) / 100) - 1] ?? 0;
  return {
    days: DAYS.map(dayText),
    cumulative: [
      (item: PaymentsItem) => item.created,
      ...[0, 1, 2, 3].map((stage) => (item: PaymentsItem) => item.entered[stage] ?? 0),
    ].map((enteredOn) => DAYS.map((day) => items.filter((item) => enteredOn(item) <= day).length)),
    corrected: [0, 1, 2, 3, 4].map((stage) =>
      DAYS.map((day) =>
        stage === 3 ? items.filter(({ back }) => back !== null && back.from <= day && day < back.to).length : 0,
      ),
    ),
    wip: DAYS.map((day) => items.filter(({ entered: [build, , , done] }) => build <= day && done > day).length),
    throughput: DAYS.map((day) => finished.filter(({ entered }) => entered[3] === day).length),
    arrivalLine: { perDay: 0.97, atFirstDay: 42.5 },
    departureLine: { perDay: 0.94, atFirstDay: 33 },
    scatter: finished.map((item) => ({
      key: item.key,
      day: dayText(item.entered[3]),
      cycleDays: cycleDays(item),
      reopened: item.reopened,
    })),
    omitted: 0,
    scatterPercentiles: aPercentiles([at(50), at(85), at(95)], { unit: "days", rule: "F5", n: finished.length }),
    ageing: items
      .filter(({ entered: [build, , , done] }) => build < DAY_COUNT && done === Number.POSITIVE_INFINITY)
      .map((item, index) => ({
        key: item.key,
        stage: OPEN_STAGES[item.entered.filter((day) => day < DAY_COUNT).length - 1] ?? "Build",
        ageDays: DAY_COUNT - item.entered[0],
        blocked: index === 1 || index === 4,
        stalled: index === 0 || index === 6,
        daysLeft: index === 0 ? null : 3 + index,
        refusal: index === 0 ? "already past the 85th percentile" : null,
      })),
    ageingOmitted: 0,
    pace: [
      { stage: "Build", p50: 3, p85: 5, p95: 6, n: 160 },
      { stage: "Review", p50: 10, p85: 16, p95: 22, n: 158 },
      { stage: "Test", p50: 12, p85: 18, p95: 25, n: 158 },
    ],
    timeInStage: [
      { stage: "Build", n: 161, quantiles: [1.2, 1.9, 3.1, 4.2, 5.0] },
      { stage: "Review", n: 161, quantiles: [2.6, 4.4, 7.9, 9.8, 17.3] },
      { stage: "Test", n: 14, quantiles: [0.6, 0.8, 1.4, 2.1, 3.4] },
    ],
  };
}

/** Percentiles that a page cannot show: too few items. */
export function withheldPercentiles(n: number): FlowCharts["scatterPercentiles"] {
  const withheld = aFigure({ value: null, n, unit: "days", rule: "F5", note: `n ${n}: under 10` });
  return { p50: withheld, p85: withheld, p95: withheld };
}

function cycleDays({ entered }: PaymentsItem): number {
  return entered[3] - entered[0] + 1;
}

function dayText(day: number): string {
  return new Date(Date.parse(FIRST_DAY) + day * 86_400_000).toISOString().slice(0, 10);
}
