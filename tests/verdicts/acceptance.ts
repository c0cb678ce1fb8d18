/** The acceptance as one function: the command line prints it, a test runs a small part of it. */
import type { Style } from "../simulators/pipelines/board.ts";
import { distortions } from "../simulators/pipelines/distort-log.ts";
import { type Scenario, WEEKS, WINDOW_WEEKS } from "../simulators/pipelines/scenarios/scenario.ts";
import { type Truth, truthOf } from "../simulators/pipelines/truth.ts";
import type { Ablation, AskVerdict } from "./ask-verdict.ts";
import { type GateResult, noticesMissing, passGates } from "./gates.ts";
import { answersTheSameAgain, type LogState, type Observation, observe } from "./observe.ts";

export interface AcceptanceOptions {
  readonly ask: AskVerdict;
  readonly scenarios: readonly Scenario[];
  readonly seeds: readonly number[];
  readonly styles: readonly Style[];
  /** Take a rule out of the verdict: the acceptance is then meant to fail. */
  readonly without?: Ablation | undefined;
  /** Also ask about distorted logs, default true. */
  readonly distorted?: boolean;
  /** Also check that the acceptance notices a missing rule, default true; never done when `without` is given. */
  readonly ablations?: boolean;
  /** Called after each scenario. */
  readonly onScenario?: (name: string, done: number, of: number) => void;
}

export interface Acceptance {
  readonly seeds: readonly number[];
  readonly truths: readonly { readonly scenario: string; readonly truth: Truth }[];
  readonly observations: readonly Observation[];
  readonly gates: readonly GateResult[];
  /** False when a gate failed. */
  readonly passed: boolean;
}

/** Where each rule matters: the families that lose their right verdict without it. */
const ablatedFamilies = { parked: ["dead-pile"], ceiling: ["pull-system"] } as const;

const truths = new Map<Scenario, Truth>();

export function runAcceptance(options: AcceptanceOptions): Acceptance {
  const logs: readonly LogState[] = options.distorted === false ? ["as-logged"] : ["as-logged", ...distortions];
  const observations: Observation[] = [];
  for (const [position, scenario] of options.scenarios.entries()) {
    const { stage } = truthFor(scenario);
    observations.push(...observe(scenario, stage, { ...options, logs }));
    options.onScenario?.(scenario.name, position + 1, options.scenarios.length);
  }
  const gates = [...passGates(observations), ...extraGates(options)];
  return {
    seeds: options.seeds,
    truths: options.scenarios.map((scenario) => ({ scenario: scenario.name, truth: truthFor(scenario) })),
    observations,
    gates,
    passed: gates.every((gate) => gate.passed !== false),
  };
}

/** Truth is a property of the scenario: computed once. */
function truthFor(scenario: Scenario): Truth {
  const known = truths.get(scenario);
  if (known !== undefined) return known;
  const truth = truthOf(scenario.line, { weeks: WEEKS, windowWeeks: WINDOW_WEEKS });
  truths.set(scenario, truth);
  return truth;
}

function extraGates(options: AcceptanceOptions): GateResult[] {
  if (options.without !== undefined) return [];
  const same = options.scenarios.filter((scenario) =>
    answersTheSameAgain(scenario, { ...options, seeds: options.seeds.slice(0, 1), logs: ["as-logged"] }),
  ).length;
  const share = options.scenarios.length === 0 ? null : same / options.scenarios.length;
  const repeatable: GateResult = {
    gate: "same log, map version and seed: same verdict and k",
    measure: "share",
    least: 1,
    value: share,
    n: options.scenarios.length,
    passed: share === null ? null : share === 1,
  };
  const ablations = options.ablations === false ? [] : ablationGates(options);
  return [repeatable, ...ablations];
}

function ablationGates(options: AcceptanceOptions): GateResult[] {
  const rules: readonly Ablation[] = ["parked", "ceiling"];
  return rules.flatMap((without) => {
    const families: readonly string[] = ablatedFamilies[without];
    const scenarios = options.scenarios.filter((scenario) => families.includes(scenario.family));
    if (scenarios.length === 0) return [];
    const observations = scenarios.flatMap((scenario) =>
      observe(scenario, truthFor(scenario).stage, { ...options, logs: ["as-logged"], without }),
    );
    return [noticesMissing(without, observations)];
  });
}
