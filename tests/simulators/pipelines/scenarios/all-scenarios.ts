/** All scenarios, in the order of the table. */
import { capacityScenarios } from "./capacity.ts";
import { healthyScenarios } from "./healthy.ts";
import { pileScenarios } from "./pile.ts";
import { pullSystemScenarios } from "./pull-system.ts";
import { reworkScenarios } from "./rework.ts";
import type { Scenario } from "./scenario.ts";
import { starvedDownstreamScenarios } from "./starved-downstream.ts";
import { weakSpotScenarios } from "./weak-spots.ts";

export const scenarios: readonly Scenario[] = [
  ...capacityScenarios,
  ...reworkScenarios,
  ...starvedDownstreamScenarios,
  ...pileScenarios,
  ...pullSystemScenarios,
  ...healthyScenarios,
  ...weakSpotScenarios,
];
