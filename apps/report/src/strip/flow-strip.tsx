/** The stages from left to right, each in words: what is in it now, what went in and out, how long it takes, what was logged. */
import { decimal, percent, publishedHours, tenths } from "@stageledger/core/contract/figure-text";
import type { PageFlow } from "@stageledger/core/contract/page-flow";
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { ReactNode } from "react";
import { Figure, Never, StageFigure, Withheld } from "../figures/figure.tsx";
import { StageMark } from "../verdict/stage-mark.tsx";
import { markedStages, queuesFor } from "../verdict/stages-of-verdict.ts";
import { words } from "../words/words.ts";
import { Pile } from "./pile.tsx";
import { chosenStages, movingStages, weightOf } from "./shown-stages.ts";

/** One row on a wide screen. */
const MOST_STAGES = 8;

type StageRow = PageFlow["stages"][number];

interface Shown {
  readonly report: PageReport;
  /** The day of what is told as of an instant; null: now. */
  readonly at: string | null;
}

export function FlowStrip({ report, at }: Shown): ReactNode {
  const { flow, window } = report;
  const said = words.strip;
  const moving = movingStages(flow);
  const names = chosenStages(
    moving.filter(isInStrip).map((stage) => ({ name: stage.name, weight: weightOf(stage) })),
    MOST_STAGES,
    markedStages(flow),
  );
  const stages = moving.filter((stage) => names.includes(stage.name));
  const left = moving.length - stages.length;
  return (
    <section className="flow-section" aria-label={said.title}>
      <ol className="flow" aria-label={said.label}>
        {stages.map((stage) => (
          <Stage key={stage.name} stage={stage} report={report} at={at} />
        ))}
      </ol>
      <p className="sub">
        {said.about(words.span(window), window.weeks, at)}
        {left > 0 && ` ${said.quieter(left)}`} {hoursAndDetours(report)}
      </p>
    </section>
  );
}

/** What no stage names is beside the flow: a part of it only while items are there. */
function isInStrip({ kind, wip }: StageRow): boolean {
  return kind !== "unmapped" || (wip.value ?? 0) > 0;
}

/** Of which weeks the hours are, and how many items did not go straight through. */
function hoursAndDetours({ hours, dataQuality }: PageReport): string {
  const said = words.strip;
  const last = hours.periods.at(-1);
  const detours = dataQuality.filter(({ kind }) => kind === "skipped-stage" || kind === "backward-move");
  return [
    last === undefined ? words.hours.none(hours.stagesNextOn) : said.hoursOf(words.span(last.days)),
    detours.length > 0 && `${said.detours(detours.map(({ text }) => text))}`,
  ]
    .filter((part) => part !== false)
    .join(" ");
}

function Stage({ stage, report, at }: Shown & { readonly stage: StageRow }): ReactNode {
  const { flow } = report;
  const isConstraint = stage.name === flow.verdict.stage;
  const isQueue = !isConstraint && queuesFor(flow).includes(stage.name);
  return (
    <li className={isConstraint ? "is-constraint" : isQueue ? "is-queue" : undefined}>
      <span className="name">
        {stage.name}
        {isConstraint && (
          <>
            {" "}
            <StageMark outcome={flow.verdict.outcome} />
          </>
        )}
      </span>
      <span className="kind">{isQueue && words.strip.queueOf(flow.verdict.stage ?? "")}</span>
      {stage.kind === "done" ? <DoneStage stage={stage} /> : <OpenStage stage={stage} report={report} at={at} />}
    </li>
  );
}

/** What lies in a done stage is no work in progress: only its arrivals say something. */
function DoneStage({ stage }: { readonly stage: StageRow }): ReactNode {
  const { head } = words.strip;
  return (
    <dl className="told">
      <Told name={head.arrivals}>
        <Figure of={stage.arrivalsPerWeek} format={tenths} />
      </Told>
    </dl>
  );
}

/** The same lines in the same places for every stage, so that they are compared along the row. */
function OpenStage({ stage, report, at }: Shown & { readonly stage: StageRow }): ReactNode {
  const { head, now, of } = words.strip;
  const items = stage.wip.value ?? 0;
  return (
    <>
      <span className="wip">
        <Figure of={stage.wip} format={decimal} /> <span className="unit">{now(items, at)}</span>
      </span>
      <Pile items={items} />
      <dl className="told">
        <Told name={head.age85}>
          <Figure of={stage.age85} />
        </Told>
        <Told name={head.arrivals}>
          <Figure of={stage.arrivalsPerWeek} format={tenths} />
        </Told>
        <Told name={head.departures}>
          <Figure of={stage.departuresPerWeek} format={tenths} />
        </Told>
        <Told name={head.median}>
          <StageFigure of={stage.median} />
        </Told>
        <Told name={head.p85}>
          <StageFigure of={stage.p85} />
        </Told>
        <Told name={head.visits}>
          <StageFigure of={stage.visits} />
        </Told>
        <Told name={head.cameBy}>{of(stage.visits.n, report.flow.verdict.finishes)}</Told>
        <Told name={head.skipped}>
          <StageFigure of={stage.skipped} />
        </Told>
        <Told name={head.movedBack}>
          <StageFigure of={stage.movedBack} />
        </Told>
        <Hours stage={stage.name} report={report} />
      </dl>
    </>
  );
}

function Told({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Hours({ stage, report }: { readonly stage: string; readonly report: PageReport }): ReactNode {
  const { head, fault } = words.strip;
  const own = report.hours.stages.find(({ name }) => name === stage);
  if (own === undefined)
    return (
      <div className="withheld">
        <dt>{head.hours}</dt>
        <dd>
          <Withheld />
        </dd>
      </div>
    );
  const { minutes, touchShare } = own;
  return (
    <>
      <Told name={head.hours}>{publishedHours(minutes)}</Told>
      <Told name={head.touch}>{touchShare === null ? <Never /> : touchShare > 1 ? fault : percent(touchShare)}</Told>
    </>
  );
}
