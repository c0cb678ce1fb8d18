/** B2–B5: from the samples of one project to its verdict. Pure; the seed is an argument. */
import type { StageEvidence, Verdict } from "../bottleneck.ts";
import type { FigureSheet } from "../figure.ts";
import { busiestShare } from "../forecast.ts";
import { percentileOfSorted } from "../percentile.ts";
import {
  byShare,
  DEFAULT_VERDICT_GATES,
  type Decision,
  decide,
  type FailedTest,
  measureStages,
  type StageMeasure,
  type VerdictGates,
} from "./decide.ts";
import { countSameVerdict } from "./resample.ts";
import type { StageSamples } from "./stage-samples.ts";
import { accuracyNote, BOARD_NOTES, evidenceFor, sentenceFor, tryFirst } from "./verdict-words.ts";

/** Before confidence: the stage that the rules name, if any (B2). */
export interface Naming {
  readonly stage: number | undefined;
  readonly because: Verdict["because"];
  readonly failed: FailedTest | undefined;
}

/** Percent of the sampled hours that the hinted WIP limit covers (F27). */
const LIMIT_HINT_PERCENT = 85;

/** Rules 1 to 4 of B2, without resampling. */
export function nameStage(samples: StageSamples, measures: readonly StageMeasure[], gates: VerdictGates): Naming {
  if (samples.finishes < gates.leastFinishes) {
    return {
      stage: undefined,
      because: "too-few-finishes",
      failed: { test: "items finished in the window", value: samples.finishes, gate: gates.leastFinishes },
    };
  }
  const decision = decide(measures, gates);
  if (decision.kind === "none") return { stage: undefined, because: "no-clear-constraint", failed: decision.failed };
  if (decision.kind === "ceiling" || decision.stage !== measures.length - 1)
    return { stage: decision.stage, because: decision.kind, failed: undefined };

  const batch = busiestShare(samples.finishesByWeek.flat(), samples.workingDays);
  if (batch < gates.batchShare) return { stage: decision.stage, because: "queue", failed: undefined };
  const measure = measures[decision.stage];
  if (measure !== undefined && measure.waitingShare > gates.policyWaitingShare)
    return { stage: decision.stage, because: "policy-queue", failed: undefined };
  return {
    stage: undefined,
    because: "batch",
    failed: { test: "share of finishes on the busiest tenth of working days", value: batch, gate: gates.batchShare },
  };
}

/** The whole verdict. `itemsByStage` lists who sits in each logical stage now. */
export function judge(
  samples: StageSamples,
  sheet: FigureSheet,
  seed: number,
  itemsByStage: readonly { readonly count: number; readonly keys: readonly string[] }[],
  gates: VerdictGates = DEFAULT_VERDICT_GATES,
): Verdict {
  const allWeeks = samples.finishesByWeek.map((_, week) => week);
  const measures = measureStages(samples, allWeeks);
  const naming = nameStage(samples, measures, gates);
  const asDecision: Decision | undefined =
    naming.stage === undefined
      ? undefined
      : { kind: naming.because === "ceiling" ? "ceiling" : "queue", stage: naming.stage };
  const same = asDecision === undefined ? 0 : countSameVerdict(samples, asDecision, gates, seed);
  const confidence = same / gates.resamples;
  const isStable = naming.stage !== undefined && confidence >= gates.candidateAt;
  const named = isStable ? naming.stage : undefined;
  const because = naming.stage !== undefined && !isStable ? "unstable" : naming.because;
  const failed =
    because === "unstable"
      ? { test: "share of resampled windows that name the same stage", value: confidence, gate: gates.candidateAt }
      : naming.failed;

  const stages = measures.map((measure, i) => describe(samples, measure, i, sheet));
  const chosen = named === undefined ? undefined : stages[named];
  const secondIndex = byShare(measures).find((i) => i !== (named ?? byShare(measures)[0]));
  const second = secondIndex === undefined ? undefined : stages[secondIndex];
  const outcome = chosen === undefined ? "none" : confidence >= gates.constraintAt ? "constraint" : "candidate";
  const items = (named === undefined ? undefined : itemsByStage[named]) ?? { count: 0, keys: [] };
  const isThin = samples.finishes < gates.thinFinishes;
  return {
    outcome,
    because,
    stage: chosen?.stage ?? null,
    sentence: sentenceFor(because, chosen, outcome),
    evidence: evidenceFor(because, chosen, second, failed, samples.finishes, isThin),
    failedTest: failed ?? null,
    resamples: { same, of: gates.resamples, seed },
    thin: isThin,
    finishes: samples.finishes,
    boardStyle: samples.board.style,
    boardNote: BOARD_NOTES[samples.board.style],
    accuracyNote: accuracyNote(samples.board.style, outcome),
    stages,
    second: second === undefined ? null : { stage: second.stage, share: second.share },
    items,
    parked: { count: samples.parked.count, keys: samples.parked.keys },
    tryFirst:
      chosen === undefined ? null : tryFirst(because, chosen, items.count - (samples.parkedByStage[named ?? -1] ?? 0)),
    rule: ruleOf(because),
    mapVersion: sheet.mapVersion,
    findings: sheet.touching("B2"),
  };
}

function describe(samples: StageSamples, measure: StageMeasure, index: number, sheet: FigureSheet): StageEvidence {
  const stage = samples.board.stages[index];
  const hours = Int32Array.from(samples.itemsByHour[index] ?? []).sort();
  const isOneColumn = stage === undefined || stage.waiting.length === 0 || stage.active.length === 0;
  return {
    stage: stage?.name ?? "",
    waitingStages: isOneColumn ? [] : stage.waitingNames,
    meanItems: measure.meanItems,
    variance: measure.variance,
    share: measure.share,
    full: measure.full,
    queue: measure.queue ?? null,
    limitHint: sheet.figure(percentileOfSorted(hours, LIMIT_HINT_PERCENT) ?? null, hours.length, "items", "F27"),
  };
}

function ruleOf(because: Verdict["because"]): string {
  if (because === "too-few-finishes") return "B2.1";
  if (because === "ceiling") return "B2.2";
  if (because === "queue") return "B2.3";
  if (because === "batch" || because === "policy-queue") return "B2.4";
  return because === "unstable" ? "B3" : "B2.5";
}
