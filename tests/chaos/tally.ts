/** How often each fault happened. */
export class Tally {
  readonly #counts = new Map<string, number>();

  count(kind: string, times = 1): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + times);
  }

  addAll(counts: Readonly<Record<string, number>>): void {
    for (const [kind, times] of Object.entries(counts)) this.count(kind, times);
  }

  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** A line a kind. */
  table(): string {
    const rows = Object.entries(this.counts).map(([kind, times]) => [kind, times.toLocaleString("en")] as const);
    const width = Math.max(...rows.map(([kind]) => kind.length));
    const digits = Math.max(...rows.map(([, times]) => times.length));
    return rows.map(([kind, times]) => `  ${kind.padEnd(width)}  ${times.padStart(digits)}\n`).join("");
  }
}
