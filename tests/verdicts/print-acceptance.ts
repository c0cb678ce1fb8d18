/** The acceptance as text: one row a scenario and board style, then the gates. */
import type { Style } from "../simulators/pipelines/board.ts";
import type { Acceptance } from "./acceptance.ts";
import { type GateResult, isCounted } from "./gates.ts";
import type { LogState, Observation } from "./observe.ts";
import { precision, precisionAtEvenOdds, type Reading, recall, refusal, type Score, score } from "./score.ts";

const READINGS: readonly Reading[] = ["confident", "plain"];

export function acceptanceText(acceptance: Acceptance): string {
  const { seeds, observations } = acceptance;
  return [
    `Seeds ${seeds.at(0)}–${seeds.at(-1)} (${seeds.length}). P precision, R recall, N right to refuse; of how many in brackets.`,
    "",
    row("scenario", "truth", "board", "k ≥ 95 %", "without resampling", "answers"),
    ...acceptance.truths.flatMap(({ scenario, truth }) => scenarioRows(scenario, truth.stage, observations)),
    "",
    ...totals(observations),
    "",
    ...acceptance.gates.map(gateLine),
    "",
    acceptance.passed ? "Accepted." : "Not accepted.",
    "",
  ].join("\n");
}

function scenarioRows(scenario: string, truth: string | null, observations: readonly Observation[]): string[] {
  const own = observations.filter(
    (observation) => observation.scenario === scenario && observation.log === "as-logged",
  );
  return stylesIn(own).map((style) => {
    const ofStyle = own.filter((observation) => observation.style === style);
    const [confident, plain] = READINGS.map((reading) => figures(score(ofStyle, reading)));
    const note = own.every(isCounted) ? "" : " (not in the totals)";
    return row(scenario, truth ?? "none", style, confident ?? "", plain ?? "", answers(ofStyle) + note);
  });
}

function totals(observations: readonly Observation[]): string[] {
  const logs = [...new Set(observations.map((observation) => observation.log))];
  const counted = observations.filter(isCounted);
  return logs.flatMap((log: LogState) => {
    const ofLog = counted.filter((observation) => observation.log === log);
    return stylesIn(ofLog).map((style) => {
      const ofStyle = ofLog.filter((observation) => observation.style === style);
      const [confident, plain] = READINGS.map((reading) => figures(score(ofStyle, reading)));
      const even = ratio(precisionAtEvenOdds(score(ofStyle, "confident")));
      return row(`all, ${log}`, "", style, confident ?? "", plain ?? "", `P ${even} if half had no constraint`);
    });
  });
}

function gateLine({ gate, measure, least, value, n, passed }: GateResult): string {
  const mark = passed === null ? "nothing to measure" : passed ? "passed" : "FAILED";
  return `${gate}: ${measure} ${ratio(value)}, at least ${ratio(least)}, n ${n} · ${mark}`;
}

function figures(score: Score): string {
  return [
    `P ${ratio(precision(score))} (${score.named})`,
    `R ${ratio(recall(score))} (${score.withConstraint})`,
    `N ${ratio(refusal(score))} (${score.withoutConstraint})`,
  ].join(" ");
}

function answers(observations: readonly Observation[]): string {
  const counts = Map.groupBy(observations, ({ answer }) => `${answer.named ?? "none"}/${answer.because}`);
  return [...counts].map(([answer, { length }]) => `${answer} ${length}`).join(", ");
}

function stylesIn(observations: readonly Observation[]): Style[] {
  return [...new Set(observations.map((observation) => observation.style))];
}

function ratio(value: number | null): string {
  return value === null ? "—" : value.toFixed(3).replace(/^0/, "");
}

function row(scenario: string, truth: string, style: string, confident: string, plain: string, rest: string): string {
  return `${scenario.padEnd(24)} ${truth.padEnd(9)} ${style.padEnd(9)} ${confident.padEnd(34)} ${plain.padEnd(34)} ${rest}`.trimEnd();
}
