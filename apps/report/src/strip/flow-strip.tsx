/** The stages from left to right, each in words: what is in it now, what went in and out, how long it takes, what was logged. */
import { decimal, percent, publishedHours, stageFigureText, tenths } from "@stageledger/core/contract/figure-text";
import type { PageFlow } from "@stageledger/core/contract/page-flow";
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { ReactNode } from "react";
import { Figure, Withheld } from "../figures/figure.tsx";
import { markedStages, queuesFor } from "../verdict/stages-of-verdict.ts";
import { words } from "../words/words.ts";
import { Pile } from "./pile.tsx";
import { chosenStages, movingStages, weightOf } from "./shown-stages.ts";

/** Two rows on a wide screen. */
const MOST_STAGES = 12;

type StageRow = PageFlow["stages"][number];

export function FlowStrip({ report }: { readonly report: PageReport }): ReactNode {
  const { flow, window } = report;
  const said = words.strip;
  const moving = movingStages(flow);
  const names = chosenStages(
    moving.map((stage) => ({ name: stage.name, weight: weightOf(stage) })),
    MOST_STAGES,
    markedStages(flow),
  );
  const stages = moving.filter((stage) => names.includes(stage.name));
  const left = moving.length - stages.length;
  return (
    <section className="flow-section" aria-label={said.title}>
      <ol className="flow" aria-label={said.label}>
        {stages.map((stage) => (
          <Stage key={stage.name} stage={stage} report={report} />
        ))}
      </ol>
      <p className="sub">
        {said.about(words.span(window), window.weeks)}
        {left > 0 && ` ${said.quieter(left)}`}
      </p>
    </section>
  );
}

function Stage({ stage, report }: { readonly stage: StageRow; readonly report: PageReport }): ReactNode {
  const { flow } = report;
  const isConstraint = stage.name === flow.verdict.stage;
  const isQueue = !isConstraint && queuesFor(flow).includes(stage.name);
  return (
    <li className={isConstraint ? "is-constraint" : isQueue ? "is-queue" : undefined}>
      <span className="name">
        {stage.name}
        {isConstraint && (
          <span className="mark">
            {" "}
            ▲<span className="vh"> {words.verdict.constraint}</span>
          </span>
        )}
      </span>
      {isQueue && <span className="kind">{words.strip.queueOf(flow.verdict.stage ?? "")}</span>}
      {stage.kind === "done" ? <DoneStage stage={stage} /> : <OpenStage stage={stage} report={report} />}
    </li>
  );
}

/** What lies in a done stage is no work in progress: only its arrivals say something. */
function DoneStage({ stage }: { readonly stage: StageRow }): ReactNode {
  return <span className="rates">{words.strip.into(tenths(stage.arrivalsPerWeek.value ?? 0))}</span>;
}

function OpenStage({ stage, report }: { readonly stage: StageRow; readonly report: PageReport }): ReactNode {
  const said = words.strip;
  const items = stage.wip.value ?? 0;
  const { median, p85, visits, age85, arrivalsPerWeek, departuresPerWeek } = stage;
  return (
    <>
      <span className="wip">
        <Figure of={stage.wip} format={decimal} /> <span className="unit">{said.now(items)}</span>
      </span>
      <Pile items={items} />
      <ul className="told">
        {age85.value !== null && items > 0 && <li>{said.age(stageFigureText(age85))}</li>}
        <li>{said.rates(tenths(arrivalsPerWeek.value ?? 0), tenths(departuresPerWeek.value ?? 0))}</li>
        {median.value !== null && <li>{said.times(stageFigureText(median), stageFigureText(p85))}</li>}
        {visits.value !== null && <li>{said.visits(stageFigureText(visits))}</li>}
        <li>
          <Hours stage={stage.name} report={report} />
        </li>
      </ul>
    </>
  );
}

function Hours({ stage, report }: { readonly stage: string; readonly report: PageReport }): ReactNode {
  const { period, stages } = report.hours;
  const said = words.strip;
  const own = stages.find(({ name }) => name === stage);
  if (period === null || own === undefined) return <Withheld />;
  const { minutes, touchShare } = own;
  const touch = touchShare === null ? "" : touchShare > 1 ? `, ${said.fault}` : `, ${said.touch(percent(touchShare))}`;
  return `${said.hours(publishedHours(minutes))}${touch}`;
}
