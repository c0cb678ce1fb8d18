/** The verdict (B2, B3): the sentence, how often resampling named it, what it rests on, what to try first. */
import type { FlowReport, ProjectFlow, Verdict } from "@stageledger/core";
import { count, counted, decimal, percent, spanText } from "@stageledger/core/contract/figure-text";
import { type HeadingLevel, heading } from "../heading.ts";
import { type Content, type Html, html, joined } from "../html.ts";
import { drawTable, number, text } from "../table.ts";
import { figure, figureWithCount, keyList, projectName, sentence } from "../words.ts";

export function verdictSection(flow: ProjectFlow, report: FlowReport, level: HeadingLevel): Html {
  const { verdict } = flow;
  return html`<div class="verdict">
<p class="eyebrow">${eyebrow(flow, report)}</p>
${heading(level, sentenceWithStage(verdict))}
${sureness(verdict)}
<ul class="evidence">${verdict.evidence.map((line) => html`<li>${sentence(line)}</li>`)}${largestShares(verdict)}<li>${cycleSentence(flow)}</li></ul>
${verdict.tryFirst !== null && html`<p class="try"><strong>Try first:</strong> ${sentence(verdict.tryFirst)}</p>`}
${itemsThere(verdict)}
${parked(verdict)}
${measures(verdict)}
</div>`;
}

function eyebrow(flow: ProjectFlow, report: FlowReport): Html {
  const { window, map } = report;
  return joined(
    [
      html`<strong>${projectName(flow)}</strong>`,
      `${spanText(window.firstDay, window.lastDay)} (${counted(window.weeks, "week")})`,
      `calendar time, ${report.zone}`,
      `map v${map.version}`,
      flow.verdict.boardNote,
    ],
    " · ",
  );
}

/** The stage's name inside the sentence takes the accent colour. */
function sentenceWithStage({ sentence: words, stage }: Verdict): Content {
  const at = stage === null || stage === "" ? -1 : words.indexOf(stage);
  if (stage === null || at < 0) return words;
  return html`${words.slice(0, at)}<span class="constraint">${stage}</span>${words.slice(at + stage.length)}`;
}

function sureness({ outcome, resamples, finishes }: Verdict): Html {
  const isCandidate = outcome === "candidate";
  const named = `${isCandidate ? "A candidate, not settled: named" : "Named"} in ${count(resamples.same)} of ${count(resamples.of)} resampled windows (seed ${resamples.seed})`;
  return html`<p class="sure">${joined(
    [outcome !== "none" && resamples.of > 0 && named, `${counted(finishes, "item")} finished in the window`],
    " · ",
  )}</p>`;
}

/** Without a constraint: where most of the open time was. */
function largestShares({ stage, stages }: Verdict): Html | false {
  const largest = stages.filter(({ share }) => share > 0).toSorted((a, b) => b.share - a.share);
  if (stage !== null || largest.length === 0) return false;
  const shares = largest.slice(0, 3).map((measured) => `${measured.stage} ${percent(measured.share)}`);
  return html`<li>Largest shares of open time: ${shares.join(", ")}.</li>`;
}

function cycleSentence({ cycleTime: { p85 }, cycleTimeRange: range }: ProjectFlow): Html {
  if (p85.value === null) return html`Cycle time: ${figure(p85)}`;
  return html`In these weeks 85 % of items finished within ${figureWithCount(p85)}${
    range !== null &&
    `; ${decimal(range.low)} to ${decimal(range.high)} d with ${counted(range.items, "re-opened item")} counted the other way`
  }.`;
}

function itemsThere({ stage, items }: Verdict): Html | false {
  return (
    stage !== null &&
    items.count > 0 &&
    html`<p class="quiet">In ${stage} now (${items.count}): ${keyList(items.keys, items.count)}.</p>`
  );
}

function parked({ parked: { count: many, keys } }: Verdict): Html {
  if (many === 0) return html`<p class="quiet">Parked: none.</p>`;
  return html`<p class="quiet">Parked, left out of the verdict (${many}): ${keyList(keys, many)}.</p>`;
}

function measures(verdict: Verdict): Html | false {
  if (verdict.stages.length === 0) return false;
  const hasQueue = verdict.stages.some((stage) => stage.queue !== null);
  const next = verdict.second;
  return html`<details><summary>The measures behind it</summary>${drawTable({
    label: "Measures behind the verdict",
    caption: html`Sampled every working hour of the window; rule ${verdict.rule}, map v${verdict.mapVersion}.${
      next !== null && ` Second: ${next.stage} with ${percent(next.share)} of open time.`
    }`,
    columns: [
      text("Stage"),
      number("Share of open time"),
      number("Mean items"),
      number("Variance"),
      number("Hours with work"),
      ...(hasQueue ? [number("Hours with a queue")] : []),
      number("WIP that covers 85 % of hours"),
    ],
    rows: verdict.stages.map((stage) => ({
      head: stage.waitingStages.length > 0 ? `${stage.stage} (with ${stage.waitingStages.join(", ")})` : stage.stage,
      isMarked: stage.stage === verdict.stage,
      cells: [
        percent(stage.share),
        decimal(stage.meanItems),
        decimal(stage.variance),
        percent(stage.full),
        ...(hasQueue ? [stage.queue === null ? "—" : percent(stage.queue)] : []),
        figure(stage.limitHint),
      ],
    })),
  })}</details>`;
}
