/** The acceptance of the verdict. Frozen before the seeds are drawn. */
import type { Family } from "../simulators/pipelines/scenarios/scenario.ts";
import type { LogState, Observation } from "./observe.ts";
import { namedIn, precision, type Reading, recall, refusal, score } from "./score.ts";

export interface GateResult {
  readonly gate: string;
  readonly measure: "precision" | "recall" | "refusal" | "share";
  readonly least: number;
  /** Null when there was nothing to measure: the gate is then neither passed nor failed. */
  readonly value: number | null;
  readonly n: number;
  readonly passed: boolean | null;
}

interface Gate {
  readonly name: string;
  readonly reading: Reading;
  readonly log: LogState;
  /** Undefined: all that count. */
  readonly families?: readonly Family[];
  /** Undefined: both styles together. */
  readonly style?: Observation["style"];
  readonly precision?: number;
  readonly recall?: number;
  readonly refusal?: number;
}

const STRONG: readonly Family[] = ["capacity", "rework", "starved-downstream", "pile"];
const PULL: readonly Family[] = ["pull-system"];
const NOTHING_THERE: readonly Family[] = ["under-loaded", "batch-only", "dead-pile"];

/**
 * Families that stand outside the overall figures. "few-finishes" is refused by its own line, and counting it would only
 * lift the refusals; "never-knowable" is what B6 says no log of moves can tell.
 */
const NOT_COUNTED: readonly Family[] = ["few-finishes", "never-knowable"];

const FEWEST_FINISHES = 10;

const gates: readonly Gate[] = [
  {
    name: "merged boards, k ≥ 95 %",
    reading: "confident",
    log: "as-logged",
    style: "merged",
    precision: 0.92,
    recall: 0.6,
    refusal: 0.86,
  },
  {
    name: "separate boards, k ≥ 95 %",
    reading: "confident",
    log: "as-logged",
    style: "separate",
    precision: 0.93,
    recall: 0.58,
    refusal: 0.9,
  },
  {
    name: "capacity, rework, starved downstream, pile",
    reading: "plain",
    log: "as-logged",
    families: STRONG,
    precision: 0.95,
    recall: 0.85,
  },
  { name: "pull systems", reading: "plain", log: "as-logged", families: PULL, precision: 0.9, recall: 0.8 },
  {
    name: "under-loaded, batch only, dead pile",
    reading: "plain",
    log: "as-logged",
    families: NOTHING_THERE,
    refusal: 0.95,
  },
  { name: "logged a day late, k ≥ 95 %", reading: "confident", log: "day-late", precision: 0.9 },
  { name: "30 % updated on Fridays only, k ≥ 95 %", reading: "confident", log: "fridays-only", precision: 0.9 },
  {
    name: "40 % of the moves into work forgotten, k ≥ 95 %",
    reading: "confident",
    log: "forgotten-moves",
    precision: 0.9,
  },
];

export function isCounted(observation: { readonly family: Family }): boolean {
  return !NOT_COUNTED.includes(observation.family);
}

export function passGates(observations: readonly Observation[]): GateResult[] {
  return [...gates.flatMap((gate) => resultsOf(gate, observations)), fewFinishes(observations)];
}

/**
 * Whether the acceptance fails on verdicts given without a rule. Only the gates of single families are asked: the rule
 * stands in for them with nothing else in the way, and with it they are measured on the same runs.
 */
export function noticesMissing(rule: "parked" | "ceiling", observations: readonly Observation[]): GateResult {
  const results = gates.filter((gate) => gate.families !== undefined).flatMap((gate) => resultsOf(gate, observations));
  const failed = results.some((result) => result.passed === false);
  return {
    gate: `the acceptance fails without the ${rule} rule`,
    measure: "share",
    least: 1,
    value: failed ? 1 : 0,
    n: observations.length,
    passed: failed,
  };
}

function resultsOf(gate: Gate, observations: readonly Observation[]): GateResult[] {
  const own = observations.filter(
    (observation) =>
      observation.log === gate.log &&
      (gate.style === undefined || observation.style === gate.style) &&
      (gate.families === undefined ? isCounted(observation) : gate.families.includes(observation.family)),
  );
  const figures = score(own, gate.reading);
  const result = (
    measure: "precision" | "recall" | "refusal",
    least: number | undefined,
    value: number | null,
    n: number,
  ): GateResult[] =>
    least === undefined
      ? []
      : [{ gate: gate.name, measure, least, value, n, passed: value === null ? null : value >= least }];
  return [
    ...result("precision", gate.precision, precision(figures), figures.named),
    ...result("recall", gate.recall, recall(figures), figures.withConstraint),
    ...result("refusal", gate.refusal, refusal(figures), figures.withoutConstraint),
  ];
}

/** Under ten finishes in the window the verdict must refuse, whatever the scenario, and say why. */
function fewFinishes(observations: readonly Observation[]): GateResult {
  const own = observations.filter(
    (observation) => observation.log === "as-logged" && observation.finishes < FEWEST_FINISHES,
  );
  const refused = own.filter(
    (observation) => namedIn(observation, "plain") === null && observation.answer.because === "too-few-finishes",
  ).length;
  const value = own.length === 0 ? null : refused / own.length;
  return {
    gate: "under 10 finishes",
    measure: "refusal",
    least: 1,
    value,
    n: own.length,
    passed: value === null ? null : value === 1,
  };
}
