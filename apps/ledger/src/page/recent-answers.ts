/** Answers that were made lately, by what they are answers to. Two who ask for the same one at once wait for it together. */

export interface RecentAnswersOptions {
  /** All answers together; the one asked for the longest ago goes first. */
  readonly mostBytes: number;
  /** An answer is made anew after this time: what is deleted from the ledger leaves the memory, too. */
  readonly keepMilliseconds: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface Sized {
  readonly bytes: number;
}

interface Kept<T> {
  readonly answer: Promise<T>;
  readonly until: number;
  /** 0 while it is being made. */
  bytes: number;
}

export class RecentAnswers<T extends Sized> {
  readonly #options: RecentAnswersOptions;
  readonly #keptByKey = new Map<string, Kept<T>>();
  #bytes = 0;

  constructor(options: RecentAnswersOptions) {
    this.#options = options;
  }

  find(key: string): Promise<T> | undefined {
    const kept = this.#keptByKey.get(key);
    if (kept === undefined) return undefined;
    this.#keptByKey.delete(key);
    if (kept.until <= this.#options.now()) {
      this.#bytes -= kept.bytes;
      return undefined;
    }
    this.#keptByKey.set(key, kept);
    return kept.answer;
  }

  /** One that fails is forgotten. */
  keep(key: string, answer: Promise<T>): void {
    this.#bytes -= this.#keptByKey.get(key)?.bytes ?? 0;
    this.#keptByKey.delete(key);
    const kept: Kept<T> = { answer, until: this.#options.now() + this.#options.keepMilliseconds, bytes: 0 };
    this.#keptByKey.set(key, kept);
    answer.then(
      ({ bytes }) => {
        if (this.#keptByKey.get(key) !== kept) return;
        kept.bytes = bytes;
        this.#bytes += bytes;
        this.#makeRoom();
      },
      () => {
        if (this.#keptByKey.get(key) === kept) this.#keptByKey.delete(key);
      },
    );
  }

  #makeRoom(): void {
    for (const [key, { bytes }] of this.#keptByKey) {
      if (this.#bytes <= this.#options.mostBytes) return;
      this.#keptByKey.delete(key);
      this.#bytes -= bytes;
    }
  }
}
