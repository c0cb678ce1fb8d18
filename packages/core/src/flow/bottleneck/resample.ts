/** B3: how often the same stage is named when whole weeks are drawn again. Pure, seeded. */
import { seededRandom } from "../../random.ts";
import { type Decision, decide, measureStages, type VerdictGates } from "./decide.ts";
import type { StageSamples } from "./stage-samples.ts";

/** Number of resamples, of `gates.resamples`, that name the decided stage by either rule. */
export function countSameVerdict(samples: StageSamples, decision: Decision, gates: VerdictGates, seed: number): number {
  if (decision.kind === "none") return 0;
  const weeks = samples.finishesByWeek.length;
  const random = seededRandom(seed);
  let same = 0;
  for (let i = 0; i < gates.resamples; i += 1) {
    const drawn = Array.from({ length: weeks }, () => random(weeks));
    const again = decide(measureStages(samples, drawn), gates);
    if (again.kind !== "none" && again.stage === decision.stage) same += 1;
  }
  return same;
}
