/** What the fake did to its callers, each counted where it was done. */
export type FaultKind =
  | "delivery delayed"
  | "delivery dropped"
  | "delivery duplicated"
  | "delivery failed"
  | "delivery reordered"
  | "webhook deleted"
  | "call answered 5xx"
  | "connection dropped"
  | "call rate limited"
  | "list lagged"
  | "cursor expired"
  | "offset expired";

export class Faults {
  readonly #counts = new Map<FaultKind, number>();

  count(kind: FaultKind, times = 1): void {
    this.#counts.set(kind, this.of(kind) + times);
  }

  of(kind: FaultKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  /** Those that happened, by kind. */
  get table(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort());
  }
}
