/** For what a person begins: whatever is pressed while something is under way is not heard, since it would be done twice. */
export class OneAtATime {
  #isBusy = false;

  /** Undefined, and nothing done, while something else is under way. */
  async begin<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#isBusy) return undefined;
    this.#isBusy = true;
    const done = await work();
    this.#isBusy = false;
    return done;
  }
}
