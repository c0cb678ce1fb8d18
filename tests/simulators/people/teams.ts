/** The made-up people of three made-up teams: what they work on, how much of a week, and when they are away. */

export interface Worker {
  /** From 1, unlike any other worker's of any team. */
  readonly number: number;
  /** Stages that they work in, those of a specialist only one. */
  readonly stages: readonly string[];
  /** Share of a full week: 0.5 = half days. */
  readonly share: number;
  /** Weeks of the quarter, from 0, in which they are away. */
  readonly leave: readonly number[];
}

interface Kind {
  readonly stages: readonly string[];
  readonly share?: number;
  readonly leave?: readonly number[];
}

/** Twelve: half of them know one stage only, three work part-time. */
const PAY: readonly Kind[] = [
  { stages: ["Build"] },
  { stages: ["Build"], leave: [4, 5] },
  { stages: ["Build"], share: 0.5 },
  { stages: ["Build", "Review"] },
  { stages: ["Build", "Review"], leave: [9] },
  { stages: ["Build", "Review"], share: 0.8 },
  { stages: ["Review"], leave: [2] },
  { stages: ["Review", "Build"] },
  { stages: ["Review", "Test"], share: 0.6 },
  { stages: ["Test"], leave: [11, 12] },
  { stages: ["Test"] },
  { stages: ["Test", "Build"] },
];

/** Seven. */
const SHOP: readonly Kind[] = [
  { stages: ["Build"] },
  { stages: ["Build"], leave: [6, 7] },
  { stages: ["Build", "Review"] },
  { stages: ["Build", "Review"] },
  { stages: ["Build", "Review"], share: 0.5 },
  { stages: ["Review", "Build"], leave: [1] },
  { stages: ["Test", "Release"] },
];

/** Four: too few for any number of theirs to be shown. */
const OPS: readonly Kind[] = [
  { stages: ["Build"] },
  { stages: ["Build", "Review"], share: 0.75 },
  { stages: ["Review", "Test"] },
  { stages: ["Test"], leave: [8] },
];

/** By project key. */
export const TEAMS: Readonly<Record<"PAY" | "SHOP" | "OPS", readonly Worker[]>> = {
  PAY: numbered(PAY, 1),
  SHOP: numbered(SHOP, 21),
  OPS: numbered(OPS, 41),
};

function numbered(kinds: readonly Kind[], first: number): readonly Worker[] {
  return kinds.map(({ stages, share = 1, leave = [] }, place) => ({ number: first + place, stages, share, leave }));
}
