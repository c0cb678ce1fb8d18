/** What goes wrong with the product's processes and servers in a week, and when, drawn from the seed. Pure. */
import type { Dice } from "./dice.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const LONGEST_OUTAGE_BEGINS = 60 * HOUR;
const LONGEST_OUTAGE = 36 * HOUR;
const SHORT_OUTAGE = 5 * MINUTE;

export type Disaster =
  /** Killed without warning, and away for so long; at once means as fast as it starts. */
  | { readonly kind: "receiver killed" | "worker killed"; readonly awayMilliseconds: number }
  /** All processes of the product at once. */
  | { readonly kind: "ledger away"; readonly awayMilliseconds: number }
  /** One of several workers stops in the midst of its work and goes on later, with what it read before. */
  | { readonly kind: "worker frozen"; readonly lastsMilliseconds: number }
  | { readonly kind: "Redis emptied" }
  | { readonly kind: "Redis killed"; readonly awayMilliseconds: number }
  | { readonly kind: "PostgreSQL crashed" };

export interface PlannedDisaster {
  readonly at: number;
  readonly disaster: Disaster;
}

/** In no order. In a week one outage of each process is longer than Asana keeps its cursors, or its webhooks. */
export function planDisasters(dice: Dice, from: number, to: number): readonly PlannedDisaster[] {
  const several = (fewest: number, most: number, make: () => Disaster): PlannedDisaster[] =>
    times(dice, fewest, most, from, to).map((at) => ({ at, disaster: make() }));
  const away = (): number => (dice.chance(0.6) ? 0 : dice.between(1, 90) * MINUTE);
  const long = (kind: "receiver killed" | "worker killed"): PlannedDisaster => ({
    at: from + dice.between(4, LONGEST_OUTAGE_BEGINS / HOUR) * HOUR,
    disaster: { kind, awayMilliseconds: dice.between(26, LONGEST_OUTAGE / HOUR) * HOUR },
  });
  return [
    ...(to - from > LONGEST_OUTAGE_BEGINS + LONGEST_OUTAGE ? [long("receiver killed"), long("worker killed")] : []),
    ...several(1, 2, () => ({ kind: "receiver killed", awayMilliseconds: away() })),
    ...several(2, 3, () => ({ kind: "worker killed", awayMilliseconds: away() })),
    ...several(1, 2, () => ({ kind: "ledger away", awayMilliseconds: SHORT_OUTAGE })),
    ...several(3, 6, () => ({ kind: "worker frozen", lastsMilliseconds: dice.between(5, 25) * MINUTE })),
    ...several(2, 4, () => ({ kind: "Redis emptied" })),
    ...several(1, 2, () => ({ kind: "Redis killed", awayMilliseconds: away() })),
    ...several(1, 2, () => ({ kind: "PostgreSQL crashed" })),
  ];
}

/** Instants, in no order. @param from the earliest @param to after the last */
export function times(dice: Dice, fewest: number, most: number, from: number, to: number): number[] {
  return Array.from({ length: dice.between(fewest, most) }, () => from + Math.floor(dice.throw() * (to - from)));
}
