/** What goes wrong in a week, and when, drawn from the seed. Pure. */
import type { Dice } from "./dice.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const LONGEST_OUTAGE_BEGINS = 60 * HOUR;
const LONGEST_OUTAGE = 36 * HOUR;

export type Disaster =
  /** Killed without warning, and away for so long; at once means as fast as it starts. */
  | { readonly kind: "receiver killed" | "worker killed"; readonly awayMilliseconds: number }
  /** One of several workers stops in the midst of its work and goes on later, with what it read before. */
  | { readonly kind: "worker frozen"; readonly lastsMilliseconds: number }
  /** Some tasks cannot be read for a while, as if they were deleted or closed to us. */
  | {
      readonly kind: "tasks hidden";
      readonly count: number;
      readonly status: 403 | 404;
      readonly lastsMilliseconds: number;
    }
  | { readonly kind: "Redis emptied" }
  | { readonly kind: "Redis killed"; readonly awayMilliseconds: number }
  | { readonly kind: "PostgreSQL crashed" }
  | { readonly kind: "429 storm"; readonly requests: number; readonly retryAfterSeconds: number }
  /** Most calls fail. */
  | { readonly kind: "Asana outage"; readonly lastsMilliseconds: number }
  | { readonly kind: "cursors forgotten" };

export interface PlannedDisaster {
  readonly at: number;
  readonly disaster: Disaster;
}

/** In no order. In a week one outage of each process is longer than Asana keeps its cursors, or its webhooks. */
export function planDisasters(dice: Dice, from: number, to: number): readonly PlannedDisaster[] {
  const at = (): number => from + Math.floor(dice.throw() * (to - from));
  const several = (fewest: number, most: number, make: () => Disaster): PlannedDisaster[] =>
    Array.from({ length: dice.between(fewest, most) }, () => ({ at: at(), disaster: make() }));
  const away = (): number => (dice.chance(0.6) ? 0 : dice.between(1, 90) * MINUTE);
  const long = (kind: "receiver killed" | "worker killed"): PlannedDisaster => ({
    at: from + dice.between(4, LONGEST_OUTAGE_BEGINS / HOUR) * HOUR,
    disaster: { kind, awayMilliseconds: dice.between(26, LONGEST_OUTAGE / HOUR) * HOUR },
  });
  return [
    ...(to - from > LONGEST_OUTAGE_BEGINS + LONGEST_OUTAGE ? [long("receiver killed"), long("worker killed")] : []),
    ...several(1, 2, () => ({ kind: "receiver killed", awayMilliseconds: away() })),
    ...several(2, 3, () => ({ kind: "worker killed", awayMilliseconds: away() })),
    ...several(3, 6, () => ({ kind: "worker frozen", lastsMilliseconds: dice.between(5, 25) * MINUTE })),
    ...several(1, 2, () => ({
      kind: "tasks hidden",
      count: dice.between(1, 6),
      status: dice.chance(0.6) ? 404 : 403,
      lastsMilliseconds: dice.between(1, 20) * HOUR,
    })),
    ...several(2, 4, () => ({ kind: "Redis emptied" })),
    ...several(1, 2, () => ({ kind: "Redis killed", awayMilliseconds: away() })),
    ...several(1, 2, () => ({ kind: "PostgreSQL crashed" })),
    ...several(3, 6, () => ({
      kind: "429 storm",
      requests: dice.between(5, 60),
      retryAfterSeconds: dice.between(1, 240),
    })),
    ...several(1, 2, () => ({ kind: "Asana outage", lastsMilliseconds: dice.between(10, 150) * MINUTE })),
    ...several(0, 1, () => ({ kind: "cursors forgotten" })),
  ];
}
