/** A small part of `npm run verdicts`: other seeds, the scenarios on which each rule of the verdict turns. */
import { expect, test } from "vitest";
import { scenarios } from "../simulators/pipelines/scenarios/all-scenarios.ts";
import { runAcceptance } from "./acceptance.ts";
import { askVerdict } from "./ask-verdict.ts";

const NAMES = [
  "capacity-middle",
  "capacity-last",
  "pull-review",
  "pull-test",
  "under-loaded-even",
  "under-loaded-long-line",
  "batch-late-closing",
  "dead-pile-dumped",
  "dead-pile-trickle",
  "few-finishes",
];
const SEEDS = [820_001, 820_002, 820_003, 820_004, 820_005, 820_006];
const chosen = scenarios.filter((scenario) => NAMES.includes(scenario.name));

test("the verdict passes every gate on simulated teams whose constraint is known, and fails without the parked or the ceiling rule", () => {
  expect(chosen.map((scenario) => scenario.name)).toEqual(expect.arrayContaining(NAMES));
  const { gates } = runAcceptance({ ask: askVerdict, scenarios: chosen, seeds: SEEDS, styles: ["merged", "separate"] });
  expect(gates.filter((gate) => gate.passed === false)).toEqual([]);
  expect(gates.filter((gate) => gate.passed === true).length).toBeGreaterThanOrEqual(15);
});

test("the gates turn red when the parked rule is taken out", () => {
  const { passed } = runAcceptance({
    ask: askVerdict,
    scenarios: chosen,
    seeds: SEEDS,
    styles: ["merged"],
    without: "parked",
    distorted: false,
  });
  expect(passed).toBe(false);
});

test("the gates turn red when the ceiling rule is taken out", () => {
  const { passed } = runAcceptance({
    ask: askVerdict,
    scenarios: chosen,
    seeds: SEEDS,
    styles: ["merged"],
    without: "ceiling",
    distorted: false,
  });
  expect(passed).toBe(false);
});
