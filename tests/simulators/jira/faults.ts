/** What the fake did to its callers, each counted where it was done. */
export type FaultKind =
  | "call answered 5xx"
  | "call met an outage"
  | "call rate limited"
  | "call refused for its token"
  | "connection dropped"
  | "event delayed"
  | "event dropped"
  | "event duplicated"
  | "event given up"
  | "event oversized"
  | "events refused"
  | "events reordered"
  | "push failed"
  | "search lagged";

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
