/** Cycle, lead and business time, and what follows from them. */
import { count, counted, decimal, percent, shortDay, tenths } from "@stageledger/core/contract/figure-text";
import type { PageFigure } from "@stageledger/core/contract/page-flow";
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { ReactNode } from "react";
import { DataTable, number, type Row, type Table, text } from "../figures/data-table.tsx";
import { Figure } from "../figures/figure.tsx";
import { ItemKeys } from "../figures/item-keys.tsx";
import { sentence } from "../words/sentence.ts";
import { words } from "../words/words.ts";

const HOUR = 3_600_000;

export function Times({ report }: { readonly report: PageReport }): ReactNode {
  const { flow } = report;
  const said = words.tables.times;
  const entries: readonly (readonly [string, ReactNode])[] = [
    [said.forecast, <Forecast key="forecast" report={report} />],
    [said.serviceLevel, <ServiceLevel key="level" report={report} />],
    [said.littlesLaw, <LittlesLaw key="law" report={report} />],
    [said.flowDebt, <FlowDebt key="debt" report={report} />],
    [said.efficiency, <WithCount key="efficiency" of={flow.efficiency} />],
    [said.blocked, <Blocked key="blocked" report={report} />],
    [said.stalled, <Stalled key="stalled" report={report} />],
  ];
  return (
    <section>
      <h2>{said.title}</h2>
      <DataTable table={tableOf(report)} />
      <p className="quiet after">
        {said.controlChart} <WithCount of={flow.cycleTime.controlChart} />.
      </p>
      {flow.cycleTimeRange !== null && <p className="quiet">{said.range(flow.cycleTimeRange)}</p>}
      <dl className="pairs">
        {entries.map(([term, told]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{told}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function tableOf({ flow, window }: PageReport): Table {
  const said = words.tables.times;
  const row = (
    name: string,
    { p50, p85, p95 }: Pick<PageReport["flow"]["leadTime"], "p50" | "p85" | "p95">,
    mean: PageFigure | null,
    format?: (value: number) => string,
  ): Row => ({
    id: name,
    cells: [
      name,
      ...[p50, p85, p95].map((of, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: percentiles never move.
        <Figure key={index} of={of} {...(format === undefined ? {} : { format })} />
      )),
      mean === null ? "" : <Figure key="mean" of={mean} />,
      count(p85.n),
    ],
  });
  const { businessTime } = flow;
  return {
    label: said.title,
    caption: said.caption(words.span(window)),
    columns: [text(said.head.between), ...said.head.percents.map(number), number(said.head.mean), number(said.head.n)],
    rows: [
      row(said.cycle, flow.cycleTime, flow.cycleTime.mean),
      row(said.lead, flow.leadTime, null),
      // A business day has fewer hours than 24, so business time is never printed in days.
      ...(businessTime === null
        ? []
        : [row(said.business(businessTime.hoursPerDay), businessTime, null, (value) => `${tenths(value / HOUR)} h`)]),
    ],
  };
}

/** "14 d (n 63)". */
function WithCount({
  of,
  format,
}: {
  readonly of: PageFigure;
  readonly format?: (value: number) => string;
}): ReactNode {
  return (
    <>
      <Figure of={of} {...(format === undefined ? {} : { format })} />
      {of.value !== null && <span className="note"> (n {count(of.n)})</span>}
    </>
  );
}

function items(value: number): string {
  return counted(value, "item");
}

function Forecast({ report }: { readonly report: PageReport }): ReactNode {
  const { monteCarlo: told } = report.flow;
  const { doneBy, horizonDay } = report.forecast;
  const said = words.tables.times;
  if (told.refusal !== null) return <span className="none">{sentence(told.refusal)}</span>;
  const { when, howMany } = told;
  return (
    <>
      {when !== null && told.remaining > 0 && (
        <p>
          {said.inProgress(told.remaining)} <Figure of={when.p50} /> {said.inHalf}, <Figure of={when.p85} /> {said.in85}
          {doneBy?.p85 != null && ` (${said.by(shortDay(doneBy.p85))})`}, <Figure of={when.p95} /> {said.in95}.
        </p>
      )}
      {howMany !== null && (
        <p>
          {said.until(shortDay(horizonDay))} <Figure of={howMany.p50} format={decimal} /> {said.itemsInHalf},{" "}
          <Figure of={howMany.p85} format={decimal} /> {said.in85}, <Figure of={howMany.p95} format={decimal} />{" "}
          {said.in95}.
        </p>
      )}
      <p className="quiet">
        {words.charts.throughput.trials(told.trials, told.seed, told.windowDays)}
        {told.warning !== null && ` ${sentence(told.warning)}`}
      </p>
    </>
  );
}

function ServiceLevel({ report }: { readonly report: PageReport }): ReactNode {
  const { days, percent: share, missRate } = report.flow.serviceLevel;
  const said = words.tables.times;
  if (days.value === null) return <Figure of={days} />;
  return (
    <>
      {said.level(share)} <WithCount of={days} />
      {missRate.value !== null && said.missed(percent(missRate.value), missRate.n)}.
    </>
  );
}

function LittlesLaw({ report }: { readonly report: PageReport }): ReactNode {
  const { holds, unmet, cycleDays } = report.flow.littlesLaw;
  const said = words.tables.times;
  if (!holds) return <span className="none">{said.unmet(unmet)}</span>;
  return (
    <>
      {said.law} <WithCount of={cycleDays} />.
    </>
  );
}

function FlowDebt({ report }: { readonly report: PageReport }): ReactNode {
  const { approximate, exact, difference } = report.flow.flowDebt;
  const said = words.tables.times;
  if (difference.value === null) return <Figure of={difference} />;
  return (
    <>
      {said.readOff} <Figure of={approximate} />, {said.measured} <WithCount of={exact} />:{" "}
      {difference.value > 0 && "+"}
      <Figure of={difference} />, {said.debt(difference.value)}.
    </>
  );
}

function Blocked({ report }: { readonly report: PageReport }): ReactNode {
  const { blocked } = report.flow;
  return (
    <>
      <WithCount of={blocked.items} format={items} />, <Figure of={blocked.time} /> {words.tables.times.inAll}
    </>
  );
}

function Stalled({ report }: { readonly report: PageReport }): ReactNode {
  const { items: stalled, keys } = report.flow.stalled;
  return (
    <>
      <WithCount of={stalled} format={items} />
      {keys.length > 0 && (
        <>
          : <ItemKeys keys={keys} total={stalled.value ?? 0} links={report.linkKindByKey} most={20} />
        </>
      )}
    </>
  );
}
