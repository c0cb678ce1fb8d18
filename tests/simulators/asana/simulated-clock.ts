/** A clock that only its owner moves. */
export class SimulatedClock {
  #now: number;

  /** @param startsAt ISO 8601 */
  constructor(startsAt: string) {
    this.#now = Date.parse(startsAt);
  }

  /** Epoch milliseconds. Bound, so that it can be handed on alone. */
  readonly now = (): number => this.#now;

  advance(milliseconds: number): void {
    this.advanceTo(this.#now + milliseconds);
  }

  /** Never back: an instant of the past leaves the clock where it is. */
  advanceTo(instant: number): void {
    this.#now = Math.max(this.#now, instant);
  }
}
