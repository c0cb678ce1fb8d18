/** A line before a door: who asks first goes first. */
export class Line {
  /** Resolves when everybody who asked before has gone through, or left. */
  #last: Promise<unknown> = Promise.resolve();

  /** The next in line comes when `go` has ended. Rejects with the signal's reason when that aborts first; the turn is then the next one's. */
  async inTurn<T>(signal: AbortSignal, go: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const before = this.#last;
    const { promise: mine, resolve: letNextCome } = Promise.withResolvers<void>();
    this.#last = Promise.all([before, mine]);
    try {
      await unlessAborted(before, signal);
      return await go();
    } finally {
      letNextCome();
    }
  }
}

function unlessAborted(promise: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener("abort", abort));
}
