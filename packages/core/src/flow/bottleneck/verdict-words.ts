/** The verdict in words: what is so, what it rests on, what to try. Never who (B5, B6). */
import type { BoardStyle, StageEvidence, Verdict } from "../bottleneck.ts";
import type { FailedTest } from "./decide.ts";

export const BOARD_NOTES: Readonly<Record<BoardStyle, string>> = {
  merged: "waiting not kept apart: this board cannot tell queue from work",
  separate: "waiting kept apart",
};

/**
 * Of 100 named stages how many were right. Measured on 240 seeds of 27 simulated scenarios:
 * `npm run verdicts -- --seeds 240 --seed-base 1200000`, docs/flow-rules.md.
 */
const RIGHT: Readonly<
  Record<BoardStyle, { readonly constraint: number; readonly ifHalfHaveNone: number; readonly candidate: number }>
> = {
  merged: { constraint: 93, ifHalfHaveNone: 88, candidate: 60 },
  separate: { constraint: 93, ifHalfHaveNone: 88, candidate: 67 },
};

/** How far to trust the verdict (B5); null when no stage is named. */
export function accuracyNote(style: BoardStyle, outcome: Verdict["outcome"]): string | null {
  const { constraint, ifHalfHaveNone, candidate } = RIGHT[style];
  if (outcome === "none") return null;
  if (outcome === "candidate")
    return `On simulated boards of this style a candidate was the true constraint ${candidate} times in 100.`;
  return `On simulated boards of this style a named stage was the true constraint ${constraint} times in 100; ${ifHalfHaveNone} if half of all projects have none.`;
}

export function sentenceFor(
  because: Verdict["because"],
  chosen: StageEvidence | undefined,
  outcome: Verdict["outcome"],
): string {
  if (chosen !== undefined) {
    if (because === "policy-queue") return `Work waits for a release after ${chosen.stage}.`;
    return outcome === "constraint" ? `${chosen.stage} holds the work up.` : `${chosen.stage} may hold the work up.`;
  }
  if (because === "too-few-finishes") return "Too few items finished to tell.";
  if (because === "batch") return "Work leaves in batches: the log cannot tell why.";
  return because === "unstable" ? "No clear constraint: the answer changes with the weeks." : "No clear constraint.";
}

/** Sentences, most telling first. */
export function evidenceFor(
  because: Verdict["because"],
  chosen: StageEvidence | undefined,
  second: StageEvidence | undefined,
  failed: FailedTest | undefined,
  finishes: number,
  isThin: boolean,
): string[] {
  const lines = [chosen === undefined ? refusal(because, failed) : grounds(because, chosen, second)];
  if (isThin && because !== "too-few-finishes") lines.push(`Thin data: ${finishes} items finished in the window.`);
  return lines;
}

/** `present` = items in the stage now, parked ones aside: the hint does not count them either. A limit above what is there already would only bless the pile. */
export function tryFirst(because: Verdict["because"], chosen: StageEvidence, present: number): string | null {
  const limit = chosen.limitHint.value;
  if (because === "policy-queue") return "more frequent releases, or a limit on what may wait for one";
  if (limit === null) return null;
  if (limit >= present && present > 1)
    return `let no new work into ${chosen.stage} until fewer than ${present} items are there, parked ones aside; then set a limit`;
  return `a WIP limit of ${Math.max(1, limit)} in ${chosen.stage} (it covers 85 % of the time today)`;
}

function grounds(because: Verdict["because"], chosen: StageEvidence, second: StageEvidence | undefined): string {
  if (because === "ceiling") {
    return `Work is stuck at its limit up to here and flows after it: ${round(chosen.meanItems)} items on average, nearly constant (variance ${round(chosen.variance)}); ${neverEmpty(chosen)}.`;
  }
  const times =
    second === undefined || second.share === 0
      ? ""
      : `, ${(chosen.share / second.share).toFixed(1)} × the next (${second.stage})`;
  const queue = chosen.queue === null ? "" : `; its queue stood ${percent(chosen.queue)} of the hours`;
  return `${percent(chosen.share)} of open time sits here${times}; ${neverEmpty(chosen)}${queue}.`;
}

function refusal(because: Verdict["because"], failed: FailedTest | undefined): string {
  if (failed === undefined) return "";
  const isRatio = failed.test.startsWith("share");
  const gate = isRatio ? percent(failed.gate) : round(failed.gate);
  const value = apartFrom(gate, (digits) => (isRatio ? percent(failed.value, digits) : round(failed.value, digits)));
  if (because === "batch")
    return `${value} of the finishes fall on the busiest tenth of the working days (gate ${gate}): a release window or late closing, the log cannot tell.`;
  return `First failed test: ${failed.test}, ${value} against a gate of ${gate}.`;
}

function neverEmpty(stage: StageEvidence): string {
  return stage.full === 1 ? "it never ran empty" : `it ran empty in ${percent(1 - stage.full)} of the hours`;
}

/** A value that missed its gate must not be rounded to it: 1.48 against 1.5, not 1.5 against 1.5. */
function apartFrom(gate: string, write: (digits: number) => string): string {
  let digits = 0;
  while (write(digits) === gate && digits < MOST_DIGITS) digits += 1;
  return write(digits);
}

const MOST_DIGITS = 6;

/** `moreDigits` than a reader usually needs. */
function percent(share: number, moreDigits = 0): string {
  const value = share * 100;
  const digits = (value > 0 && value < 1 ? 1 : 0) + moreDigits;
  return `${value.toFixed(digits)} %`;
}

function round(value: number, moreDigits = 0): string {
  return value >= Number.MAX_SAFE_INTEGER ? "∞" : String(Number(value.toFixed(1 + moreDigits)));
}
