/** The verdict (B2, B3): the sentence, how often resampling named it, what it rests on, what to try first. */
import { decimal, figureText, tenths } from "@stageledger/core/contract/figure-text";
import type { PageReport } from "@stageledger/core/contract/page-report";
import { type ReactNode, useState } from "react";
import { ItemKeys } from "../figures/item-keys.tsx";
import { projectName } from "../words/project-name.ts";
import { sentence } from "../words/sentence.ts";
import { words } from "../words/words.ts";
import { Measures } from "./measures.tsx";

const HOUR = 3_600_000;
/** From here on there is room beside the evidence. */
const WIDE = "(min-width: 60rem)";

interface Shown {
  readonly report: PageReport;
  /** The day of what is told as of an instant; null: now. */
  readonly at: string | null;
}

export function VerdictCard({ report, at, level = 1 }: Shown & { readonly level?: 1 | 2 }): ReactNode {
  const { flow, window, zone, map } = report;
  const { verdict } = flow;
  const said = words.verdict;
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <section className="verdict">
      <p className="eyebrow">
        <strong>{projectName(report.project)}</strong> ·{" "}
        {said.eyebrow({
          span: words.span(window),
          weeks: window.weeks,
          zone,
          mapVersion: map.version,
          time: report.time,
        })}
      </p>
      <Heading className="sentence">
        <SentenceWithStage sentence={verdict.sentence} stage={verdict.stage} />
      </Heading>
      <div className="beside">
        <div>
          <p className="sure">{sureness(report)}</p>
          <ul className="evidence">
            {verdict.evidence.map((line) => (
              <li key={line}>{sentence(line)}</li>
            ))}
            {verdict.stage === null && verdict.stages.some(({ share }) => share > 0) && (
              <li>{said.shares(largestShares(report))}</li>
            )}
            <li>{cycleSentence(report)}</li>
            {flow.businessTime !== null && <li>{businessSentence(flow.businessTime)}</li>}
          </ul>
          {verdict.tryFirst !== null && (
            <p className="try">
              <strong>{said.tryFirst}</strong> {sentence(verdict.tryFirst)}
            </p>
          )}
          <Items report={report} at={at} />
          <p className="quiet">
            {sentence(verdict.boardNote)}
            {verdict.accuracyNote !== null && ` ${sentence(verdict.accuracyNote)}`}
          </p>
        </div>
        <Limits />
      </div>
      {verdict.stages.length > 0 && <Measures report={report} />}
    </section>
  );
}

/** The stage's name inside the sentence takes the accent colour. */
function SentenceWithStage({
  sentence: said,
  stage,
}: {
  readonly sentence: string;
  readonly stage: string | null;
}): ReactNode {
  const at = stage === null || stage === "" ? -1 : said.indexOf(stage);
  if (stage === null || at < 0) return said;
  return (
    <>
      {said.slice(0, at)}
      <span className="constraint">{stage}</span>
      {said.slice(at + stage.length)}
    </>
  );
}

function sureness({ flow: { verdict } }: PageReport): string {
  const { outcome, resamples, finishes, thin } = verdict;
  const said = words.verdict;
  const named = (outcome === "candidate" ? said.candidate : said.named)(resamples.same, resamples.of);
  return [
    outcome !== "none" && resamples.of > 0 && `${named} (${said.seed(resamples.seed)})`,
    said.finished(finishes),
    thin && said.thin,
  ]
    .filter((part) => part !== false)
    .join(" · ");
}

function largestShares({ flow: { verdict } }: PageReport): PageReport["flow"]["verdict"]["stages"] {
  return verdict.stages
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, 3);
}

function cycleSentence({ flow: { cycleTime, cycleTimeRange: range } }: PageReport): string {
  const { value, n, note } = cycleTime.p85;
  const said = words.verdict;
  if (value === null) return said.noCycle(note ?? decimal(n));
  return `${said.cycle(value, n)}${range === null ? "" : said.range(range.low, range.high, range.items)}.`;
}

/** A business day has fewer hours than 24, so business time is said in hours (F6). */
function businessSentence({ p50, p85, hoursPerDay }: NonNullable<PageReport["flow"]["businessTime"]>): string {
  const hours = (value: number): string => `${tenths(value / HOUR)} h`;
  return words.verdict.business(figureText(p50, hours), figureText(p85, hours), p85.n, hoursPerDay);
}

/** Those behind the verdict, and those that it leaves out. */
function Items({ report, at }: Shown): ReactNode {
  const { flow, linkKindByKey: links, isRestricted } = report;
  const { stage, items, parked } = flow.verdict;
  const said = words.verdict;
  const keys = ({ keys, count }: typeof items): ReactNode =>
    keys.length === 0 ? null : <ItemKeys keys={keys} total={count} links={links} />;
  return (
    <>
      {stage !== null && items.count > 0 && (
        <p className="quiet">
          {said.itemsIn(stage, items.count, at)} {keys(items)}
        </p>
      )}
      <p className="quiet">
        {parked.count === 0 ? (
          said.noneParked
        ) : (
          <>
            {said.parked(parked.count)} {keys(parked)}
          </>
        )}
      </p>
      {isRestricted && <p className="quiet">{said.keysKept}</p>}
    </>
  );
}

function Limits(): ReactNode {
  const { limits, limitsIntro, limitsList } = words.verdict;
  const [isWide] = useState(() => window.matchMedia(WIDE).matches);
  return (
    <details className="limits" open={isWide}>
      <summary>{limits}</summary>
      <p>{limitsIntro}</p>
      <ul className="plain">
        {limitsList.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}
