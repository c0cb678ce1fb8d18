/** Precision, recall and right to refuse over a set of observations. */
import type { Observation } from "./observe.ts";

/** "confident": what B3 lets through at k ≥ 95 % ("constraint"). "plain": B2 alone, without resampling. */
export type Reading = "confident" | "plain";

export interface Score {
  readonly runs: number;
  /** Runs whose truth is a stage. */
  readonly withConstraint: number;
  readonly withoutConstraint: number;
  readonly named: number;
  readonly namedRightly: number;
  /** Runs without a constraint in which none was named. */
  readonly refusedRightly: number;
}

export function score(observations: readonly Observation[], reading: Reading): Score {
  let [withConstraint, named, namedRightly, refusedRightly] = [0, 0, 0, 0];
  for (const observation of observations) {
    const name = namedIn(observation, reading);
    if (observation.truth !== null) withConstraint++;
    else if (name === null) refusedRightly++;
    if (name !== null) named++;
    if (name !== null && name === observation.truth) namedRightly++;
  }
  const runs = observations.length;
  return { runs, withConstraint, withoutConstraint: runs - withConstraint, named, namedRightly, refusedRightly };
}

export function namedIn({ answer }: Observation, reading: Reading): string | null {
  if (reading === "plain") return answer.namedWithoutResampling;
  return answer.outcome === "constraint" ? answer.named : null;
}

/** Of the runs in which a stage was named, the share in which it was the right one; null when none was named. */
export function precision({ namedRightly, named }: Score): number | null {
  return named === 0 ? null : namedRightly / named;
}

/** Of the runs with a constraint, the share in which it was named; null without such runs. */
export function recall({ namedRightly, withConstraint }: Score): number | null {
  return withConstraint === 0 ? null : namedRightly / withConstraint;
}

/** Of the runs without a constraint, the share in which none was named; null without such runs. */
export function refusal({ refusedRightly, withoutConstraint }: Score): number | null {
  return withoutConstraint === 0 ? null : refusedRightly / withoutConstraint;
}

/** Precision as it would be if half of all projects had no constraint (B5); null when a side is empty or nothing would be named. */
export function precisionAtEvenOdds(score: Score): number | null {
  const { named, namedRightly, withConstraint, withoutConstraint, refusedRightly } = score;
  if (withConstraint === 0 || withoutConstraint === 0) return null;
  const falselyNamed = withoutConstraint - refusedRightly;
  const namedPerConstraint = (named - falselyNamed) / withConstraint;
  const namedPerNone = falselyNamed / withoutConstraint;
  return namedPerConstraint + namedPerNone === 0
    ? null
    : namedRightly / withConstraint / (namedPerConstraint + namedPerNone);
}
