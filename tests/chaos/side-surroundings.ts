/** What a side is built with. */
import type { Dice } from "./dice.ts";
import type { SharedClock } from "./shared-clock.ts";

export interface SideSurroundings {
  readonly dice: Dice;
  readonly seed: number;
  readonly clock: SharedClock;
  /** Lets a moment pass, so that no two deeds have the same instant. */
  readonly pause: () => void;
  /** Of the product's door, on this machine. */
  readonly port: number;
}
