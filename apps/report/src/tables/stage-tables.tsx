/** The stage table: the terminal card's columns, with a second table of the less asked-for figures behind it. */
import { count, decimal, percent, publishedHours, tenths } from "@stageledger/core/contract/figure-text";
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { ReactNode } from "react";
import { DataTable, number, type Table, text } from "../figures/data-table.tsx";
import { Figure, Never, StageFigure, Withheld } from "../figures/figure.tsx";
import { movingStages, stillStages } from "../strip/shown-stages.ts";
import { StageMark } from "../verdict/stage-mark.tsx";
import { words } from "../words/words.ts";

type Stages = ReturnType<typeof movingStages>;

/** @param at the day of what is told as of an instant; null: now */
export function StageTables({ report, at }: { readonly report: PageReport; readonly at: string | null }): ReactNode {
  const said = words.tables.stages;
  const stages = movingStages(report.flow).filter(({ kind }) => kind !== "done");
  return (
    <section>
      <h2>{said.title}</h2>
      <DataTable table={mainTable(report, stages, at)} />
      <p className="quiet after">{words.withheldWhy}</p>
      <details>
        <summary>{said.more}</summary>
        <DataTable table={moreTable(report, stages)} />
      </details>
    </section>
  );
}

function mainTable(report: PageReport, stages: Stages, at: string | null): Table {
  const { flow, window, hours } = report;
  const said = words.tables.stages;
  const { head } = said;
  const still = stillStages(flow);
  const hasLimit = stages.some(({ utilisation }) => utilisation !== null);
  return {
    label: said.title,
    caption: [said.caption(words.span(window), at), hoursCaption(hours), still > 0 ? said.still(still) : ""]
      .filter((part) => part !== "")
      .join(" "),
    columns: [
      text(head.stage),
      number(head.wip),
      ...(hasLimit ? [number(head.ofLimit)] : []),
      number(head.age85),
      number(head.rates),
      number(head.median),
      number(head.p85),
      number(head.visits),
      number(head.n),
      number(head.hours),
      number(head.touch),
    ],
    rows: stages.map((stage) => ({
      id: stage.name,
      isMarked: stage.name === flow.verdict.stage,
      cells: [
        <StageName key="name" name={stage.name} report={report} />,
        <Figure key="wip" of={stage.wip} format={decimal} />,
        ...(hasLimit ? [stage.utilisation === null ? "" : <Figure key="limit" of={stage.utilisation} />] : []),
        <Figure key="age" of={stage.age85} />,
        <Rates key="rates" stage={stage} />,
        <StageFigure key="median" of={stage.median} />,
        <StageFigure key="p85" of={stage.p85} />,
        <StageFigure key="visits" of={stage.visits} />,
        count(stage.median.n),
        ...hoursCells(hours, stage.name),
      ],
    })),
  };
}

function hoursCaption({ periods, stagesNextOn }: PageReport["hours"]): string {
  const last = periods.at(-1);
  return last === undefined
    ? words.hours.none(stagesNextOn)
    : `${words.hours.of(words.span(last.days))}. ${words.hours.next(stagesNextOn)}`;
}

function hoursCells({ stages }: PageReport["hours"], stage: string): readonly ReactNode[] {
  const own = stages.find(({ name }) => name === stage);
  if (own === undefined) return [<Withheld key="hours" />, <Never key="touch" />];
  const { minutes, touchShare } = own;
  const { fault } = words.tables.stages;
  return [
    publishedHours(minutes),
    touchShare === null ? <Never key="touch" /> : touchShare > 1 ? fault : percent(touchShare),
  ];
}

function Rates({ stage }: { readonly stage: Stages[number] }): ReactNode {
  return (
    <>
      <Figure of={stage.arrivalsPerWeek} format={tenths} /> / <Figure of={stage.departuresPerWeek} format={tenths} />
    </>
  );
}

function StageName({ name, report }: { readonly name: string; readonly report: PageReport }): ReactNode {
  const { verdict } = report.flow;
  if (name !== verdict.stage) return name;
  return (
    <>
      {name} <StageMark outcome={verdict.outcome} />
    </>
  );
}

function moreTable(report: PageReport, stages: Stages): Table {
  const { title, moreCaption, head } = words.tables.stages;
  return {
    label: `${title}: ${words.tables.stages.more}`,
    caption: moreCaption,
    columns: [
      text(head.stage),
      number(head.firstVisit),
      number(head.lastVisit),
      number(head.averageVisit),
      number(head.erased),
      number(head.blocked),
      number(head.withdrawn),
      number(head.limitHint),
    ],
    rows: stages.map((stage) => ({
      id: stage.name,
      isMarked: stage.name === report.flow.verdict.stage,
      cells: [
        <StageName key="name" name={stage.name} report={report} />,
        <StageFigure key="first" of={stage.firstVisit} />,
        <StageFigure key="last" of={stage.lastVisit} />,
        <StageFigure key="average" of={stage.averageVisit} />,
        <StageFigure key="erased" of={stage.erased} />,
        <Figure key="blocked" of={stage.blockedTime} />,
        <Figure key="withdrawn" of={stage.withdrawn} format={decimal} />,
        <Figure key="hint" of={stage.limitHint} />,
      ],
    })),
  };
}
