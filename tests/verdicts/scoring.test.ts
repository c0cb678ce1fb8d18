/** The harness judged by verdicts whose score is known by hand. */
import { expect, test } from "vitest";
import { scenarios } from "../simulators/pipelines/scenarios/all-scenarios.ts";
import { runAcceptance } from "./acceptance.ts";
import type { Answer, AskVerdict } from "./ask-verdict.ts";
import type { Observation } from "./observe.ts";
import { precision, precisionAtEvenOdds, recall, refusal, score } from "./score.ts";

function names(stage: string | null): Answer {
  return {
    named: stage,
    namedWithoutResampling: stage,
    outcome: stage === null ? "none" : "constraint",
    because: stage === null ? "no-clear-constraint" : "queue",
    share: 1,
  };
}

function anObservation(truth: string | null, answer: Answer): Observation {
  return {
    scenario: "any",
    family: "capacity",
    style: "merged",
    log: "as-logged",
    seed: 1,
    truth,
    finishes: 50,
    answer,
  };
}

test("precision, recall and refusal of ten hand-made answers", () => {
  const observations = [
    ...Array.from({ length: 4 }, () => anObservation("Review", names("Review"))),
    anObservation("Review", names("Build")),
    anObservation("Review", names(null)),
    anObservation(null, names("Test")),
    ...Array.from({ length: 3 }, () => anObservation(null, names(null))),
  ];
  const figures = score(observations, "confident");
  expect(figures).toEqual({
    runs: 10,
    withConstraint: 6,
    withoutConstraint: 4,
    named: 6,
    namedRightly: 4,
    refusedRightly: 3,
  });
  expect(precision(figures)).toBeCloseTo(4 / 6, 12);
  expect(recall(figures)).toBeCloseTo(4 / 6, 12);
  expect(refusal(figures)).toBe(0.75);
  // Right 4 of 6 with a constraint, named 5 of 6; named 1 of 4 without: (4/6) / (5/6 + 1/4) = 8/13.
  expect(precisionAtEvenOdds(figures)).toBeCloseTo(8 / 13, 12);
});

test("a candidate counts without resampling only", () => {
  const observation = anObservation("Review", { ...names("Review"), outcome: "candidate", share: 0.9 });
  expect(score([observation], "confident").named).toBe(0);
  expect(score([observation], "plain").named).toBe(1);
});

const some = scenarios.filter(({ name }) => ["capacity-middle", "under-loaded-even", "few-finishes"].includes(name));
const small = { scenarios: some, seeds: [31, 32], styles: ["merged", "separate"], distorted: false } as const;

test("a verdict that always refuses fails on recall and says so", () => {
  const acceptance = runAcceptance({ ...small, ask: () => ({ ...names(null), because: "too-few-finishes" }) });
  expect(acceptance.passed).toBe(false);
  expect(
    acceptance.gates.filter((gate) => gate.passed === false).map((gate) => `${gate.gate}: ${gate.measure}`),
  ).toEqual([
    "merged boards, k ≥ 95 %: recall",
    "separate boards, k ≥ 95 %: recall",
    "capacity, rework, starved downstream, pile: recall",
  ]);
});

test("a verdict that always names Review fails on refusal, and under 10 finishes", () => {
  const acceptance = runAcceptance({ ...small, ask: () => names("Review") });
  const failed = acceptance.gates
    .filter((gate) => gate.passed === false)
    .map((gate) => `${gate.gate}: ${gate.measure}`);
  expect(failed).toContain("merged boards, k ≥ 95 %: refusal");
  expect(failed).toContain("under-loaded, batch only, dead pile: refusal");
  expect(failed).toContain("under 10 finishes: refusal");
  expect(failed).not.toContain("capacity, rework, starved downstream, pile: recall");
});

test("a verdict that answers by the order of the items is noticed", () => {
  const byOrder: AskVerdict = ({ items }) => names(Number(items[0]?.id) === 10_001 ? "Review" : null);
  const gate = runAcceptance({ ...small, ask: byOrder }).gates.find((each) => each.gate.startsWith("same log"));
  expect(gate?.passed).toBe(false);
});

test("an ablation that changes nothing is a failure of the acceptance", () => {
  const deadPiles = scenarios.filter(({ family }) => family === "dead-pile");
  const ask: AskVerdict = () => names(null);
  const blind = runAcceptance({ ...small, scenarios: deadPiles, ask });
  expect(blind.gates.find((gate) => gate.gate.includes("without the parked rule"))?.passed).toBe(false);
  const telling = runAcceptance({
    ...small,
    scenarios: deadPiles,
    ask: (_, without) => names(without === "parked" ? "Review" : null),
  });
  expect(telling.gates.find((gate) => gate.gate.includes("without the parked rule"))?.passed).toBe(true);
});
