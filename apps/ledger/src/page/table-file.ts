/** One chart's numbers as a CSV file. Pure. */
import { NOT_ENOUGH_PEOPLE } from "@stageledger/core";
import type { PageFigure } from "@stageledger/core/contract/page-flow";
import { type PageReport, pageReport } from "@stageledger/core/contract/page-report";
import type { ReportTable } from "@stageledger/core/contract/page-routes";
import { stringify } from "csv-stringify/sync";
import { type BytesAnswer, textAnswer } from "./bytes-answer.ts";

type Cell = string | number | boolean | null;

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** @param body the report as it is sent: a table holds what the page shows */
export function tableFile(body: string, table: ReportTable): BytesAnswer {
  const { columns, rows } = TABLES[table](pageReport.parse(JSON.parse(body)));
  // Names come from outside: a spreadsheet must not take one for a formula.
  const cast = { boolean: (value: boolean) => (value ? "yes" : "no") };
  return textAnswer(
    stringify(
      [columns, ...rows].map((row) => [...row]),
      { escape_formulas: true, cast },
    ),
  );
}

/** Times are milliseconds, shares of one, in full: whoever computes with them rounds last. */
const TABLES: Readonly<Record<ReportTable, (report: PageReport) => Table>> = {
  stages: ({ flow }) => ({
    columns: [
      ...["stage", "kind", "wip", "utilisation", "age85_days", "arrivals_per_week", "departures_per_week"],
      ...["median_milliseconds", "p85_milliseconds", "n", "visits", "limit_hint", "withdrawn", "blocked_milliseconds"],
    ],
    rows: flow.stages.map((row) => [
      ...[row.name, row.kind, value(row.wip), row.utilisation && value(row.utilisation), value(row.age85)],
      ...[value(row.arrivalsPerWeek), value(row.departuresPerWeek), value(row.median), value(row.p85), row.median.n],
      ...[value(row.visits), value(row.limitHint), value(row.withdrawn), value(row.blockedTime)],
    ]),
  }),
  weeks: ({ flow }) => ({
    columns: ["week", "arrivals", "departures", "withdrawn", "net"],
    rows: flow.weeks.map(({ week, arrivals, departures, withdrawn, net }) => [
      week,
      arrivals,
      departures,
      withdrawn,
      net,
    ]),
  }),
  days: ({ map, flow: { charts } }) => ({
    columns: [
      ...["day", "wip", "throughput"],
      ...map.stages.map(({ name }) => `reached ${name}`),
      ...map.stages.map(({ name }) => `behind its mark in ${name}`),
    ],
    rows: charts.days.map((day, place) => {
      const at = (series: readonly number[]): Cell => series[place] ?? null;
      return [day, at(charts.wip), at(charts.throughput), ...charts.cumulative.map(at), ...charts.corrected.map(at)];
    }),
  }),
  "finished-items": ({ flow: { charts } }) => ({
    columns: ["item", "finished_on", "cycle_days", "reopened"],
    rows: charts.scatter.map(({ key, day, cycleDays, reopened }) => [key, day, cycleDays, reopened]),
  }),
  "items-in-progress": ({ flow: { charts } }) => ({
    columns: ["item", "stage", "age_days", "blocked", "stalled", "days_left_at_85", "why_no_forecast"],
    rows: charts.ageing.map((one) => [
      ...[one.key, one.stage, one.ageDays, one.blocked, one.stalled],
      ...[one.daysLeft, one.refusal],
    ]),
  }),
  "time-in-stage": ({ flow: { charts } }) => ({
    columns: ["stage", "n", "p25_days", "p50_days", "p75_days", "p85_days", "p95_days"],
    rows: charts.timeInStage.map(({ stage, n, quantiles }) => [stage, n, ...quantiles]),
  }),
  forecast: ({ flow: { monteCarlo }, forecast }) => {
    const { when, howMany, remaining, horizonDays } = monteCarlo;
    return {
      columns: [
        "chance",
        "remaining_items",
        "done_in_days",
        "done_by",
        "items_by_horizon",
        "horizon_days",
        "horizon_day",
      ],
      rows: (["p50", "p85", "p95"] as const).map((percent) => [
        ...[`${percent.slice(1)} %`, remaining, when && value(when[percent]), forecast.doneBy?.[percent] ?? null],
        ...[howMany && value(howMany[percent]), horizonDays, forecast.horizonDay],
      ]),
    };
  },
  roadblocks: ({ roadblocks }) => ({
    columns: ["stage", "kind", "raised", "open"],
    rows: roadblocks.byStageAndKind.map(({ stage, kind, raised, open }) => [stage, kind, raised, open]),
  }),
  "hours-by-week": ({ hours }) => ({
    columns: ["week", "minutes"],
    rows: hours.weeks.map(({ week, minutes }) => [week, minutes ?? NOT_ENOUGH_PEOPLE]),
  }),
  "hours-by-stage": ({ hours }) => ({
    columns: ["period", "stage", "minutes", "touch_share"],
    rows: hours.periods.flatMap(({ period, stages, otherStages }) => partRows(period, stages, otherStages)),
  }),
  "hours-by-activity": ({ hours }) => ({
    columns: ["period", "activity", "minutes"],
    rows: hours.periods.flatMap(({ period, activities, otherActivities }) =>
      partRows(period, activities, otherActivities).map((row) => row.slice(0, -1)),
    ),
  }),
  "data-quality": ({ dataQuality }) => ({
    columns: ["kind", "count", "meaning"],
    rows: dataQuality.map(({ kind, count, meaning }) => [kind, count, meaning]),
  }),
};

type Part = PageReport["hours"]["stages"][number];

/** A period of which nothing stands alone says so: it is not without hours. */
function partRows(period: string, own: readonly Part[], others: Part | null): readonly (readonly Cell[])[] {
  const parts = [...own, ...(others === null ? [] : [others])];
  if (parts.length === 0) return [[period, null, NOT_ENOUGH_PEOPLE, null]];
  return parts.map(({ name, minutes, touchShare }) => [period, name, minutes, touchShare]);
}

function value(figure: PageFigure): number | null {
  return figure.value;
}
